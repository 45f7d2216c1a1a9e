"""An entry of a calendar that people subscribe to: one event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """One event. Of an audition, `uid`: that of the invitation of its applicants; `sequence`: the last they were sent.

    `settled`: people decided so; a proposal is tentative. `starts` and `ends` are naive, in the campaign's zone; days
    are events of whole days, and the last one is not of the event.
    """

    uid: str
    starts: date | datetime
    ends: date | datetime
    title: str
    place: str
    description: str
    settled: bool
    sequence: int = 0
