"""The appointments that e-mails put in calendars: title, duration, place, and what cancels each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from eig_sheets.domain.decisions import LAUREATE, PRESELECTED, REFUSED, RETAINED, WAITING
from eig_sheets.emails.catalogue.settings import MessageSettings

Values = Mapping[str, Any]
"""The values of a message, by placeholder."""


@dataclass(frozen=True, slots=True)
class Details:
    """The title, duration and place of an appointment."""

    title: str
    minutes: float
    place: str


@dataclass(frozen=True, slots=True)
class TypedRow:
    """The values of a row, None for a blank; its unreadable fields; whether the row counts."""

    values: Mapping[str, Any]
    unreadable: frozenset[str]
    counts: bool

    def may_be(self, field: str, *words: str | None) -> bool:
        """Whether a field is one of these words, or unreadable."""
        return field in self.unreadable or self.values[field] in words

    def erased(self, field: str) -> bool:
        """Whether a field was left blank."""
        return self.values[field] is None and field not in self.unreadable


Schedule = tuple[str | None, datetime | None]
"""Of an appointment that stands: with whom, and when; None for what is not known."""


@dataclass(frozen=True, slots=True)
class RowAppointments:
    """The appointments of the rows of a tab: a row has one unless what people typed calls it off (`scheduled`).

    `fields` are those without which nobody knows; `others` are read too, when they are there. `title`: what the
    appointment of a row is about, where a person may have several; None when it cannot be read.
    """

    scheduled: Callable[[TypedRow, date], Schedule | None]
    fields: tuple[str, ...]
    others: tuple[str, ...] = ()
    title: Callable[[TypedRow, str], str | None] = lambda _row, _call: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """The appointment that one e-mail of the catalogue brings.

    `family` begins its uid. It stands by the rows of the tab (`in_rows`), or by the configuration alone
    (`configured`: the moments and titles). `several`: one person may have some, so that the ids of e-mails end
    with the moment. `transferable`: it may go to another person. `minutes_field`: where people type how long it lasts.
    """

    family: str
    details: Callable[[MessageSettings, Values], Details]
    in_rows: RowAppointments | None = None
    configured: Callable[[MessageSettings], Iterable[tuple[datetime, str]]] = lambda _: ()
    several: bool = False
    transferable: bool = False
    minutes_field: str | None = None


_VERDICTS: Final = frozenset({LAUREATE, RETAINED, WAITING, REFUSED})
"""Words of a jury. On the day of an audition, they follow it; before, the audition is off."""


def is_heard(word: object, audition: datetime | None, today: date) -> bool:
    """Whether a word of a jury is that of a hearing of the day."""
    return word in _VERDICTS and audition is not None and audition.date() == today


# ---- The audition of a dossier


def _hearing(settings: MessageSettings, values: Values) -> Details:
    title = f"Audition du projet « {values['projet'] or values['numero']} »"
    return Details(title, settings.emails.audition_minutes, settings.emails.audition_place)


def _hearing_schedule(row: TypedRow, today: date) -> Schedule | None:
    audition = row.values["audition"]
    invited = row.may_be("preselection", PRESELECTED) and not row.erased("audition")
    if not invited or not (row.may_be("decision", None) or is_heard(row.values["decision"], audition, today)):
        return None
    return row.values["numero"], audition if row.counts else None


HEARING: Final = Appointment(
    family="audition",
    details=_hearing,
    in_rows=RowAppointments(_hearing_schedule, ("numero", "preselection", "decision", "audition")),
)
