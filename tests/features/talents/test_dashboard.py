"""What `Accueil` counts and asks for in the candidates' workbook."""

from datetime import date, datetime

import pytest

from eig_sheets.call.results import compute
from eig_sheets.campaign.reading import read
from eig_sheets.config import with_sections
from eig_sheets.features.talents.pending import candidate_indicators, pending_candidates
from eig_sheets.run.accueil import Urgency
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from tests.columns import EIG5, cell_of
from tests.features.talents.anomalous_talents import candidate
from tests.workbook.snapshots import book, juror, tab

pytestmark = pytest.mark.newest

DATES = {**EIG5.emails.model_dump(), "talents": {**EIG5.emails.talents.model_dump(), "announced": date(2021, 6, 21)}}
TWO = with_sections(EIG5, {"workbook": {**EIG5.workbook.model_dump(), "talents": "talents.xlsx"}, "emails": DATES})


def reading_of(*rows):
    tabs = (tab("talents", rows), tab("jury", [juror("zoe")]), tab("evaluations_talents", []))
    return read(Snapshot(tabs, "1"), TWO.for_talents()).with_linked(read(book(), TWO))


def lines(day, *rows):
    read = reading_of(*rows)
    return [(line.what, line.urgency, line.link.cell) for line in pending_candidates(read, compute(read), day)]


def test_candidates_are_counted_by_state():
    reading = reading_of(
        {"candidature": "1"}, {"candidature": "2", "statut": "À évaluer"}, {"candidature": "3", "statut": "Retenu"},
        {"candidature": "4"}, {"candidature": "4"},
    )  # fmt: skip
    counts = {indicator.label: (indicator.count, indicator.share) for indicator in candidate_indicators(reading)}
    assert counts["Lignes remplies dans Talents"] == (5, None)
    assert counts["Laissés de côté"] == (2, None)
    assert (counts["À évaluer"], counts["Retenu"], counts["Désisté"]) == ((2, 2 / 3), (1, 1 / 3), (0, 0.0))


def test_who_was_never_evaluated_is_to_do():
    rows = ({"candidature": "1", "statut": "Non retenu"}, candidate("2"))
    assert lines(date(2021, 5, 10), *rows) == [
        ("1 candidature à évaluer", Urgency.TO_DO, cell_of("talents", "statut", 3)),
    ]


@pytest.mark.parametrize(("day", "urgency"), [(date(2021, 6, 20), Urgency.TO_DO), (date(2021, 6, 21), Urgency.URGENT)])
def test_who_was_heard_awaits_a_decision_which_presses_once_results_are_announced(day, urgency):
    rows = (
        {"candidature": "1", "statut": "Présélectionné", "audition": datetime(2021, 6, 8, 9)},
        {"candidature": "2", "statut": "Présélectionné", "audition": datetime(2021, 6, 30, 9)},
        {"candidature": "3", "statut": "Auditionné"},
    )
    expected = ("2 décisions à saisir sur des candidats", urgency, cell_of("talents", "statut", 2))
    assert [line for line in lines(day, *rows) if "décision" in line[0]] == [expected]


def test_who_is_recruited_awaits_a_project():
    rows = ({"candidature": "1", "statut": "Retenu", "projet_decide": "101"}, {"candidature": "2", "statut": "Retenu"})
    assert lines(date(2021, 6, 1), *rows) == [
        ("1 candidat retenu sans projet", Urgency.TO_DO, cell_of("talents", "projet_decide", 3)),
    ]


def test_the_projects_workbook_says_nothing_of_them():
    projects = read(book(), TWO).with_linked(reading_of({"candidature": "1"}))
    assert [*pending_candidates(projects, compute(projects), date(2021, 6, 1))] == []
