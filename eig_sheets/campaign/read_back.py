"""What a feature reads back from tabs that are not people's, with each reading. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from eig_sheets.workbook.layout import Layout
from eig_sheets.workbook.model.snapshot import Snapshot

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class ReadBack(Generic[T]):
    """A key, by which a reading has what the cells of robot's tabs say; `read` finds it in these."""

    read: Callable[[Snapshot, Layout], T]
