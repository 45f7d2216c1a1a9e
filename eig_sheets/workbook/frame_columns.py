"""Columns of a robot's tab computed from whole frames: the look and the cells of each, declared in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from eig_sheets.spreadsheet.model.cells import WrittenValue
from eig_sheets.spreadsheet.model.sheet import Column
from eig_sheets.workbook import cells
from eig_sheets.workbook.cells import Rows

Frames = TypeVar("Frames")


@dataclass(frozen=True, slots=True)
class FrameColumn(Generic[Frames]):
    """A column: its header and look, and its cells in all rows at once, which is quicker than row by row."""

    look: Column
    cells: Callable[[Frames], Iterable[WrittenValue]]


def looks(columns: Sequence[FrameColumn[Frames]]) -> tuple[Column, ...]:
    """The columns of the tab."""
    return tuple(column.look for column in columns)


def rows(columns: Sequence[FrameColumn[Frames]], frames: Frames) -> Rows:
    """The rows of the tab."""
    return cells.rows(*(column.cells(frames) for column in columns))
