"""Rereads the workbook during a send: what people withdraw or change meanwhile must not leave."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic, sleep
from typing import Final, Generic, TypeVar

from eig_sheets.cli.session import Session
from eig_sheets.workbook.model.base import WorkbookError
from eig_sheets.workbook.model.snapshot import Snapshot

T = TypeVar("T")

MOST_AT_ONCE: Final = 5
SECONDS: Final = 2.0
"""On a remote spreadsheet, at most so many leave after one reading, and for at most so many seconds."""

WAITS: Final = (0.2, 0.5, 1, 2, 4)
"""Seconds before a file that could not be read is read again: a spreadsheet program takes as long to save it."""


class Recheck(Generic[T]):
    """Rechecks which of the chosen e-mails or decisions may still leave, by the latest reading of the workbook."""

    def __init__(
        self,
        session: Session,
        unchanged: Callable[[Snapshot, Sequence[T]], Sequence[T]],
        seen_version: str | None = None,
    ) -> None:
        """`unchanged`: those of them that a reading of the workbook still lets leave; `seen_version` surely does."""
        self._session, self._unchanged = session, unchanged
        self._seen_version = seen_version
        self._sent_since_reading, self._read_at = 0, -SECONDS

    def unchanged_since_chosen(self, chosen: Sequence[T]) -> Sequence[T]:
        """The chosen ones that may still leave; the caller sends the first at once.

        Raises WorkbookError or Refusal when the workbook cannot be read: then none may.
        """
        unchanged = self._reread(chosen) if self._is_due else chosen
        self._sent_since_reading += 1
        return unchanged

    def invalidate_last_reading(self) -> None:
        """Read again before the next one: others were reserved since the last reading."""
        self._seen_version = None

    @property
    def _is_due(self) -> bool:
        if self._seen_version is None or not self._is_remote:
            return True
        return self._sent_since_reading >= MOST_AT_ONCE or monotonic() - self._read_at >= SECONDS

    @property
    def _is_remote(self) -> bool:
        return self._session.workbook.capabilities.remote

    def _reread(self, chosen: Sequence[T]) -> Sequence[T]:
        snapshot = self._read()
        self._sent_since_reading, self._read_at = 0, monotonic()
        if snapshot.version == self._seen_version:
            return chosen
        unchanged = self._unchanged(snapshot, chosen)
        self._seen_version = snapshot.version
        return unchanged

    def _read(self) -> Snapshot:
        for seconds in () if self._is_remote else WAITS:
            try:
                return self._session.workbook.read()
            except WorkbookError:
                sleep(seconds)
        return self._session.workbook.read()
