"""The last run of each workbook, as kept to see at the next one what people changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from eig_sheets.storage.received import Received

Cell = str | float | bool | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class TypedOver:
    """A value that someone typed in a robot's tab or column, which the robot replaced."""

    tab: str
    cell: str
    value: str
    seen: date


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A dossier that was deleted where it had been submitted: when (with an offset), and by whom, in French."""

    moment: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class LastRun:
    """The state of a workbook after the last run that succeeded.

    `counts`: rows that people had filled, by tab id. `outputs`: headers then rows of each robot's tab, by tab id.
    `columns`: values of each robot's column (`tab.field`) by the key of its row. `banner`: the lines above the headers
    of each robot's tab. `typed_over`: what remains to be reported. `texts`: recipients, copies, subject and body of
    each e-mail of the outbox as the robot wrote it, by id. `withdrawn`: dossiers that the last import found deleted, by
    number. `received`: what imports brought. `undone`: the numbers of dossiers whose import was undone, which people
    may delete without the fuse (guarantee G8) holding it against them.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    outputs: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, Cell]] = field(default_factory=dict)
    typed_over: tuple[TypedOver, ...] = ()
    banner: Row = ()
    texts: Mapping[str, tuple[str, str, str, str]] = field(default_factory=dict)
    withdrawn: Mapping[str, Withdrawal] = field(default_factory=dict)
    received: Received = field(default_factory=Received)
    undone: tuple[str, ...] = ()
