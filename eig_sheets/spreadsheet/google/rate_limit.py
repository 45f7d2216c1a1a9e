"""Rate limits: Google allows 60 reads and 60 writes a minute per user, whatever the number of machines.

A process by itself limits its reads. Those that give the same folder (`EIG_SHEETS_QUOTA`) share a quota of both.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from time import monotonic, sleep
from typing import Final, Protocol

from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.storage.call_quota import CallQuota
from eig_sheets.text.french import unusable

VARIABLE: Final = "EIG_SHEETS_QUOTA"
"""The folder of the quota that processes share; without it, each has its own limit."""

READS_PER_MINUTE = 40
"""Reads in any minute; the rest of the quota is for runs on other machines and for people's own scripts."""


class Limit(Protocol):
    """A rate limit that each call waits for."""

    def wait(self, *, writing: bool) -> None:
        """Wait until one more call is allowed, and count it. Raises WorkbookError when that cannot be known."""


class RateLimit:
    """A sliding-window rate limit of reads: at most `max_calls` in any `seconds`. Writes, a few a run, are not held."""

    def __init__(
        self,
        max_calls: int = READS_PER_MINUTE,
        seconds: float = 60,
        *,
        clock: Callable[[], float] = monotonic,
        sleep: Callable[[float], object] = sleep,
    ) -> None:
        self._seconds, self._clock, self._sleep = seconds, clock, sleep
        self._calls: deque[float] = deque(maxlen=max_calls)

    def wait(self, *, writing: bool = False) -> None:
        """Wait until one more read is allowed, and count it."""
        if writing:
            return
        if len(self._calls) == self._calls.maxlen:
            wait = self._calls[0] + self._seconds - self._clock()
            if wait > 0:
                self._sleep(wait)
        self._calls.append(self._clock())


class SharedLimit:
    """The quota of an account that processes share."""

    def __init__(self, folder: Path, account: str) -> None:
        self._folder, self._quota = folder, CallQuota(folder, account)

    def wait(self, *, writing: bool) -> None:
        """Wait until one more call is allowed, and count it. Raises WorkbookError when the quota cannot be shared."""
        try:
            self._quota.wait(writing=writing)
        except OSError as error:
            sentence = (
                "Le quota partagé ne peut pas être tenu dans {path} ({cause}) : rien n’a été demandé à Google. Donnez "
                f"dans {VARIABLE} un dossier de cette machine où ce compte peut écrire."
            )
            raise WorkbookError(unusable(sentence, self._folder, error)) from None


def limit_of(environment: Mapping[str, str], account: str | None) -> Limit | None:
    """The quota that the environment says to share, of that account; None without any."""
    folder = environment.get(VARIABLE)
    return SharedLimit(Path(folder).absolute(), account or "") if folder else None
