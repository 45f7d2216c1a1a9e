"""Looks at the workbook again while e-mails leave: what people take back, or change, must not leave any more."""

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
"""On a spreadsheet that is far away, so many e-mails leave on one look, none of them on an older one."""

WAITS: Final = (0.2, 0.5, 1, 2, 4)
"""Seconds before a file is read again that could not be: a spreadsheet program takes as long to save it."""


class Recheck:
    """The e-mails that a send took, as the workbook shows them from one moment to the next."""

    def __init__(self, session: Session, plan: Callable[[Snapshot], Run], batch_id: str) -> None:
        self._session, self._plan, self._batch_id = session, plan, batch_id
        self._seen: str | None = None
        self._left_since, self._looked_at = 0, -SECONDS

    def unchanged_since_chosen(self, reserved: Sequence[ReadyEmail]) -> Sequence[ReadyEmail]:
        """Those of them that may leave now, of which the first is taken to leave at once.

        Raises WorkbookError, Refusal when nobody can tell: then none may.
        """
        found = self._looked(reserved) if self._is_due else reserved
        self._left_since += 1
        return found

    def forget_last_look(self) -> None:
        """Others were taken since: what was seen says nothing of them."""
        self._seen = None

    @property
    def _is_due(self) -> bool:
        if self._seen is None or not self._is_far:
            return True
        return self._left_since >= MOST_AT_ONCE or monotonic() - self._looked_at >= SECONDS

    @property
    def _is_far(self) -> bool:
        return self._session.workbook.capabilities.remote

    def _looked(self, reserved: Sequence[ReadyEmail]) -> Sequence[ReadyEmail]:
        from eig_sheets.sync.sending import unchanged_in_batch

        snapshot = self._read()
        self._left_since, self._looked_at = 0, monotonic()
        if snapshot.version == self._seen:
            return reserved
        found = unchanged_in_batch(self._plan(snapshot), reserved, self._batch_id)
        self._seen = snapshot.version
        return found

    def _read(self) -> Snapshot:
        from eig_sheets.workbook.model.base import WorkbookError

        for seconds in () if self._is_far else WAITS:
            try:
                return self._session.workbook.read()
            except WorkbookError:
                sleep(seconds)
        return self._session.workbook.read()
