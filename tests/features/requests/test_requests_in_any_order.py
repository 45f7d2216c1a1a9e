"""Whatever officers do in `Demandes`, and wherever runs are killed, each number is done at most once."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eig_sheets.features.requests.rules import Action
from tests import in_memory
from tests.effort import examples
from tests.features.requests.officers import Deeds, Officers, blank_campaign, copied, killed
from tests.features.requests.test_requests import PLACES
from tests.people_cells import people
from tests.spreadsheet.xlsx_desk import edit

pytestmark = pytest.mark.in_memory

ROWS = st.integers(0, 5)
TYPED = st.fixed_dictionaries(
    {},
    optional={
        "action": st.sampled_from(["Rapport du jury", "Envoyer ce qui est validé", "envoyer", "Danser", None]),
        "detail": st.sampled_from(["a", "b", None]),
        "by": st.sampled_from(["Ada", None]),
        "tick": st.sampled_from([True, "oui", False, None]),
    },
)
ACTS = st.one_of(
    st.tuples(st.just("type"), ROWS, TYPED),
    st.tuples(st.just("copy"), ROWS, ROWS),
    st.tuples(st.just("sort"), st.sampled_from(["Action", "Détail", "N° de demande"]), st.booleans()),
    st.tuples(st.just("insert"), ROWS, st.none()),
    st.tuples(st.just("delete"), ROWS, st.none()),
    st.tuples(st.just("change the list"), st.sampled_from("AB"), st.none()),
    st.tuples(st.just("lose the answers"), st.none(), st.none()),
    st.tuples(st.just("kill"), st.sampled_from([*PLACES]), st.none()),
    st.tuples(st.just("run"), st.none(), st.none()),
    st.tuples(st.just("run"), st.none(), st.none()),
)


@pytest.fixture(scope="module")
def blank(tmp_path_factory):
    return blank_campaign(tmp_path_factory.mktemp("blank") / "campaign")


class Story:
    """Officers at work, and what the robot did meanwhile."""

    def __init__(self, campaign):
        self.officers, self.deeds = Officers(campaign), Deeds(campaign)
        self.begun_and_killed = Counter()

    def act(self, kind, what, how):
        tab = {"tab": "Demandes"}
        workbook, rows = self.officers.campaign.workbook, self.officers.rows
        place = rows[what]["row"] if isinstance(what, int) and what < len(rows) else 2
        match kind:
            case "type":
                self.officers.type_in(place, **how)
            case "copy" if rows:
                original = rows[min(how, len(rows) - 1)]
                self.officers.type_in(
                    place, number=original["N° de demande"], action=original["Action"], detail=original["Détail"],
                    by=original["Demandé par"], tick=original["Confirmer"],
                )  # fmt: skip
            case "sort":
                edit(workbook, "sort", **tab, by=what, descending=how)
            case "insert":
                edit(workbook, "insert_row", **tab, at=place)
            case "delete" if len(rows) > 1:
                edit(workbook, "delete_row", **tab, at=place)
            case "change the list":
                self.deeds.listed = what
            case "lose the answers" if self.officers.campaign.read().tab("Réponses"):
                self.officers.lose_the_answers()
            case "kill" | "run":
                self.run(PLACES.get(what))

    def run(self, where=None):
        before, done = people(self.officers.campaign.workbook), len(self.deeds.done)
        try:
            killed(self.deeds, *where) if where else self.deeds.run()
        except BaseException as end:  # it was not killed: there was nothing to do
            if "DID NOT RAISE" not in str(end):
                raise
        self.begun_and_killed.update(
            number for number, *_ in self.deeds.done[done:] if where == PLACES["after the act"]
        )
        assert before.lost(people(self.officers.campaign.workbook)) == []


@settings(max_examples=examples(2, 60))
@given(acts=st.lists(ACTS, max_size=14))
def test_each_number_is_done_at_most_once(blank, tmp_path_factory, acts):
    story = Story(copied(blank, tmp_path_factory.mktemp("story") / "campaign"))
    for act in acts:
        story.act(*act)
        times = Counter(number for number, *_ in story.deeds.done)
        sent = Counter(number for number, action, _ in story.deeds.done if action is Action.SEND)
        assert max(sent.values(), default=0) <= 1, story.deeds.done
        assert all(count <= 1 + story.begun_and_killed[number] for number, count in times.items()), story.deeds.done
    for _ in range(4):
        story.run()
    saves = in_memory.storage_at(story.officers.campaign.workbook).saves
    story.run()
    assert in_memory.storage_at(story.officers.campaign.workbook).saves == saves
    numbers = Counter(row["N° de demande"] for row in story.officers.rows)
    free = [row for row in story.officers.free if not any(row[name] for name in ("Détail", "Demandé par", "Confirmer"))]
    assert sum(numbers[row["N° de demande"]] == 1 for row in free) >= 10
