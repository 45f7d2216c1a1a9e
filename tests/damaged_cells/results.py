"""What a command said and made, as records that can be compared and searched."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from string import ascii_uppercase
from typing import Any, Final

from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from tests.clock import now
from tests.damaged_cells.commands import FILE
from tests.damaged_cells.damages import Damage
from tests.damaged_cells.days import DayOfCall
from tests.program import Outcome

CRASH: Final = 70
_JOURNAL: Final = "Journal"
"""The robot's tab of moments."""
_WRITTEN: Final = re.compile(r"^Rien n’a changé dans (\S+)|^(\S+) est à jour")
"""How `sync` says whether it wrote in a workbook, of which the tabs are compared; what it counts stays."""
_MARKUP: Final = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Result:
    """`value`: what the command gave, JSON where it is; `lines`: its other outputs, whole; `code`: its exit code."""

    code: int
    value: Any
    lines: tuple[str, ...]

    def records(self) -> Iterator[str]:
        """Each record and each line, as one text: what names a cell names its tab beside it."""
        yield from _records(self.value)
        yield from self.lines


def run(day: DayOfCall, command: tuple[str, ...], damage: Damage | None = None) -> Result:
    """Run a command in the workbooks as they are, one of which has that damage."""
    place = day.pair.folder / "made"
    _remove(place)
    requests = [tab for name, tab in day.tabs(damage).items() if "Demandes" in name]
    numbers = {value for tab in requests for row in tab.rows for value in row}
    done = day.run(*(word.replace(FILE, str(place)) for word in command))
    lines = [*done.err.splitlines()]
    value: Any = _by_row(_parsed(done))
    if FILE in " ".join(command):
        value = {"out": value, "made": {path.name: _text(path) for path in _files(place)}}
    if command == ("sync",):
        value = {
            "out": value,
            "tabs": {name: _rows(tab) for name, tab in day.tabs(damage).items() if _JOURNAL not in name},
        }
    _remove(place)
    value = _mapped(value, lambda text: _DRAWN.sub(lambda found: found[0] if found[0] in numbers else "drawn", text))
    said = _without_now([_WRITTEN.sub(r"\1\2", line).replace(str(day.pair.folder), "") for line in lines])
    return Result(done.code, _without_now(value), tuple(said))


def _remove(place: Path) -> None:
    for path in _files(place):
        path.unlink()
    shutil.rmtree(place, ignore_errors=True)


def _files(place: Path) -> list[Path]:
    return sorted(
        path for one in place.parent.glob(f"{place.name}*") for path in (one, *one.rglob("*")) if path.is_file()
    )


def _parsed(done: Outcome) -> Any:
    try:
        return json.loads(done.out)
    except json.JSONDecodeError:
        return done.out.splitlines()


def _by_row(value: Any) -> Any:
    """The changes of a dry run as a record a row of a tab, wherever they stand in an object.

    Not the journal's, nor rows that are offered for requests, of which nothing is there but a number that was drawn.
    """
    if isinstance(value, dict):
        return {key: _by_row(one) for key, one in value.items()}
    if not isinstance(value, list):
        return value
    if not all(isinstance(one, dict) and {"tab", "cell", "new"} <= one.keys() for one in value):
        return [_by_row(one) for one in value]
    rows: dict[str, list[str]] = {}
    for one in value:
        if one["tab"] != _JOURNAL:
            row = f"{one.get('workbook', '')} {one['tab']} {one['cell'].lstrip(ascii_uppercase)}"
            rows.setdefault(row, []).append(str(one["new"]))
    return [
        {"row": row, "cells": " ".join(cells)}
        for row, cells in rows.items()
        if not ("Demandes" in row and all(map(_DRAWN.fullmatch, cells)))
    ]


def _text(path: Path) -> list[str]:
    """The lines of a file that a command made, without markup."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as package:
            text = package.read("word/document.xml").decode().replace("</w:p>", "\n")
        return _MARKUP.sub("", text).splitlines()
    text = path.read_text(encoding="utf-8-sig")
    return [
        line
        for line in (_MARKUP.sub(" ", text) if path.suffix == ".html" else text).splitlines()
        if line.strip() and not line.startswith("DTSTAMP")
    ]


def _rows(tab: TabSnapshot) -> list[tuple[Any, ...]]:
    """The values of a tab."""
    return [tuple(row) for row in tab.rows]


_NOW: Final = re.compile(rf"(\d\d/\d\d/)?({now().year}|{now().year - 1})(-\d\d-\d\d)?( à)?[T ]\d\d[:h]\d\d(:\d\d)?")


_DIGEST: Final = re.compile(r"\b[0-9a-f]{10,}\b")


_DRAWN: Final = re.compile(r"\b[BCDFGHJKLMNPQRSTVWXZ]{7}\b")  # the numbers of requests
"""The number of a request, which chance draws."""


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    """An object with other texts."""
    match value:
        case dict():
            return {key: _mapped(one, change) for key, one in value.items()}
        case list() | tuple():
            return type(value)(_mapped(one, change) for one in value)
        case str():
            return change(value)
        case _:
            return value


def _without_now(value: Any) -> Any:
    """A value without the moments of runs, years after the campaign's; and without digests, of what is compared too."""
    match value:
        case dict():
            return {key: _without_now(one) for key, one in value.items()}
        case list() | tuple():
            return type(value)(map(_without_now, value))
        case None | bool() | int() | float():
            return value
        case datetime():
            return _without_now(value.isoformat())
        case _:
            return _DIGEST.sub("digest", _NOW.sub("now", str(value)))


def _records(value: Any) -> Iterator[str]:
    """The texts of an object together, with those of the objects in it apart; a row of a tab; each line of a list."""
    if isinstance(value, dict):
        yield " ".join(str(one) for one in value.values() if not isinstance(one, (dict, list)))
        for one in value.values():
            if isinstance(one, (dict, list)):
                yield from _records(one)
    elif isinstance(value, tuple):
        yield " ".join(str(one) for one in value if one is not None)
    elif isinstance(value, list):
        for one in value:
            yield from _records(one)
    elif value is not None:
        yield str(value)
