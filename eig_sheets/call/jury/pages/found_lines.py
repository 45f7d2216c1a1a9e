"""Finds the lines of a page in a tab, whatever it is called now, by the columns that are not shown."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Final

from eig_sheets.call.jury.pages.blocks import CANDIDATE_WORD, DOSSIER_WORD, MARKERS, NUMBER, NUMBER_DASH
from eig_sheets.call.jury.pages.blocks import DOSSIER as HEADING
from eig_sheets.call.jury.pages.fields import WIDE
from eig_sheets.spreadsheet.model.cells import CellValue, a1
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot

_HEADER_ROWS: Final = 10
_LABEL, _ANSWER, _DOSSIER, _FIELD, _RECUSED, _TEXT = MARKERS


@dataclass(frozen=True, slots=True)
class FoundLine:
    """One line: its dossier and field, what people see in the column of labels, the label it had, the answer's cell.

    `above`: the dossier under whose heading and number people see it, '' when it is above all of them. `shown_cell`:
    where `shown` is.
    """

    numero: str
    field: str
    shown: str
    text: str
    value: CellValue
    cell: str
    above: str
    shown_cell: str


@dataclass(frozen=True, slots=True)
class FoundTab:
    """A tab that has a page's columns.

    `lines` are those with a field, from the top; `recused` the dossiers that are not collected any more; `strays` the
    cells of answers, under the first heading, on lines that have no field.
    """

    name: str
    lines: tuple[FoundLine, ...]
    recused: frozenset[str] = frozenset()
    strays: tuple[str, ...] = ()

    def identity(self, field: str) -> str:
        """The text of a line that identifies the page; '' without it, or when two of them differ."""
        texts = {line.text for line in self.lines if line.field == field}
        return texts.pop() if len(texts) == 1 else ""


def find_tabs(snapshot: Snapshot) -> list[FoundTab]:
    """Every tab with a page's columns."""
    headers = ((tab, _header(tab)) for tab in snapshot.tabs)
    return [_found(tab, *header) for tab, header in headers if header is not None]


def _header(tab: TabSnapshot) -> tuple[int, Mapping[str, int]] | None:
    """The row of the markers, and the column of each."""
    for number, row in enumerate(tab.rows[:_HEADER_ROWS], 1):
        columns = {value: column for column, value in enumerate(row) if isinstance(value, str) and value in MARKERS}
        if len(columns) == len(MARKERS):
            return number, columns
    return None


def _found(tab: TabSnapshot, header: int, columns: Mapping[str, int]) -> FoundTab:
    lines: list[FoundLine] = []
    known = {_text(tab.value(row, columns[_DOSSIER])) for row in range(header + 1, len(tab.rows) + 1)}
    recused, strays, heading, number = set(), [], "", ""
    for row in range(header + 1, len(tab.rows) + 1):
        numero, field, shown, text, is_recused = (
            _text(tab.value(row, columns[marker])) for marker in (_DOSSIER, _FIELD, _LABEL, _TEXT, _RECUSED)
        )
        heading = numero if field == HEADING else heading
        label = "" if field in WIDE else shown  # a comment may name another dossier
        number = numero if field == NUMBER else _shown_number(label, known) or number
        place = columns[_LABEL] if field in WIDE else columns[_ANSWER]
        cell, value = f"{tab.name}!{a1(row, place)}", _answer(tab.value(row, place))
        if field:
            above = heading if field in (HEADING, NUMBER) or number == heading else number
            shown_cell = f"{tab.name}!{a1(row, columns[_LABEL])}"
            lines.append(FoundLine(numero, field, shown, text, value, cell, above, shown_cell))
        elif heading and value is not None:
            strays.append(cell)
        if field == HEADING and is_recused == "oui":
            recused.add(numero)
    return FoundTab(tab.name, tuple(lines), frozenset(recused), tuple(strays))


def _shown_number(shown: str, known: Container[str]) -> str:
    """The number that people read on a line, as our lines say it: « Dossier 101 », « Candidature 7 », « 101 – Nom »."""
    words = shown.split(maxsplit=2)
    if len(words) == 2 and words[0] in (DOSSIER_WORD, CANDIDATE_WORD) and words[1] in known:
        return words[1]
    return words[0] if words[1:2] == [NUMBER_DASH] and words[0] in known else ""


def _answer(value: CellValue) -> CellValue:
    """A cell as it was typed; one that holds spaces only is blank."""
    return None if isinstance(value, str) and not value.strip() else value


def _text(value: CellValue) -> str:
    """A key as text: some programs make a number of one."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()
