"""The progress of the jury, by juror, group and dossier, and why a dossier is to discuss."""

from datetime import date

import pytest

from eig_sheets.call.jury.progress import Progress, Topic, jury_status, topics_of
from eig_sheets.call.jury.scored_versions import scored_versions
from eig_sheets.call.results import compute
from eig_sheets.campaign.reading import read
from tests.workbook.snapshots import DOSSIERS, EIG5, EVALUATIONS, book, dossier, evaluation, juror, reading

BLANK = [None] * 5
ANNA, BOB, CHLOE = (f"{name}@jury.example" for name in ("anna", "bob", "chloe"))
JURORS = [juror("anna", groupe="A"), juror("bob", groupe="A", declaration=None), juror("chloe")]
ROWS = [
    evaluation("101", "anna"),
    evaluation("102", "anna"),
    evaluation("101", "bob", *BLANK),
    evaluation("102", "bob"),
]
BEFORE, LATE = date(2021, 4, 28), date(2021, 4, 29)


def status(day, campaign=EIG5):
    reading = read(book(jurors=JURORS, evaluations=ROWS), campaign)
    return jury_status(reading, compute(reading), day)


def test_those_who_owe_most_come_first():
    jurors = status(LATE).jurors
    assert [(juror.juror, juror.name, juror.group, juror.declared, juror.progress) for juror in jurors] == [
        (BOB, "Bob", "A", False, Progress(2, 1, ("101",), late=True)),
        (ANNA, "Anna", "A", True, Progress(2, 2, (), late=False)),
        (CHLOE, "Chloe", "", True, Progress(0, 0, (), late=False)),
    ]
    assert not any(juror.progress.late for juror in status(BEFORE).jurors)


def test_a_group_is_its_jurors_together():
    assert [(group.group, group.jurors, group.progress) for group in status(LATE).groups] == [
        ("", 1, Progress(0, 0, (), late=False)),
        ("A", 2, Progress(4, 3, (BOB,), late=True)),
    ]


def test_a_dossier_names_those_it_waits_for():
    assert [(subject.number, subject.name, subject.progress) for subject in status(LATE).subjects] == [
        ("102", "Projet 102", Progress(2, 2, (), late=False)),
        ("101", "Projet 101", Progress(2, 1, (BOB,), late=True)),
    ] or [(subject.number, subject.progress) for subject in status(LATE).subjects] == [
        ("101", Progress(2, 1, (BOB,), late=True)),
        ("102", Progress(2, 2, (), late=False)),
    ]


def test_jurors_alone_come_with_no_date_and_no_evaluation():
    reading = read(book(evaluations=[]), EIG5)
    assert {juror.progress for juror in jury_status(reading, compute(reading), LATE).jurors} == {
        Progress(0, 0, (), late=False)
    }


def topics(dossiers=DOSSIERS, evaluations=EVALUATIONS, target=1, **results):
    campaign = EIG5.model_copy(update={"campaign": EIG5.campaign.model_copy(update={"target": target})}).set_path(
        EIG5.path
    )
    reading = read(book(dossiers, evaluations=evaluations), campaign)
    return topics_of(reading, compute(reading, **results))


def by(numero, *scores, **fields):
    """The evaluations of a dossier, each juror giving one score everywhere."""
    return [
        evaluation(numero, name, *[score] * 5, **fields)
        for name, score in zip(("anna", "bob", "chloe"), scores, strict=False)
    ]


@pytest.mark.slow
def test_notes_that_are_half_of_the_scale_apart_are_a_disagreement():
    assert Topic.DISAGREEMENT in topics(evaluations=[*by("101", 4, 2.5, 3), *by("102", 3, 3, 3)])["101"]
    assert Topic.DISAGREEMENT not in topics(evaluations=[*by("101", 4, 2.6, 3), *by("102", 3, 3, 3)]).get("101", ())


@pytest.mark.slow
def test_opposed_opinions_are_a_disagreement():
    rows = [evaluation("101", "anna", avis="Favorable"), evaluation("101", "bob", avis="Défavorable"), *EVALUATIONS[2:]]
    assert Topic.DISAGREEMENT in topics(evaluations=rows)["101"]
    rows[1] = evaluation("101", "bob", avis="Favorable")
    assert Topic.DISAGREEMENT not in topics(evaluations=rows).get("101", ())


@pytest.mark.slow
def test_too_few_reviews_and_a_heart_below_the_line():
    rows = [*by("101", 4, 4, 4), *by("102", 2, 2, coup_de_coeur="oui")]
    told = topics(evaluations=rows)
    assert {Topic.FEW_REVIEWS, Topic.HEART_BELOW} <= {*told["102"]}
    assert {Topic.FEW_REVIEWS, Topic.HEART_BELOW}.isdisjoint(told.get("101", ()))
    assert Topic.HEART_BELOW not in topics(evaluations=rows, target=2)["102"]


def test_a_dossier_that_changed_since():
    known = scored_versions(reading(book([dossier("101", resume="Autre"), DOSSIERS[1]])), {})
    assert topics(target=2, scored=known) == {"101": (Topic.EARLIER_VERSION,)}


def test_a_dossier_that_is_out_is_not_discussed():
    dossiers = [dossier("101", decision="Désisté"), DOSSIERS[1]]
    assert "101" not in topics(dossiers, [*by("101", 4, 1, 1), *by("102", 3, 3, 3)])
