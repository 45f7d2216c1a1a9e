"""The evaluations that are expected: the pairs of Affectations, else the rows of Évaluations."""

from datetime import date, datetime

import pytest

from eig_sheets.call.jury.progress import expected_evaluations, is_late
from eig_sheets.call.results import compute
from eig_sheets.campaign.reading import read
from eig_sheets.campaign.reviews.affectations import Assignment
from tests.call.jury.test_assignments import with_pairs
from tests.workbook.snapshots import DOSSIERS, EIG5, EVALUATIONS, book, dossier, evaluation, juror

BLANK = [None] * 5
ANNA, BOB, CHLOE = (f"{name}@jury.example" for name in ("anna", "bob", "chloe"))


def expected(snapshot, campaign=EIG5):
    reading = read(snapshot, campaign)
    assert not reading.problems
    evaluations = expected_evaluations(reading, compute(reading))
    return {(numero, jure): received for numero, jure, received in evaluations.itertuples(index=False)}


def test_without_affectations_each_row_is_expected_but_a_deport():
    rows = [
        evaluation("101", "anna"),
        evaluation("101", "bob", *BLANK),
        evaluation("102", "anna", *BLANK, deport="oui"),
        evaluation("102", "bob", *["NSP"] * 5),
    ]
    assert expected(book(evaluations=rows)) == {("101", ANNA): True, ("101", BOB): False, ("102", BOB): True}


@pytest.mark.slow
def test_with_affectations_its_pairs_alone_are():
    pairs = (Assignment("101", ANNA), Assignment("102", BOB))
    rows = [evaluation("101", "anna"), evaluation("102", "chloe"), evaluation("101", "chloe", *BLANK)]
    received = expected(with_pairs(*pairs, snapshot=book(evaluations=rows)))
    assert received == {("101", ANNA): True, ("102", BOB): False}


@pytest.mark.parametrize(
    "jurors", [[juror("anna", deports="101")], [juror("anna", organisation="Direction des phares")]]
)
def test_a_pair_whose_juror_is_recused_by_now_is_not_expected(jurors):
    others = [juror("bob"), juror("chloe")]
    snapshot = with_pairs(
        Assignment("101", ANNA), Assignment("101", BOB), snapshot=book(jurors=[*jurors, *others], evaluations=[])
    )
    assert expected(snapshot) == {("101", BOB): False}


@pytest.mark.slow
def test_nobody_is_asked_for_a_dossier_that_is_out_but_what_came_is_there():
    dossiers = [dossier("101", decision="Désisté"), DOSSIERS[1]]
    rows = [evaluation("101", "anna"), evaluation("101", "bob", *BLANK), *EVALUATIONS[3:]]
    assert {pair: came for pair, came in expected(book(dossiers, evaluations=rows)).items() if pair[0] == "101"} == {
        ("101", ANNA): True
    }


@pytest.mark.slow
def test_where_jurors_read_as_groups_one_of_them_answers_for_all():
    campaign = EIG5.model_copy(update={"jury": EIG5.jury.model_copy(update={"reads_as_group": True})}).set_path(
        EIG5.path
    )
    jurors = [juror("anna", groupe="A"), juror("bob", groupe="A"), juror("chloe", groupe="B")]
    pairs = tuple(Assignment("101", juror) for juror in (ANNA, BOB, CHLOE))
    snapshot = with_pairs(*pairs, snapshot=book(jurors=jurors, evaluations=[evaluation("101", "anna")]))
    assert expected(snapshot, campaign) == {("101", ANNA): True, ("101", BOB): True, ("101", CHLOE): False}
    assert expected(snapshot) == {("101", ANNA): True, ("101", BOB): False, ("101", CHLOE): False}


def rules(reminders=(), closes=None):
    changed = {
        "emails": EIG5.emails.model_copy(update={"reminders": reminders}),
        "scoring": EIG5.scoring.model_copy(update={"closes": closes}),
    }
    return EIG5.model_copy(update=changed).set_path(EIG5.path)


@pytest.mark.parametrize(
    ("campaign", "first_late"),
    [
        (rules([date(2021, 4, 29), date(2021, 5, 3)], date(2021, 5, 5)), date(2021, 4, 29)),
        (rules((), date(2021, 5, 5)), date(2021, 5, 6)),
        (rules((), datetime(2021, 5, 5, 12)), date(2021, 5, 6)),
        (rules(), None),
    ],
)
def test_what_is_missing_is_late_from_the_first_reminder_or_once_the_jury_is_over(campaign, first_late):
    days = [date(2021, 4, day) for day in range(25, 31)] + [date(2021, 5, day) for day in range(1, 10)]
    assert [day for day in days if is_late(campaign, day)] == [day for day in days if first_late and day >= first_late]
