"""Whether a command took a damaged cell well: it says the same, or names the cell."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from eig_sheets.text.french import plain
from eig_sheets.workbook.fields import Kind
from tests.damaged_cells.damages import OF_THE_COLUMN, Damage, shown, texts
from tests.damaged_cells.results import CRASH, Result

CRASHED: Final = "crash"
ECHOED: Final = {Kind.TEXT, Kind.EMAIL, Kind.LIST, Kind.CHOICE}
"""Kinds of columns whose text outputs repeat as it is: what is repeated is no result."""
_CELL: Final = re.compile(r"\b[A-Z]{1,2}[0-9]{1,4}\b")
_PARTS: Final = re.compile(r"[;\n]")


def fault(sound: Result, damaged: Result, damage: Damage) -> str:
    """What is wrong with a command's result on the damaged workbook, beside that on the sound one; '' for nothing."""
    if damaged.code == CRASH:
        return CRASHED
    if any(right(sound, damaged, damage) for right in (is_named, is_same, is_said)):
        return ""
    return "refused, cell not named" if damaged.code and not sound.code else "differs, cell not named"


def is_same(sound: Result, damaged: Result, damage: Damage) -> bool:
    """Whether both are the same, but for the text of the damaged cell where it is repeated."""
    if _whole(sound, str) == _whole(damaged, str):
        return True
    if damage.field.kind in ECHOED and not damage.field.choices:
        without = _without_echo(damage)
        return _telling(_whole(sound, without)) == _telling(_whole(damaged, without))
    if damage.kind == "blank" and not damage.field.choices:
        blank = {*texts(damage.before)}
        return _whole(sound, lambda text: "" if text in blank else text) == _whole(damaged, str)
    return False


def _whole(result: Result, change: Callable[[str], str]) -> Any:
    return result.code, _mapped(result.value, change), [change(line) for line in result.lines]


def _telling(value: Any) -> Any:
    """A result without the rows of a dry run that would but repeat the damaged cell, or say when the run was."""
    if isinstance(value, tuple | list):
        return [_telling(one) for one in value if not _is_echo(one)]
    return {key: _telling(one) for key, one in value.items()} if isinstance(value, dict) else value


def _is_echo(value: Any) -> bool:
    is_row = isinstance(value, dict) and value.keys() == {"row", "cells"}
    return is_row and (value["cells"] == "" or (value["cells"] == "now" and "Accueil" in value["row"]))


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {change(str(key)): _mapped(one, change) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_mapped(one, change) for one in value]
    return change("" if value is None else str(value))


def _without_echo(damage: Damage) -> Callable[[str], str]:
    """What rids a text of the values that the cells had and have."""
    said = {one for value in (damage.before, damage.after) for text in texts(value) for one in _said(text)}
    pattern = "|".join(re.escape(one) for one in sorted(said, key=len, reverse=True))
    find = re.compile(pattern) if pattern else None
    return lambda text: " ".join((find.sub("", text) if find else text).split()).strip(" ;,")


def _said(text: str) -> Iterator[str]:
    """A text and its items, as outputs write them."""
    for one in (text, *_PARTS.split(text)):
        if len(one.strip()) > 1:
            yield from (one.strip(), html.escape(one.strip()), one.strip().lower())


_LISTED: Final = re.compile(r"\S* Anomalies \d+ ")
"""A row of `Anomalies` in a dry run: the name of the tab is not among its changes where the row before had it."""
_MISSING: Final = (
    "manqu", "incompl", "a saisir", "non verifiable", "a instruire", "a completer", "a preciser", "sous reserve",
    "inconnu",
)  # fmt: skip
"""What outputs say, in their plain form, of a row in which something is blank."""


def is_said(sound: Result, damaged: Result, damage: Damage) -> bool:
    """Whether the result says that something of the row is missing, where a value is blank."""
    return damage.kind == "blank" and any(
        word in plain(record).replace("_", " ")
        for record in _new(sound, damaged)
        for word in (*_MISSING, plain(damage.field.header))
    )


def _new(sound: Result, damaged: Result) -> list[str]:
    known = set(sound.records())
    return [record for record in damaged.records() if record not in known]


def is_named(sound: Result, damaged: Result, damage: Damage) -> bool:
    """Whether the result on the damaged workbook names the cell, where the other one does not."""
    return any(_names(record, damage) for record in _new(sound, damaged))


def _names(record: str, damage: Damage) -> bool:
    record = " ".join(record.split())
    has_cell = any(re.search(rf"\b{cell}\b", record) for cell in damage.cells)
    if has_cell and (damage.tab in record or _LISTED.match(record)):
        return True
    if damage.field.required and (_names_row(record, damage) or _names_reference(record, damage)):
        return True
    if damage.tab == "Demandes" and " ".join(f"« {shown(damage.after)} »".split()) in record:
        return True  # an answer stands beside the cell that it quotes
    return damage.kind == OF_THE_COLUMN and _names_header(record, damage)


def _names_header(record: str, damage: Damage) -> bool:
    """Whether it names the new header, or the one that is missing."""
    after, before = (" ".join(f"« {value} »".split()) for value in (damage.after, damage.before))
    return after in record or (before in record and "colonne" in plain(record))


def _names_row(record: str, damage: Damage) -> bool:
    """Whether it names the row: one without a key of its own is left aside whole."""
    row, _ = next(iter(damage.edits))
    return damage.tab in record and bool(re.search(rf"\bligne {row}\b", record))


def _names_reference(record: str, damage: Damage) -> bool:
    """Whether it names a cell that refers to the row by the key of before: nobody can tell which of both is wrong."""
    return isinstance(damage.before, str) and damage.before in record and bool(_CELL.search(record))
