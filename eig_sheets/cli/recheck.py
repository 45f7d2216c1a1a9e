"""Rereads the workbook during a send: an e-mail that people withdraw or change meanwhile must not leave."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic, sleep
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from eig_sheets.cli.session import Session
    from eig_sheets.emails.outbox.status import ReadyEmail
    from eig_sheets.sync.nightly import Run
    from eig_sheets.workbook.model.snapshot import Snapshot

MOST_AT_ONCE: Final = 5
SECONDS: Final = 2.0
"""On a remote spreadsheet, at most so many e-mails leave after one reading, and for at most so many seconds."""

WAITS: Final = (0.2, 0.5, 1, 2, 4)
"""Seconds before a file that could not be read is read again: a spreadsheet program takes as long to save it."""


class Recheck:
    """Rechecks which reserved e-mails may still leave, by the latest reading of the workbook."""

    def __init__(self, session: Session, plan: Callable[[Snapshot], Run], batch_id: str) -> None:
        self._session, self._plan, self._batch_id = session, plan, batch_id
        self._seen_version: str | None = None
        self._sent_since_reading, self._read_at = 0, -SECONDS

    def unchanged_since_chosen(self, reserved: Sequence[ReadyEmail]) -> Sequence[ReadyEmail]:
        """The chosen e-mails that may still leave; the caller sends the first at once.

        Raises WorkbookError or Refusal when the workbook cannot be read: then none may.
        """
        unchanged = self._reread(reserved) if self._is_due else reserved
        self._sent_since_reading += 1
        return unchanged

    def invalidate_last_reading(self) -> None:
        """Read again before the next e-mail: others were reserved since the last reading."""
        self._seen_version = None

    @property
    def _is_due(self) -> bool:
        if self._seen_version is None or not self._is_remote:
            return True
        return self._sent_since_reading >= MOST_AT_ONCE or monotonic() - self._read_at >= SECONDS

    @property
    def _is_remote(self) -> bool:
        return self._session.workbook.capabilities.remote

    def _reread(self, reserved: Sequence[ReadyEmail]) -> Sequence[ReadyEmail]:
        from eig_sheets.sync.sending import unchanged_in_batch

        snapshot = self._read()
        self._sent_since_reading, self._read_at = 0, monotonic()
        if snapshot.version == self._seen_version:
            return reserved
        unchanged = unchanged_in_batch(self._plan(snapshot), reserved, self._batch_id)
        self._seen_version = snapshot.version
        return unchanged

    def _read(self) -> Snapshot:
        from eig_sheets.workbook.model.base import WorkbookError

        for seconds in () if self._is_remote else WAITS:
            try:
                return self._session.workbook.read()
            except WorkbookError:
                sleep(seconds)
        return self._session.workbook.read()
