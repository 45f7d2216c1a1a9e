"""The record of one run: what the history is to keep of it, and what changed since the run before."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from eig_sheets.campaign.history.content import content_of
from eig_sheets.campaign.history.sentence import since
from eig_sheets.campaign.history.timeline import Moment
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.storage.last_run import Row


class Previous(NamedTuple):
    """The last run that was recorded: its number, its moment, its JSON, and `journal_digest` of the Journal it left."""

    run: int
    at: datetime
    content: bytes
    journal: str


@dataclass(frozen=True)
class History:
    """What is known of the runs before: the key of the pseudonyms, and the last run."""

    key: bytes
    previous: Previous | None = None


@dataclass(frozen=True)
class RunRecord:
    """A run to be recorded; its JSON is made when it is first asked for: a run that changes nothing needs none.

    `results`: those that the workbook shows.
    """

    history: History
    reading: Reading
    results: Results
    now: datetime

    @cached_property
    def content(self) -> bytes:
        """The JSON of the run."""
        return content_of(self.reading, self.results, self.history.key)

    def since(self) -> str:
        """What changed since the run before, for the Journal; nothing when another version kept it otherwise."""
        previous = self.history.previous
        if previous is None:
            return ""
        earlier, later = Moment(previous.run, previous.at), Moment(previous.run + 1, self.now)
        try:
            return since(earlier, json.loads(previous.content), later, json.loads(self.content))
        except (KeyError, TypeError, ValueError):
            return ""


def journal_digest(journal: tuple[Row, ...] | list[Row]) -> str:
    """What tells the newest line of the Journal from any other; `journal`: its headers, then its lines."""
    return hashlib.sha256(repr(journal[1:2]).encode()).hexdigest()[:16]
