"""A juror's page tells nothing of the dossiers that are not on it: a program that has only the page tries."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest

from eig_sheets.call.report.audience import one_juror
from eig_sheets.call.report.html import assets, page
from tests.call.report.attacker import Attacker
from tests.call.report.support import JURORS, case, drawn, rules
from tests.workbook.snapshots import evaluation, juror

NAMES = [name.title() for name in JURORS]
HIDDEN = {"ada": ("1000",), "bob": ("1004", "1007"), "chloe": ("1011",)}
"""What these jurors step aside from."""
WHO = list(HIDDEN)


def campaign(about=None, *, panels=1, places=5, **changes):
    """A call of twelve dossiers; `about`: of these dossiers, `changes` are what is said otherwise."""
    dossiers, jurors, given = drawn(12, panels=panels)
    rows = [
        juror(member["nom"].lower(), deports=" ; ".join(HIDDEN.get(member["nom"].lower(), ())) or None)
        for member in jurors
    ]
    own = {(numero, f"{name}@jury.example") for name, numbers in HIDDEN.items() for numero in numbers}
    given = [row for row in given if (row["numero"], row["jure"]) not in own]
    if about is not None:
        given = [row for row in given if row["numero"] not in about]
        given += [evaluation(numero, *vote) for numero in about for vote in changes.get("noted", ())]
        dossiers = [
            dossier | changes.get("typed", {}) if dossier["numero"] in about else dossier for dossier in dossiers
        ]
    return case(dossiers, rows, given, rules(campaign={"target": places, "banner": ""}))


def page_of(call, name):
    return call.page_for(one_juror(call.reading, f"{name}@jury.example"))


OTHERWISE = {
    "the best notes": {"noted": [(name, 4, 4, 4, 4, 4) for name in ("dan", "eve", "fred")]},
    "the worst notes": {"noted": [(name, 1, 1, 1, 1, 1) for name in ("dan", "eve", "fred")]},
    "other readers": {"noted": [("eve", 3, 3, 3, 3, 3)]},
    "no reader": {"noted": []},
    "a decision": {"noted": [], "typed": {"decision": "Lauréat", "preselection": "Présélectionné"}},
    "a withdrawal": {"noted": [], "typed": {"decision": "Désisté"}},
    "another cost": {"noted": [], "typed": {"cout_jusqu_a_5_ans": 52_000.0, "projet": "Autre", "resume": "Autre"}},
}


def slowly(otherwise):
    return () if otherwise in ("the best notes", "no reader") else pytest.mark.slow


@cache
def as_it_is(name, **how):
    return page_of(campaign(**how), name)


@pytest.mark.parametrize("name", WHO)
@pytest.mark.parametrize("panels", [1, pytest.param(2, marks=pytest.mark.slow)], ids=["corrected", "uncorrected"])
@pytest.mark.parametrize("otherwise", [pytest.param(change, marks=slowly(change)) for change in OTHERWISE])
def test_the_page_is_the_same_whatever_is_said_of_what_it_hides(name, panels, otherwise):
    before = as_it_is(name, panels=panels)
    after = page_of(campaign(HIDDEN[name], panels=panels, **OTHERWISE[otherwise]), name)
    assert after == before


@pytest.mark.slow
@pytest.mark.parametrize("places", [11, 12])
@pytest.mark.parametrize("name", WHO)
def test_the_page_is_the_same_where_every_dossier_nearly_has_a_place(name, places):
    noted = [("eve", 4, 4, 4, 4, 4)]
    before = as_it_is(name, places=places)
    assert page_of(campaign(HIDDEN[name], places=places, noted=noted), name) == before
    assert page_of(campaign(HIDDEN[name], places=places, noted=[]), name) == before


def left_out(call, name):
    """The page of the whole jury, without the rows of what a juror does not read: what the attacker reads easily."""
    view = call.view
    shown = tuple(project for project in view.projects if project.numero not in HIDDEN[name])
    hidden = sum(project.reviews for project in view.projects if project.numero in HIDDEN[name])
    return page(replace(view, projects=shown, evaluations=view.evaluations - hidden, sums=None), assets())


def truth(call, name):
    ranks = {project.rank for project in call.view.projects if project.numero in HIDDEN[name]}
    readers = {vote.juror for project in call.view.projects if project.numero in HIDDEN[name] for vote in project.votes}
    return ranks, readers


@pytest.mark.slow
@pytest.mark.parametrize("name", WHO)
def test_a_program_that_has_only_the_page_tells_nothing_of_what_it_hides(name):
    call = campaign()
    attacker = Attacker(page_of(call, name), NAMES, len(HIDDEN[name]))
    assert attacker.missing_ranks() == set()
    assert attacker.missing_counts() == set()
    assert attacker.words() == set()
    for numero in HIDDEN[name]:
        assert re.search(rf"\b{numero}\b", attacker.page) is None


@pytest.mark.slow
@pytest.mark.parametrize("name", WHO)
def test_that_program_reads_a_page_that_only_leaves_rows_out(name):
    call = campaign()
    attacker, (ranks, readers) = Attacker(left_out(call, name), NAMES, len(HIDDEN[name])), truth(call, name)
    assert attacker.missing_ranks() == ranks
    assert attacker.missing_counts() & {len(readers), sum(map(len, HIDDEN[name])), *range(1, 9)}
    assert attacker.words()


def equal_loads():
    """Six dossiers, each read by four of six jurors, who read four each: who has three on a page read what it hides."""
    dossiers, jurors, _ = drawn(6)
    given = [
        evaluation(f"100{place}", JURORS[(place + step) % 6], *[score] * 5)
        for place, score in enumerate((2.0, 3.5, 2.5, 3.0, 4.0, 1.5))
        for step in range(1, 5)
    ]
    rows = [jurors[0] | {"deports": "1000"}, *jurors[1:]]
    return case(dossiers, rows, given, rules(campaign={"target": 3, "banner": ""}))


@pytest.mark.slow
def test_who_noted_what_is_hidden_is_not_told_by_how_often_each_juror_is_named():
    call = equal_loads()
    hidden = {"Bob", "Chloe", "Dan", "Eve"}
    shown = tuple(project for project in call.view.projects if project.numero != "1000")
    naive = Attacker(page(replace(call.view, projects=shown, sums=None), assets()), NAMES)
    assert naive.readers() == hidden
    attacker = Attacker(page_of(call, "ada"), NAMES)
    assert attacker.readers() != hidden


def test_the_votes_have_names_on_the_juror_s_own_dossiers_alone():
    call = equal_loads()
    view_page = page_of(call, "ada")
    cards = dict(re.findall(r'<article class="card" id="d-\d+" data-n="(\d+)"(.*?)</article>', view_page, re.DOTALL))
    assert sorted(cards) == ["1001", "1002", "1003", "1004", "1005"]
    named = {numero for numero, card in cards.items() if any(f"<strong>{name}</strong>" in card for name in NAMES)}
    assert named == {"1002", "1003", "1004", "1005"}
    assert cards["1001"].count('<span class="vote">') == 4
