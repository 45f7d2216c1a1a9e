"""Every command on a real .xlsx file: it says, writes and ends as on a workbook in memory, on which most tests are."""

from __future__ import annotations

from datetime import datetime

import click
import pytest

from eig_sheets.cli import cli
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from tests import in_memory
from tests.clock import now
from tests.columns import cell_of
from tests.effort import slow
from tests.end_to_end.sending.campaign import OUTBOX, Team, made, refused, sending_id
from tests.end_to_end.sending.post import opened
from tests.features.modules import modules_of_features
from tests.people_cells import type_in
from tests.program import Campaign, Outcome
from tests.spreadsheet.xlsx_desk import edit

DEMO = "3713503"
ON_THE_DEMO = [
    ("init",),
    ("import", "EXPORT"),
    ("check",),
    ("sync",),
    ("sync", "--dry-run", "--format", "json"),
    ("rank",),
    ("rank", "--explain", DEMO),
    ("rank", "--sensitivity"),
    ("cofinancing",),
    ("report", "--to", "FOLDER/rapport.html"),
    ("report", "--minutes", "--to", "FOLDER/pv.docx"),
    ("decision-sheet", "--to", "FOLDER/fiche.docx"),
    ("emails", "list", "--format", "json"),
    ("emails", "draft"),
    ("emails", "check"),
    ("emails", "show", f"laureat-{DEMO}"),
]
ON_A_CAMPAIGN_THAT_SENDS = [
    ("emails", "send", "--confirm", "2"),
    ("emails", "send", "--confirm", "0"),
    ("emails", "settle", "ID", "--not-sent"),
    ("state", "adopt"),
]
ELSEWHERE = (("demo",), *(words for module in modules_of_features("about_files") for words in module.COMMANDS))
"""They are about files (tests of their own)."""
USAGE = 2


def names(group: click.Group = cli, path: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    commands = set()
    for name, command in group.commands.items():
        commands |= names(command, (*path, name)) if isinstance(command, click.Group) else {(*path, name)}
    return commands


def unlisted() -> list[tuple[str, ...]]:
    """The commands that stand in no list above: each is run on the demo without arguments."""
    listed = {command[:count] for command in (*ON_THE_DEMO, *ON_A_CAMPAIGN_THAT_SENDS) for count in (1, 2)}
    return sorted(names() - listed - {*ELSEWHERE})


@pytest.fixture(scope="module")
def originals(finished_demo, tmp_path_factory) -> list[Campaign]:
    """The demo on a file, and the same in memory, both with a score that changed and a column that people moved."""
    folder = tmp_path_factory.mktemp("twins")
    made = [twin(Campaign(finished_demo), folder / name, memory=memory) for name, memory in KINDS]
    for campaign in made:
        type_in(campaign.workbook, "Évaluations", cell_of("evaluations", "pertinence", 83), 1)
        edit(campaign.workbook, "move_column", tab="Candidatures", header="Nom du projet", to=20)
        received = cell_of("candidatures", "date_depot", 8)
        edit(campaign.workbook, "set", tab="Candidatures", cell=received, value=datetime(2021, 4, 7, 9, 30))
    return made


@pytest.fixture
def twins(originals, tmp_path) -> list[Campaign]:
    """A copy of both."""
    return [copy(original, tmp_path / name) for original, (name, _) in zip(originals, KINDS, strict=True)]


KINDS = (("fichier", False), ("memoire", True))


def twin(original: Campaign, folder, *, memory: bool) -> Campaign:
    Team(original.folder).copy(folder, memory=memory)
    return Campaign(folder)


def copy(original: Campaign, folder) -> Campaign:
    made = twin(original, folder, memory=False)
    if in_memory.storage_at(original.workbook):
        in_memory.copy(original.workbook, made.workbook)
    return made


def said(done: Outcome, campaign: Campaign) -> Outcome:
    """What a command said, wherever the campaign is."""
    return Outcome(*(str(one).replace(str(campaign.folder), "FOLDER") for one in (done.code, done.out, done.err)))


def held(campaign: Campaign) -> list[object]:
    """Everything in the workbook but moments of runs and what formulas show: people's programs compute them or not."""
    return [
        (tab.name, tab.mark, dict(tab.column_marks), dict(tab.formulas), cells(tab)) for tab in campaign.read().tabs
    ]


def cells(tab: TabSnapshot) -> dict[tuple[int, int], object]:
    values = {(row, place): value for row, line in enumerate(tab.rows, 1) for place, value in enumerate(line)}
    this_year = now().year - 1  # or the one that has just ended
    return {
        place: "now" if isinstance(value, datetime) and value.year >= this_year else value
        for place, value in values.items()
        if value is not None and place not in tab.formulas
    }


COMMANDS = [*ON_THE_DEMO, *unlisted()]


@pytest.mark.parametrize("command", [*COMMANDS[:1], *slow(*((command,) for command in COMMANDS[1:]))], ids=" ".join)
def test_on_the_demo(twins, command):
    told = [said(campaign.run(*in_place(command, campaign)), campaign) for campaign in twins]
    assert told[0].code != USAGE, "this command needs arguments: list it above with them"
    on_a_file, in_storage = twins
    assert in_memory.storage_at(on_a_file.workbook) is None
    assert not in_storage.workbook.exists()
    assert told[0] == told[1]
    assert held(on_a_file) == held(in_storage)


def in_place(command: tuple[str, ...], campaign: Campaign) -> list[str]:
    words = {"EXPORT": str(campaign.export), "ID": sending_id(1)}
    return [words.get(word, word.replace("FOLDER", str(campaign.folder))) for word in command]


@pytest.fixture(scope="module")
def approved(tmp_path_factory) -> Team:
    return made(tmp_path_factory.mktemp("approved") / "campaign", map(refused, range(3)))


@pytest.mark.slow
def test_on_a_campaign_that_sends(approved, tmp_path):
    """One leaves, one is refused and a person says it did not leave; the state is lost, and taken up again."""
    outcomes = []
    for name, memory in KINDS:
        team = approved.copy(tmp_path / name, memory=memory)
        with opened() as (post, port):
            team.serve(port)
            team.tick(sending_id(0), sending_id(1))
            team.type_in(OUTBOX, {(sending_id(0), "Objet"): "Autrement dit"})
            post.answers = {2: "421 4.3.0 Closing"}
            told = [said(team.run(*in_place(command, team)), team) for command in ON_A_CAMPAIGN_THAT_SENDS]
            team.lose_the_state()
            told.append(said(team.run("state", "adopt"), team))
            assert post.copies == {"porteur0@example.org": 1}
        outcomes.append((told, team.states, held(team)))
    assert outcomes[0] == outcomes[1]
