"""Formulas cut into tokens, references apart so that they can follow what they point to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from tests.sheets_server.addresses import Span, column_number, letters, quoted

CORNER = r"\$?[A-Za-z]{1,3}\$?[1-9]\d*"
SHEET = r"(?:('(?:[^']|'')+'|[A-Za-z_\u0080-\uffff][\w.]*)!)"
REFERENCE = re.compile(
    rf"{SHEET}?(?:({CORNER})(?::(\$?[A-Za-z]{{1,3}}(?:\$?[1-9]\d*)?|\$?[1-9]\d*))?"
    r"|(\$?[A-Za-z]{1,3}):(\$?[A-Za-z]{1,3}(?:\$?[1-9]\d*)?)|(\$?[1-9]\d*):(\$?[1-9]\d*))(?![\w(!.])"
)
CORNER_PARTS = re.compile(r"(\$?)([A-Za-z]{1,3})?(\$?)(\d+)?\Z")
STRING = re.compile(r'"((?:[^"]|"")*)"')
NAME = re.compile(r"[A-Za-z_\u0080-\uffff][\w.]*")
ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|ERROR!)")
OPERATOR = re.compile(r"<>|<=|>=|[-+*/^&=<>%(){};,\\]")


@dataclass(frozen=True, slots=True)
class Corner:
    """One corner of a reference; `$` marks what stays when the formula is copied elsewhere."""

    column: int | None
    row: int | None
    column_fixed: bool = False
    row_fixed: bool = False

    def text(self) -> str:
        column = "" if self.column is None else "$" * self.column_fixed + letters(self.column)
        return column + ("" if self.row is None else "$" * self.row_fixed + str(self.row + 1))


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to cells; `sheet` is None for the formula's own tab, `last` for a single cell."""

    sheet: str | None
    first: Corner
    last: Corner | None = None

    @property
    def span(self) -> Span:
        last = self.last or self.first
        top, bottom = _ordered(self.first.row, last.row)
        left, right = _ordered(self.first.column, last.column)
        return Span(top, bottom, left, right)

    def text(self) -> str:
        prefix = ""
        if self.sheet is not None:
            prefix = quoted(self.sheet) + "!"
        return prefix + self.first.text() + (":" + self.last.text() if self.last else "")


def _ordered(one: int | None, two: int | None) -> tuple[int | None, int | None]:
    if one is None or two is None:
        return (two if one is None else one), None
    return min(one, two), max(one, two) + 1


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is number, string, reference, error, name or operator."""

    kind: str
    text: str
    value: object = None


class FormulaError(ValueError):
    """The text is not a formula: people see #ERROR!."""


@lru_cache(maxsize=100_000)
def tokenize(formula: str, decimal: str = ".") -> tuple[Token, ...]:
    """Return the tokens of a formula without its `=`; spaces are tokens too, so that it can be written back."""
    return tuple(_tokens(formula, decimal))


def _tokens(text: str, decimal: str) -> Iterator[Token]:
    number = re.compile(rf"\d+(?:{re.escape(decimal)}\d*)?(?:[eE][+-]?\d+)?|{re.escape(decimal)}\d+")
    at = 0
    while at < len(text):
        token = _next(text, at, number, decimal)
        yield token
        at += len(token.text)


def _next(text: str, at: int, number: re.Pattern[str], decimal: str) -> Token:
    if text[at].isspace():
        return Token("space", text[at])
    if match := STRING.match(text, at):
        return Token("string", match[0], match[1].replace('""', '"'))
    if match := REFERENCE.match(text, at):
        return Token("reference", match[0], _reference(match))
    if match := number.match(text, at):
        return Token("number", match[0], float(match[0].replace(decimal, ".")))
    if match := ERROR.match(text, at):
        return Token("error", match[0])
    if match := NAME.match(text, at):
        return Token("name", match[0])
    if match := OPERATOR.match(text, at):
        return Token("operator", match[0])
    raise FormulaError(text)


def _reference(match: re.Match[str]) -> Reference:
    title = match[1]
    if title is not None and title.startswith("'"):
        title = title[1:-1].replace("''", "'")
    first = match[2] or match[4] or match[6]
    last = match[3] or match[5] or match[7]
    return Reference(title, _corner(first), _corner(last) if last else None)


def _corner(text: str) -> Corner:
    match = CORNER_PARTS.match(text)
    if match is None:
        raise FormulaError(text)
    dollar, column, row_dollar, row = match.groups()
    if column is None:
        return Corner(None, int(row) - 1, row_fixed=bool(dollar or row_dollar))
    return Corner(column_number(column), int(row) - 1 if row else None, bool(dollar), bool(row_dollar))


def rewritten(formula: str, change: Callable[[Reference], Reference | None]) -> str:
    """Return a formula, `=` included, with its references changed; None makes one #REF!."""
    try:
        tokens = tokenize(formula[1:], ",") if "," in formula and ";" in formula else tokenize(formula[1:])
    except FormulaError:
        return formula
    out = []
    for token in tokens:
        if not isinstance(token.value, Reference):
            out.append(token.text)
            continue
        new = change(token.value)
        out.append(token.text if new == token.value else "#REF!" if new is None else new.text())
    return "=" + "".join(out)


def shifted(reference: Reference, down: int, right: int) -> Reference | None:
    """Return what a reference becomes when its formula is copied elsewhere; None when it leaves the sheet."""
    first = _shifted(reference.first, down, right)
    last = _shifted(reference.last, down, right) if reference.last else None
    if first is None or (reference.last and last is None):
        return None
    return replace(reference, first=first, last=last)


def _shifted(corner: Corner, down: int, right: int) -> Corner | None:
    row = corner.row if corner.row is None or corner.row_fixed else corner.row + down
    column = corner.column if corner.column is None or corner.column_fixed else corner.column + right
    if (row is not None and row < 0) or (column is not None and column < 0):
        return None
    return replace(corner, row=row, column=column)
