"""What the recorded teams have become: who cannot stay is told, and nothing of it is computed again."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from eig_sheets.call.results import compute
from eig_sheets.emails.outbox import previous_state_of
from eig_sheets.features.teams.proposal import plan_teams
from eig_sheets.features.teams.recorded import LINES, recorded_teams
from eig_sheets.features.teams.tab import TABLE
from eig_sheets.run.sheets import with_kept_rows
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.storage.last_run import NO_RUN
from tests.team_call import PROJECTS, REVIEWS, TALENTS, called
from tests.workbook.snapshots import reading, shown

TAB = "Équipes proposées"
DAY = date(2021, 7, 1)


def recorded():
    """The tab, as the small call makes it."""
    plan = plan_teams(reading(called()), NO_RUN, datetime(2021, 7, 1)).plan
    (sheet,) = [operation.sheet for operation in plan.operations if operation.sheet.id == "equipes"]
    return shown(sheet, "equipes")


RECORDED = recorded()


def computed(talents=TALENTS, reviews=REVIEWS, projects=PROJECTS, tab=RECORDED):
    """The reading and its results, of a workbook whose teams are recorded."""
    snapshot = called(talents, reviews, projects)
    read = reading(Snapshot((*snapshot.tabs, tab), "2"))
    return read, with_kept_rows(read, compute(read), NO_RUN, previous_state_of((), {}, {}), DAY)


def rows_of(results):
    """The rows of the tab, by key."""
    return [*TABLE.read_stored((TABLE.sheet_headers, *results.kept_rows["equipes"]))]


def told(*args, **kwargs):
    _, results = computed(*args, **kwargs)
    codes = ("equipe_caduque", "decide_hors_equipe")
    return [(anomaly.code, anomaly.dossier, anomaly.message) for anomaly in results.anomalies if anomaly.code in codes]


def today(*args, **kwargs):
    _, results = computed(*args, **kwargs)
    return {(row["numero"], row["candidature"]): row["today"] for row in rows_of(results)}


def changed(number, **fields):
    return tuple(talent | fields if talent["candidature"] == number else talent for talent in TALENTS)


def test_what_is_recorded_is_read_back():
    read, results = computed()
    assert [row["candidature"] for row in rows_of(results)] == ["T1", "T2", "T5", "T6", "T3", "T4"]
    assert [row.checksum for row in recorded_teams(read)] == [row["checksum"] for row in rows_of(results)]
    assert told() == []
    assert today() == {("101", "T1"): "à décider", ("101", "T2"): "à décider", ("101", "T5"): None, ("101", "T6"): None,
                       ("102", "T3"): "à décider", ("102", "T4"): "à décider"}  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"statut": "Désisté"}, "désisté"),
        ({"statut": "Non retenu"}, "non retenu"),
        ({"projet_decide": "102"}, "décidé pour un autre projet"),
        ({"email": "porteur@phares.example"}, "conflit d’intérêts"),
    ],
)
def test_who_cannot_stay_is_told(fields, reason):
    projects = (PROJECTS[0] | {"email_porteur": "porteur@phares.example"}, *PROJECTS[1:])
    ((code, dossier, message), *others) = told(changed("T1", **fields), projects=projects)
    assert (code, dossier) == ("equipe_caduque", "101")
    assert message.startswith("La candidature T1 était proposée dans l’équipe de ce projet, mais")
    assert today(changed("T1", **fields), projects=projects)["101", "T1"] == reason
    assert [anomaly[0] for anomaly in others] == (["decide_hors_equipe"] if "projet_decide" in fields else [])


@pytest.mark.slow
def test_who_is_gone_and_a_project_that_is_no_laureate_any_more():
    assert told(TALENTS[1:])[0][1:] == (
        "101",
        (
            "La candidature T1 était proposée dans l’équipe de ce projet, mais elle n’est plus dans l’onglet "
            "Talents\u202f: l’équipe ne tient plus."
        ),
    )
    projects = (PROJECTS[0], PROJECTS[1] | {"decision": "Désisté"}, PROJECTS[2])
    assert [anomaly[1] for anomaly in told(projects=projects)] == ["102", "102"]


def test_an_alternate_who_leaves_is_no_anomaly():
    assert told(changed("T5", statut="Désisté")) == []
    assert today(changed("T5", statut="Désisté"))["101", "T5"] == "désisté"


def test_somebody_decided_without_being_proposed_is_told():
    assert told(changed("T5", statut="Retenu", projet_decide="101")) == [
        (
            "decide_hors_equipe",
            "101",
            "La candidature T5 est décidée pour ce projet, mais l’équipe proposée est sans elle.",
        )
    ]


def test_a_better_note_changes_nothing_of_what_is_recorded():
    _, results = computed(reviews=REVIEWS[2:])
    assert (rows_of(results), told(reviews=REVIEWS[2:])) == (rows_of(computed()[1]), [])


def test_a_row_that_somebody_edited_is_left_out():
    cells = [list(row) for row in RECORDED.rows]
    edited = [cells[0], [*cells[1][:4], "T5", *cells[1][5:]], *cells[2:]]
    _, results = computed(tab=TabSnapshot(TAB, edited, mark="equipes"))
    assert [row["candidature"] for row in rows_of(results)] == ["T2", "T5", "T6", "T3", "T4"]


def lines(*args, **kwargs):
    return [
        (line.who, line.what.replace("\u202f", " "), line.count) for line in LINES.find(*computed(*args, **kwargs), DAY)
    ]


def test_the_first_tab_says_what_is_to_be_decided():
    assert lines() == [("Équipe", "2 équipes à décider : 4 talents proposés", 2)]
    decided = tuple(talent | {"statut": "Retenu", "projet_decide": "102"} for talent in TALENTS[2:4])
    assert lines((*TALENTS[:2], *decided)) == [("Équipe", "1 équipe à décider : 2 talents proposés", 1)]
    read, results = computed()
    assert [*LINES.find(read, replace(results, kept_rows={}), DAY)] == []
