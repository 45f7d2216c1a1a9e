"""What awaits whom in the call for talents: each line with its count, how pressing it is, the cell to go to."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from eig_sheets.call.results import compute
from eig_sheets.features.talents.pending import pending_candidates
from eig_sheets.run.accueil import Urgency
from tests.features.talents.anomalous_talents import candidate, review, talents
from tests.workbook.snapshots import at, book, reading

MARCH, EVE, REVEALED, NEAR, OVER = (date(2021, 3, 20), date(2021, 5, 22), date(2021, 5, 24), date(2021, 5, 29),
                                    date(2021, 6, 1))  # fmt: skip
HEARD, LATE = date(2021, 6, 20), date(2021, 7, 11)
PRESELECTED = {"statut": "Présélectionné"}
HEARING = {**PRESELECTED, "voeu_1": "101", "audition": datetime(2021, 6, 7, 9)}


def lines(today, *rows, reviews=()):
    """What each line says, for whom, how pressing, and the field and row to which it leads."""
    people = [candidate(f"T{nth}", **fields) for nth, fields in enumerate(rows, 1)]
    read = reading(talents(people, [*reviews]))
    pending = pending_candidates(read, compute(read), today)
    return [(line.what.replace("\u202f", " "), line.who, line.urgency, line.link.text) for line in pending]


def to(field, nth=1):
    return f"Talents!{at('talents', field, nth)}"


@pytest.mark.slow
def test_without_candidates_nothing_awaits_anybody():
    read = reading(book())
    assert [*pending_candidates(read, compute(read), LATE)] == []
    assert lines(LATE) == []


@pytest.mark.slow
@pytest.mark.parametrize(("today", "urgency"), [(MARCH, Urgency.TO_DO), (EVE, Urgency.URGENT)])
def test_who_is_to_evaluate_and_who_is_to_instruct_are_told_apart(today, urgency):
    rows = ({"cv": None}, {}, {"statut": "À évaluer"}, {"statut": "Non retenu"}, {"statut_actuel": "étudiant"})
    assert lines(today, *rows) == [
        ("2 candidatures à instruire", "Équipe", urgency, to("statut_actuel")),
        ("2 candidatures à évaluer", "Équipe", urgency, to("statut", 2)),
    ]


@pytest.mark.parametrize(
    ("today", "urgency"),
    [(EVE, None), (REVEALED, Urgency.TO_DO), (NEAR, Urgency.URGENT), (OVER, Urgency.URGENT)],
)
def test_wishes_are_awaited_from_the_day_that_projects_are_revealed(today, urgency):
    rows = ({**PRESELECTED, "voeu_1": "101"}, PRESELECTED, {**PRESELECTED, "voeu_1": "999"})
    expected = ("2 présélectionnés sans vœu valable", "Équipe", urgency, to("voeu_1", 2))
    assert lines(today, *rows) == ([] if urgency is None else [expected])


@pytest.mark.slow
def test_hearings_that_are_over_await_their_evaluations_then_a_decision():
    reviews = (review("T1"), review("T1", "bob"), review("T2"))
    awaited = ("1 candidat entendu sans assez d’évaluations", "Jury", Urgency.URGENT, to("audition", 2))
    decisions = "2 décisions à saisir sur des candidats"
    assert lines(HEARD, HEARING, HEARING, reviews=reviews) == [
        awaited, (decisions, "Équipe", Urgency.TO_DO, to("statut"))
    ]  # fmt: skip
    assert lines(LATE, HEARING, HEARING, reviews=reviews)[1] == (decisions, "Équipe", Urgency.URGENT, to("statut"))
    assert lines(date(2021, 6, 7), HEARING) == []


@pytest.mark.slow
def test_who_is_recruited_awaits_a_project():
    rows = ({"statut": "Retenu"}, {"statut": "Retenu", "projet_decide": "101"})
    assert lines(HEARD, *rows) == [("1 candidat retenu sans projet", "Équipe", Urgency.TO_DO, to("projet_decide"))]
