"""The state of a spreadsheet that this machine keeps from one run to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol


class Remembered(Protocol):
    """Stores, from one run to the next, the size of the response and what was not kept as it was written."""

    def last_response_size(self) -> int | None:
        """Bytes of the last full response, as they crossed the network; None when there was none."""

    def save_response_size(self, size: int) -> None:
        """Store the size of this response."""

    def kept_cells(self) -> Mapping[str, Sequence[Sequence[Any]]]:
        """Cells that were found otherwise right after they were written (`kept_cells`), as JSON, by tab."""

    def save_kept_cells(self, kept: Mapping[str, Sequence[Sequence[Any]]]) -> None:
        """Store them."""

    def misplaced_rows(self) -> Sequence[Mapping[str, Any]]:
        """Rows that were added and lie under other headers (`misplaced_rows`), as JSON."""

    def save_misplaced_rows(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Store them."""


class NothingRemembered:
    """Stores nothing: each reading begins with one call, and shows cells as they are."""

    def last_response_size(self) -> int | None:
        """None: there was none."""
        return None

    def save_response_size(self, size: int) -> None:
        """Forget it."""

    def kept_cells(self) -> Mapping[str, Sequence[Sequence[Any]]]:
        """None."""
        return {}

    def save_kept_cells(self, kept: Mapping[str, Sequence[Sequence[Any]]]) -> None:
        """Forget them."""

    def misplaced_rows(self) -> Sequence[Mapping[str, Any]]:
        """None."""
        return ()

    def save_misplaced_rows(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Forget them."""
