"""What the last run read in people's tabs, which stands where cells and columns cannot be read any more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple


class KnownColumn(NamedTuple):
    """A column of people's that held something: its header, and its (0-based) place."""

    header: str
    place: int


class Erased(NamedTuple):
    """A value that somebody erased from a cell: what it was at an earlier run, and the day on which it was found blank.

    Of a field that is not remembered the value is ''.
    """

    value: str
    seen: date


class FilledCells(NamedTuple):
    """Which cells of some fields held something: by the name of its row, a « 1 » or a « 0 » a field."""

    fields: Sequence[str]
    rows: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LastKnown:
    """What the last run read in people's tabs, where it cannot be read any more.

    By tab id: `columns`, those of our fields that held something, by field id; `others`, the headers of the columns
    that are people's own; `values`, the text of the remembered fields, by the key of the row and the field id;
    `erased`, by the same, the values that cells lost less than a week ago; `filled`, the cells of other fields that
    held something. `accepted`: a person says that what changed of columns and keys was meant.
    """

    columns: Mapping[str, Mapping[str, KnownColumn]] = field(default_factory=dict)
    others: Mapping[str, Sequence[str]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    erased: Mapping[str, Mapping[str, Mapping[str, Erased]]] = field(default_factory=dict)
    filled: Mapping[str, FilledCells] = field(default_factory=dict)
    accepted: bool = False


NOTHING_KNOWN: Final = LastKnown()
