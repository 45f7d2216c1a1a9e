"""`report --seance`: writes the page again whenever the workbook changed, until Ctrl-C."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from eig_sheets.call.report.live import Live, hour
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.cli import interruption
from eig_sheets.cli.command import french_errors
from eig_sheets.cli.pipeline import results_in
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.documents.files import ReportError, write

PERIOD: Final = 15
"""Seconds between two readings. With the ten of the page, a change shows within half a minute; on Google Sheets these
are eight calls a minute at most, of the sixty that an account may do."""

PageOf = Callable[["Reading", "Results", "Live"], bytes]


def wait() -> None:
    """Let a period pass."""
    time.sleep(PERIOD)


@dataclass(frozen=True, slots=True)
class _State:
    """What the page shows: the version of the workbook that was read, what was computed of it, how fresh it is."""

    version: str
    reading: Reading
    results: Results
    live: Live


class LivePage:
    """A page that is written again each time that the workbook changed, or the minute did."""

    def __init__(self, session: Session, path: Path, page_of: PageOf) -> None:
        self._session, self._path, self._page_of = session, path, page_of
        self._state: _State | None = None
        self._failure = ""

    def begin(self) -> None:
        """Write the page for the first time. Raises Refusal."""
        self._write(self._read())

    def follow(self, wait: Callable[[], None] = wait) -> None:
        """Keep it up to date until Ctrl-C. What prevents it is said, and tried again."""
        try:
            while True:
                wait()
                interruption.raise_if_interrupted()
                self.refresh()
        except KeyboardInterrupt:
            interruption.raise_if_interrupted()  # not again: this one is heard
            self.end()

    def refresh(self) -> None:
        """Read the workbook, and write the page if it says something else by now; an error is said, once."""
        before = self._state
        if before is None:
            return
        try:
            after = self._read()
        except Refusal as error:
            after = replace(before, live=replace(before.live, problem=error.message))
        try:
            if _shown(after) != _shown(before):
                self._write(after)
        except Refusal as error:
            self._tell_failure(error.message)
        else:
            self._tell_failure(after.live.problem)

    def end(self) -> None:
        """Write that the page does not change any more."""
        if self._state is not None:
            try:
                self._write(replace(self._state, live=replace(self._state.live, ended=True)))
            except Refusal as error:
                self._tell_failure(error.message)
        self._session.say("Séance terminée : la page reste telle qu’elle est.")

    def _read(self) -> _State:
        """What the workbook says now; nothing is computed when it did not change. Raises Refusal."""
        with french_errors():
            snapshot, live = self._session.workbook.read(), Live(self._session.clock.now)
            if self._state is not None and self._state.version == snapshot.version:
                return replace(self._state, live=live)
            return _State(snapshot.version, *results_in(self._session, snapshot), live)

    def _write(self, state: _State) -> None:
        """Raises Refusal."""
        try:
            with french_errors():
                write(self._path, self._page_of(state.reading, state.results, state.live))
        except ReportError as error:
            raise Refusal(str(error)) from None
        changed = self._state is not None and self._state.version != state.version
        self._state = state
        if changed:
            self._session.say(f"{hour(state.live.read_at)} : le classeur a changé, la page aussi.")

    def _tell_failure(self, text: str) -> None:
        """Say what goes wrong when it begins, and that all is well again when it ends."""
        if text != self._failure:
            self._session.say(text or "Tout va bien de nouveau : la page est à jour.")
            self._failure = text


def _shown(state: _State) -> tuple[str, str]:
    """What the page shows that may change: the workbook, and how fresh it is."""
    return state.version, state.live.text
