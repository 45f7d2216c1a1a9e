"""Codes of anomalies: what is said of one kind, how severe it is, and what to do. Each stands beside what finds it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """`BLOCKING`: a result or an act rests on the cell, and takes the careful side; `WARNING` is only reported."""

    BLOCKING = "bloquant"
    WARNING = "avertissement"


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of anomaly. `message` and `remedy` are French sentences with the `{words}` that `anomaly` fills in.

    `severity` is None where it depends on the column: blocking in those that something of the call rests on.
    `stops`: of the whole workbook; nothing is written but the failure line, which goes where a mark of ours is.
    `unintended`: the cell is read, and so believed, but was probably not meant: what rests on it says so.
    `is_read`: the cell is read, and the anomaly says what is done meanwhile.
    """

    name: str
    severity: Severity | None
    message: str
    remedy: str
    stops: bool = False
    unintended: bool = False
    is_read: bool = False


def blocking(name: str, message: str, remedy: str, *, is_read: bool = False) -> Code:
    """A code of which each cell blocks: its row is left out."""
    return Code(name, Severity.BLOCKING, message, remedy, is_read=is_read)


def warning(name: str, message: str, remedy: str, *, unintended: bool = False) -> Code:
    """A code of which each row still counts."""
    return Code(name, Severity.WARNING, message, remedy, unintended=unintended)


def by_column(name: str, message: str, remedy: str) -> Code:
    """A code that blocks in some columns, and is a warning in the others."""
    return Code(name, None, message, remedy)


def stopping(name: str, message: str, remedy: str) -> Code:
    """A code while which nothing is written."""
    return Code(name, Severity.BLOCKING, message, remedy, stops=True)
