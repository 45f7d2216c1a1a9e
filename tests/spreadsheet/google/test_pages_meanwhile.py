"""Jurors' pages on Google that people rearrange between the reading and the writing: no line loses what it holds."""

from dataclasses import replace
from datetime import datetime

import pytest

from eig_sheets.call.jury.pages.found_lines import find_tabs
from eig_sheets.call.jury.pages.page_update import update_of
from eig_sheets.spreadsheet.model.base import WorkbookError
from tests.spreadsheet.google.pages_desk import FIRST, PAGE, SECOND, THIRD, JurorsPage, pages_in, shared_folder


@pytest.fixture
def juror(google) -> JurorsPage:
    return JurorsPage.made(google, pages_in(google, shared_folder(google).id))


def moved_meanwhile(juror, page, kind, **what):
    """The page is read, its juror does that, then it is brought up to date as it was read."""
    snapshot = juror.pages.read(juror.page)
    update = update_of(snapshot, page)
    assert update
    juror.edit(kind, **what)
    juror.pages.update(juror.page, snapshot, update)


LATER = replace(PAGE, deadline=datetime(2021, 5, 6, 18), name="Ada Lovelace", campaign_name="Sixième promotion")
MEANWHILE = {
    "a row above the list": ("insert_row", {"tab": "Grille", "at": 4}),
    "lines sorted above the first answers": ("sort_range", {"tab": "Grille", "range": "A3:F12"}),
    "lines and answers sorted": ("sort_range", {"tab": "Grille", "range": "A3:F45"}),
}


@pytest.mark.parametrize(("kind", "what"), MEANWHILE.values(), ids=MEANWHILE)
def test_lines_that_move_between_the_reading_and_the_writing_keep_all_that_they_hold(juror, kind, what):
    juror.answer("4512301", "pertinence", "3,5")
    juror.answer("4512301", "commentaire", "(a) utile")  # sorted first
    juror.answer("4512302", "commentaire", "(b) à revoir")
    before = held(juror)
    moved_meanwhile(juror, with_later(FIRST, SECOND, THIRD), kind, **what)
    assert {line: value for line, value in held(juror).items() if line[0] != "4512303"} == before
    texts = [row[0] for row in juror.shown if row]
    assert {text for text in texts if text in ("Sixième promotion", "Grille – Ada Lovelace")} == {
        "Sixième promotion", "Grille – Ada Lovelace",
    }  # fmt: skip


def test_a_page_that_lost_a_row_meanwhile_is_left_as_it_is(juror):
    juror.answer("4512301", "pertinence", "3,5")
    before = juror.answers
    with pytest.raises(WorkbookError, match="rien n’a été écrit"):
        moved_meanwhile(juror, with_later(FIRST, SECOND, THIRD), "delete_row", tab="Grille", at=5)
    assert (juror.answers, juror.shown[1][0]) == (before, PAGE.campaign_name)


def held(juror):
    """What each line holds that has a dossier and a field, wherever it is."""
    [tab, *_] = find_tabs(juror.pages.read(juror.page))
    return {(line.numero, line.field): line.value for line in tab.lines if line.numero and line.field[0] != "#"}


def with_later(*dossiers):
    return replace(LATER, dossiers=dossiers)


def test_what_stands_above_the_list_is_written_in_no_cell_of_the_page(juror):
    update = update_of(juror.pages.read(juror.page), LATER)
    assert (update.inserted, bool(update.descriptions)) == ((), True)
    assert juror.refresh(LATER)
    assert [row[0] for row in juror.shown[1:3]] == ["Sixième promotion", "Grille – Ada Lovelace"]
    assert "jeudi 6 mai 2021" in juror.shown[5][0]
    assert not juror.refresh(LATER)
