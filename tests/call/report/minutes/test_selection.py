"""The limits of a selection stand in the minutes and on the jury's page, but not where dossiers are left out."""

from __future__ import annotations

from datetime import date

import pytest

from eig_sheets.call.report.audience import Audience
from eig_sheets.call.report.juror_view import juror_view_of
from eig_sheets.call.report.minutes.document import document
from eig_sheets.call.report.minutes.view import minutes_of
from eig_sheets.call.report.sensitivity import digest
from eig_sheets.call.report.view import view_of
from eig_sheets.call.results import compute
from tests.workbook.anomalous_selections import MINISTRY, campaign, workbook
from tests.workbook.snapshots import reading

DAY = date(2021, 5, 6)
ANNA = "anna@jury.example"
READING = reading(workbook(), campaign(MINISTRY, envelope=400_000.0))
RESULTS = compute(READING)
NAME = "Ministère de rattachement\u202f: au plus 1 par valeur"


def test_the_minutes_state_each_limit_its_source_its_cost_and_each_exchange():
    minutes = minutes_of(READING, RESULTS, DAY)
    assert ("Maximum – Ministère de rattachement", "1", "Cahier, 5.2") in minutes.rules
    assert ("Enveloppe de la sélection", "400\u202f000\u202f€", "Cahier, 4.2") in minutes.rules
    assert minutes.selection.limits == (
        ("Enveloppe\u202f: 400\u202f000\u202f€", "rien", "Cahier, 4.2"),
        (NAME, "5 points de note", "Cahier, 5.2"),
    )
    assert [(out, into) for out, into, _ in minutes.selection.swaps] == [("Projet 102 (102)", "Projet 104 (104)")]
    assert document(minutes) == document(minutes_of(READING, RESULTS, DAY))


@pytest.mark.slow
def test_a_page_that_leaves_dossiers_out_says_nothing_of_the_selection():
    assert NAME in view_of(READING, RESULTS, DAY).selection[0]
    partial = juror_view_of(READING, DAY, Audience(juror="Anna", address=ANNA, excluded=frozenset({"104"})))
    assert [project.numero for project in partial.projects if project.numero == "104"] == []
    assert not any(word in str(partial) for word in (NAME, "Enveloppe", "(104)"))


@pytest.mark.slow
def test_the_digest_is_that_of_the_limits_too():
    digests = set()
    for most in (1, 2):
        rules = campaign({**MINISTRY, "max": most})
        digests.add(digest(compute(reading(workbook(), rules)), rules))
    assert len(digests) == 2
