"""A quota of calls that processes share: at most so many reads, and so many writes, in any minute of one account.

The last calls are in a file, changed under a lock that is never held while somebody waits: each process reserves the
moment of its call, then waits for it. One that is killed meanwhile loses a call to nobody but that minute.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from time import sleep, time
from typing import Final

from filelock import FileLock

from eig_sheets.storage import permissions, regular_files

CALLS_PER_MINUTE: Final = 60
"""Google's own limits: 60 reads and 60 writes a minute of a user of a project."""
SECONDS: Final = 61
"""A second more than its minute, since calls take unequal times to arrive."""
_FURTHEST: Final = 600
"""Seconds ahead of now that a reservation may be: beyond, the clock was set back, and nobody waits for it."""


class CallQuota:
    """The quota of an account ('' when it is not known), shared by those who give the same folder."""

    def __init__(
        self,
        folder: Path,
        account: str,
        *,
        calls: int = CALLS_PER_MINUTE,
        seconds: float = SECONDS,
        clock: Callable[[], float] = time,
        sleep: Callable[[float], object] = sleep,
    ) -> None:
        name = hashlib.sha256(account.encode()).hexdigest()[:16]  # an address may be a person's
        self._folder, self._file = folder, folder / f"quota-{name}.json"
        self._calls, self._seconds, self._clock, self._sleep = calls, seconds, clock, sleep

    def wait(self, *, writing: bool) -> None:
        """Wait until one more call is allowed, and count it. Raises OSError when the file cannot be shared."""
        moment = self._reserved("writes" if writing else "reads")
        wait = moment - self._clock()
        if wait > 0:
            self._sleep(wait)

    def _reserved(self, kind: str) -> float:
        permissions.make_folder(self._folder)
        lock = self._file.with_suffix(".lock")
        with FileLock(lock, mode=permissions.PRIVATE_FILE, fallback_to_soft=False, preserve_lock_file=True):
            moments = self._read()
            moment = next_moment(moments.get(kind, ()), self._clock(), self._calls, self._seconds)
            moments[kind] = [*moments.get(kind, ()), moment][-self._calls :]
            permissions.write(self._file, json.dumps(moments).encode())
        return moment

    def _read(self) -> dict[str, list[float]]:
        """The moments of the last calls; none when there is no file, or one that somebody damaged."""
        try:
            moments = json.loads(regular_files.read_bytes(self._file))
            return {kind: [float(moment) for moment in moments[kind]] for kind in moments}
        except (FileNotFoundError, ValueError, TypeError, LookupError, RecursionError):
            return {}


def next_moment(moments: Sequence[float], now: float, calls: int, seconds: float) -> float:
    """When one more call may be made, so that any `seconds` have at most `calls` of them.

    That holds while no call waits for `_FURTHEST` seconds, which takes more processes at once than `calls` by far.
    """
    known = sorted(moment for moment in moments if moment <= now + _FURTHEST)
    if len(known) < calls:
        return now
    return max(now, known[-calls] + seconds)
