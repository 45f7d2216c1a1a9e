"""Signatures of cells: who typed a cell, as the program itself writes it, with a digest of the signed values. Pure.

A column of authors is filled by a trigger of the program's, never by a person. Its text is that of a `Signature`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

MARK: Final = "auteur "
"""The prefix of the mark of a column of authors, before the id of the field whose authors it names."""
TAKEN_OVER: Final = "repris par init"
"""Stands for the moment in the signature of a value that was there before anything was signed."""
MOMENT: Final = "%Y-%m-%d %H:%M"
LENGTH: Final = 16
"""Digits of a digest that are written."""
_TEXT: Final = re.compile(
    rf"(?P<who>\S+), (?P<when>\d{{4}}-\d\d-\d\d \d\d:\d\d|{TAKEN_OVER}) · (?P<digest>[0-9a-f]{{{LENGTH}}})"
)


@dataclass(frozen=True, slots=True)
class Author:
    """The header of the column that names who typed a field.

    `signs`: ids of the fields of the same row that are signed with it; `renewed`: those of them whose change signs the
    whole again, since they are typed after it.
    """

    header: str
    signs: tuple[str, ...] = ()
    renewed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AuthorColumn:
    """A column of authors as it is in a tab: its (0-based) place, and those of what it signs, its own field's last."""

    column: int
    signs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Signing:
    """A column of authors to make. Places are 0-based.

    `column` is that of `field`, whose authors it names; `signs` are the places of all that is signed, that one last;
    `triggers` those whose change signs again. `rows`: the (1-based) ones that have a value already, to take over.
    """

    field: str
    header: str
    column: int
    signs: tuple[int, ...]
    triggers: tuple[int, ...]
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """The content of a cell of authors. `when` is a moment as the program writes it, or TAKEN_OVER."""

    who: str
    when: str
    digest: str

    def __str__(self) -> str:
        """The text of the cell."""
        return f"{self.who}, {self.when} · {self.digest}"


def signature_in(text: object) -> Signature | None:
    """The signature that a cell holds; None when it holds anything else."""
    match = _TEXT.fullmatch(text) if isinstance(text, str) else None
    return Signature(match["who"], match["when"], match["digest"]) if match else None


def digest(values: Iterable[object]) -> str:
    """The digest of what is signed, in its order: that of the texts of its values, as the program's trigger has it."""
    return sha256(json.dumps([_text(value) for value in values]).encode()).hexdigest()[:LENGTH]


def _text(value: object) -> str:
    """A value as the trigger writes it too, whatever type its column is of."""
    if isinstance(value, bool):
        return "oui" if value else ""
    if isinstance(value, int | float):
        return f"{value:.15g}"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return "" if value is None else str(value)


def is_signed(value: object) -> bool:
    """Whether a cell needs a signature: a blank cell and an empty box do not."""
    return value is not None and value is not False and (not isinstance(value, str) or bool(value.strip()))


def signing(field: str, author: Author, places: Mapping[str, int], rows: Iterable[int] = ()) -> Signing:
    """The column of authors of a field of a tab in which fields have these places, some of them perhaps none."""
    signs = tuple(places[name] for name in (*author.signs, field) if name in places)
    triggers = tuple(places[name] for name in (field, *author.renewed) if name in places)
    return Signing(field, author.header, places[field], signs, triggers, tuple(rows))
