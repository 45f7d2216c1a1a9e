"""What this machine remembers of a spreadsheet from one run to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol


class Remembered(Protocol):
    """Stores, from one run to the next, the size of the response and the cells that are not kept as written."""

    def last_response_size(self) -> int | None:
        """Bytes of the last full response; None when there was none."""

    def save_response_size(self, size: int) -> None:
        """Store the size of this response."""

    def kept_cells(self) -> Mapping[str, Sequence[Sequence[Any]]]:
        """Cells that were found otherwise right after they were written (`kept_cells`), as JSON."""

    def save_kept_cells(self, kept: Mapping[str, Sequence[Sequence[Any]]]) -> None:
        """Store them."""

    def misplaced_rows(self) -> Sequence[Mapping[str, Any]]:
        """Rows that were added and lie under other headers (`misplaced_rows`)."""

    def save_misplaced_rows(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Store them."""
