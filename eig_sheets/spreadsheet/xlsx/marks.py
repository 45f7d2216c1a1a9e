"""Marks that identify the robot's tabs and columns after people rename or move them: hidden defined names.

`EIG_tab.<id>` names a cell of the tab, `EIG_col.<id>` (with `..2`, `..3` where two tabs have such a column) a header,
`EIG_classeur` the identity of the whole workbook, a text: a copy of the file has the same.
"""

from __future__ import annotations

import re

from eig_sheets.spreadsheet.model.cells import column_letters, parse_a1
from eig_sheets.spreadsheet.xlsx.contents import Contents, DefinedName, quoted

_TAB, _COLUMN, _WORKBOOK = "EIG_tab.", "EIG_col.", "EIG_classeur"
_ENCODED = re.compile(r"\.x([0-9A-F]+)\.")


def _encode(mark: str) -> str:
    return re.sub(r"[^A-Za-z0-9_]", lambda match: f".x{ord(match[0]):X}.", mark)


def _decode(name: str) -> str:
    bare = re.sub(r"\.\.[0-9]+$", "", name)
    return _ENCODED.sub(lambda match: chr(int(match[1], 16)), bare)


def is_mark(name: str) -> bool:
    """Whether a defined name is one of ours."""
    return name.casefold().startswith((_TAB.casefold(), _COLUMN.casefold())) or _is_identity(name)


def _is_identity(name: str) -> bool:
    return name.casefold() == _WORKBOOK.casefold()


def identity(contents: Contents) -> str:
    """The identity of the workbook; '' when it has none yet."""
    values = (name.text for name in contents.names if name.local is None and _is_identity(name.name))
    return next(values, "").strip().removeprefix("=").strip('"')


def identify(contents: Contents, new: str) -> None:
    """Give the workbook that identity, unless it has one."""
    if not identity(contents):
        contents.set_name(_WORKBOOK, f'"{new}"')


def _valid_marks(contents: Contents, prefix: str) -> list[tuple[DefinedName, str, int]]:
    known = []
    for name in contents.names:
        if name.local is None and name.name.casefold().startswith(prefix.casefold()) and name.target:
            tab, cell = name.target
            try:
                known.append((name, tab, parse_a1(cell.split(":")[0])[1]))
            except ValueError:
                continue
    return known


def tab_marks(contents: Contents) -> dict[str, str]:
    """Tab name → id of the mark of the tab."""
    return {tab: _decode(name.name[len(_TAB) :]) for name, tab, _ in _valid_marks(contents, _TAB)}


def column_marks(contents: Contents) -> dict[str, dict[int, str]]:
    """Tab name → 0-based column → id of the mark of the column."""
    marks: dict[str, dict[int, str]] = {}
    for name, tab, column in _valid_marks(contents, _COLUMN):
        marks.setdefault(tab, {})[column] = _decode(name.name[len(_COLUMN) :])
    return marks


def mark_tab(contents: Contents, tab: str, mark: str) -> None:
    """Mark a tab with an id; a broken mark is replaced."""
    name = _TAB + _encode(mark)
    removed = [known for known, marked, _ in _valid_marks(contents, _TAB) if marked == tab and known.name != name]
    contents.drop_names(removed)
    contents.set_name(name, f"{quoted(tab)}!$A$1")


def mark_column(contents: Contents, tab: str, row: int, column: int, mark: str) -> None:
    """Mark a column with an id; a mark that is broken or on another column of the tab is replaced."""
    base = _COLUMN + _encode(mark)
    elsewhere = {known.name for known, marked, _ in _valid_marks(contents, _COLUMN) if marked != tab}
    number, name = 1, base
    while name in elsewhere:
        number += 1
        name = f"{base}..{number}"
    contents.set_name(name, f"{quoted(tab)}!${column_letters(column)}${row}")
