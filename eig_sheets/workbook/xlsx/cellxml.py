"""Serialisation of one cell to XML."""

from __future__ import annotations

import math
from datetime import datetime

from eig_sheets.text.french import typographic
from eig_sheets.workbook.model.base import WorkbookError
from eig_sheets.workbook.model.cells import MAX_TEXT, Formula, Link, WrittenValue, is_too_long
from eig_sheets.workbook.xlsx.dates import to_serial
from eig_sheets.workbook.xlsx.formulas import as_files_write
from eig_sheets.workbook.xlsx.markup import escape_text


class CellWriter:
    """Writes cells of one workbook: with its namespace `prefix`, and dates counted from 1900 or 1904."""

    def __init__(self, prefix: str, *, since_1904: bool) -> None:
        self._since_1904 = since_1904
        p = prefix
        self._cell = f"{p}c"
        self._text = f' t="inlineStr"><{p}is><{p}t xml:space="preserve">', f"</{p}t></{p}is></{p}c>"
        self._value = f"><{p}v>", f"</{p}v></{p}c>"
        self._formula = f"><{p}f>", f"</{p}f><{p}v>", f"</{p}v></{p}c>"

    def cell(self, tab: str, address: str, style: int, value: WrittenValue) -> str:
        """The XML of a cell, '' for one that has neither value nor style.

        Raises WorkbookError on a text that is too long, and on a number or a date that no workbook can hold.
        """
        start = f'<{self._cell} r="{address}"' + (f' s="{style}"' if style else "")
        if isinstance(value, Link):
            value = value.text
        if value is None or value == "":
            return start + "/>" if style else ""
        if isinstance(value, str):
            return f"{start}{self._text[0]}{_escaped(value, tab, address)}{self._text[1]}"
        try:
            return start + self._typed(value, tab, address)
        except ValueError as error:
            why = f"« {value} » ne peut pas être écrit dans un classeur .xlsx. Corrigez cette valeur à la source"
            raise _refused(tab, address, why) from error

    def _typed(self, value: float | datetime | Formula, tab: str, address: str) -> str:
        if isinstance(value, Formula):
            return self._computed(value, tab, address)
        if isinstance(value, bool):
            return f' t="b"{self._value[0]}{value:d}{self._value[1]}'
        return f"{self._value[0]}{self._number(value)}{self._value[1]}"

    def _number(self, value: float | datetime) -> str:
        number = to_serial(value, since_1904=self._since_1904) if isinstance(value, datetime) else float(value)
        if not math.isfinite(number):
            raise ValueError(f"a cell cannot hold {number}")
        return repr(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)

    def _computed(self, formula: Formula, tab: str, address: str) -> str:
        value = formula.value
        if value is None or isinstance(value, str):
            kind, shown = ' t="str"', _escaped(value or "", tab, address)
        else:
            kind, shown = (' t="b"', f"{value:d}") if isinstance(value, bool) else ("", self._number(value))
        opened, between, closed = self._formula
        return f"{kind}{opened}{escape_text(as_files_write(formula.text))}{between}{shown}{closed}"


def _escaped(text: str, tab: str, address: str) -> str:
    if is_too_long(text):
        why = f"le texte compte {len(text)} caractères, un classeur .xlsx n’en accepte que {MAX_TEXT}"
        raise _refused(tab, address, f"{why}. Raccourcissez-le à la source")
    return escape_text(text)


def _refused(tab: str, address: str, why: str) -> WorkbookError:
    return WorkbookError(typographic(f"Onglet « {tab} », cellule {address} : {why}, puis relancez la commande."))
