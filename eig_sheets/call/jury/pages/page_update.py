"""What is to be written so that a page online shows what it should: descriptions, new blocks, never an answer. Pure.

A page is only added to when its lines are where they were made: the names of lines, in its hidden columns, tell. In its
own tab nothing is written but rows that are inserted: lines that its juror moves meanwhile keep all that they hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from eig_sheets.call.jury.pages import descriptions
from eig_sheets.call.jury.pages.blocks import DECLARATION, DOSSIER, MARKERS
from eig_sheets.call.jury.pages.found_lines import find_tabs
from eig_sheets.call.jury.pages.layout import form_of
from eig_sheets.call.jury.pages.pages import Page, PageDossier
from eig_sheets.spreadsheet.forms import FormCell, FormTab, PageUpdate
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot

_NUMERO, _FIELD = MARKERS.index("_dossier"), MARKERS.index("_champ")
_KEYS: Final = (_NUMERO, _FIELD)


class RearrangedError(Exception):
    """The lines of a page are not where they were made: nothing can be added to it."""


def is_blank(snapshot: Snapshot) -> bool:
    """Whether nothing was ever written in a page."""
    return not any(value is not None for tab in snapshot.tabs for row in tab.rows for value in row)


def update_of(snapshot: Snapshot, page: Page) -> PageUpdate:
    """What brings a page up to date. Raises RearrangedError.

    Its dossiers keep their order, the new ones follow; one that is not the juror's any more is blanked as a déport is,
    and its answers stay.
    """
    tabs = find_tabs(snapshot)
    described = snapshot.tab(descriptions.TAB)
    tab = snapshot.tab(tabs[0].name) if len(tabs) == 1 else None
    if tab is None or described is None:
        raise RearrangedError
    present = [line.numero for line in tabs[0].lines if line.field == DOSSIER]
    wanted = {dossier.numero: dossier for dossier in page.dossiers}
    kept = tuple(wanted.get(numero, PageDossier(numero, recused=True)) for numero in present)
    added = tuple(dossier for dossier in page.dossiers if dossier.numero not in present and not dossier.recused)
    before, form = form_of(replace(page, dossiers=kept)), form_of(replace(page, dossiers=(*kept, *added)))
    if _keys_of_form(before.page) != _keys_of_tab(tab):
        raise RearrangedError
    inserted = tuple(_inserted(form.page, {dossier.numero for dossier in added}))
    return PageUpdate(form, tab.name, inserted, tuple(_descriptions(form.descriptions, described)))


def _keys_of_form(tab: FormTab) -> dict[tuple[int, int], str]:
    return {
        (row, column): str(cell.value)
        for row, column, cell in tab.cells()
        if column in _KEYS and cell.value is not None
    }


def _keys_of_tab(tab: TabSnapshot) -> dict[tuple[int, int], str]:
    return {
        (row, column): _key(value)
        for row in range(1, len(tab.rows) + 1)
        for column in _KEYS
        if (value := tab.value(row, column)) is not None
    }


def _key(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _inserted(tab: FormTab, added: set[str]) -> Iterator[tuple[int, int]]:
    """The rows of these dossiers: their line in the list, then their blocks, as ranges from the top."""
    rows = [row for row, numero in _dossier_of_rows(tab) if numero in added]
    start = previous = 0
    for row in rows:
        if row != previous + 1:
            if previous:
                yield start, previous
            start = row
        previous = row
    if previous:
        yield start, previous


def _dossier_of_rows(tab: FormTab) -> Iterator[tuple[int, str]]:
    """Each row with the dossier that it is about, in the list or in its block; '' for any other."""
    headings = {
        row: str(cell.value)
        for row, line in enumerate(tab.rows, 1)
        if _field(line) == DOSSIER and (cell := line[_NUMERO])
    }
    current = ""
    for row, line in enumerate(tab.rows, 1):
        if row in headings or _field(line) == DECLARATION:
            current = headings.get(row, "")
        first = line[0] if line else None
        yield row, headings.get(first.row, "") if first and first.row else current


def _field(line: tuple[FormCell | None, ...]) -> object:
    cell = line[_FIELD] if len(line) > _FIELD else None
    return cell.value if cell else None


def _descriptions(target: FormTab, tab: TabSnapshot) -> Iterator[tuple[int, int, FormCell | None]]:
    """The cells of the hidden tab that differ, those of rows that it should not have included."""
    height, width = max(len(target.rows), len(tab.rows)), len(target.widths)
    for row in range(1, height + 1):
        line = target.rows[row - 1] if row <= len(target.rows) else ()
        for column in range(width):
            cell = line[column] if column < len(line) else None
            wanted = None if cell is None or cell.value == "" else cell.value
            if tab.value(row, column) != wanted or (row, column) in tab.formulas:
                yield row, column, cell
