"""The public dates of a call, as entries of calendars, and the part by which a feature gives its own. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from eig_sheets.config import Campaign
from eig_sheets.emails.drafting.appointments import appointment_uid
from eig_sheets.emails.mail.agenda_entries import AgendaEntry
from eig_sheets.text.french import typographic

_FAMILY: Final = "calendrier"
_DAY: Final = timedelta(days=1)


class Dates(NamedTuple):
    """The dates of a feature that anybody may know: `entries` of a campaign, with nobody's name."""

    entries: Callable[[Campaign], Iterable[AgendaEntry]]


class LastContact(NamedTuple):
    """The last day on which a call has to do with people who are not of its projects; None when nothing says it."""

    day: Callable[[Campaign], date | None]


def entry(
    campaign: Campaign,
    fact: str,
    title: str,
    starts: date | datetime,
    ends: date | datetime,
    place: str = "",
) -> AgendaEntry:
    """An entry, known by what it is, `fact` (« the second day of the jury »), not by when: a new date moves it."""
    uid = appointment_uid(campaign, _FAMILY, fact)
    return AgendaEntry(uid, starts, ends, typographic(title), place, "", settled=True)


def whole_day(campaign: Campaign, fact: str, title: str, day: date | datetime, place: str = "") -> AgendaEntry:
    """An entry that lasts a day, and ends the day after (RFC 5545, 3.6.1)."""
    first = day.date() if isinstance(day, datetime) else day
    return entry(campaign, fact, title, first, first + _DAY, place)


def optional_day(campaign: Campaign, fact: str, title: str, day: date | datetime | None) -> Iterator[AgendaEntry]:
    """The entry of a day; none when the call does not say it."""
    if day is not None:
        yield whole_day(campaign, fact, title, day)


def at_hour(moment: date | datetime | None) -> str:
    """« , à 23 h 59 », where an hour is said."""
    return f", à {moment.hour} h {moment.minute:02d}" if isinstance(moment, datetime) else ""
