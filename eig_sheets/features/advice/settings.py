"""`[slots]`: advice slots and webinars, their messages, their exports; its errors and moved keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Annotated, Final, Literal

from pydantic import Field, NaiveDatetime

from eig_sheets.config import Campaign
from eig_sheets.config.coherence import Order
from eig_sheets.config.export_columns import ColumnName
from eig_sheets.config.section_checks import duplicates
from eig_sheets.config.sections import Section, beside, texts_beside
from eig_sheets.domain.hours import Hours, Span, slots_in
from eig_sheets.domain.rules import Minutes, Rules, Words

Weekday = Literal["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
_WEEK: Final[tuple[Weekday, ...]] = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


class Webinar(Rules):
    """`[[slots.webinars]]`: a webinar; people who booked an advice slot are invited from the day `invited`.

    `recording`: where it can be watched afterwards, once there is a recording.
    """

    title: Words
    starts: NaiveDatetime
    minutes: Minutes = 60
    link: str = ""
    recording: str = ""
    invited: date


class SlotImport(Rules):
    """`[slots.import]`: the columns of an export of bookings for each field, and of one of registrations.

    `event_types`: the kinds of bookings to take, all of them when it is empty. `answers`: the words of a question whose
    answer fills a field.
    """

    bookings: dict[str, tuple[ColumnName, ...]] = Field(default_factory=dict)
    registrations: dict[str, tuple[ColumnName, ...]] = Field(default_factory=dict)
    event_types: tuple[Words, ...] = ()
    answers: dict[str, tuple[Words, ...]] = Field(default_factory=dict)


class SlotSettings(Rules):
    """`[slots]`: advice slots, given on some days of the week, in some hours, but for breaks and days off; webinars.

    `shown`: how many free slots a message or a list to paste has, at most. `minutes`: how long one lasts whose row does
    not say it. `reminder_days`: a slot or a webinar is recalled so many days before it. `submission_reminders`:
    who came and has no dossier is reminded so many days before the call closes.
    """

    weekdays: tuple[Weekday, ...] = ()
    hours: tuple[Hours, ...] = ()
    breaks: tuple[Hours, ...] = ()
    days_off: tuple[date, ...] = ()
    shown: Annotated[int, Field(ge=1, le=200)] = 20
    minutes: Minutes = 20
    place: str = ""
    reminder_days: Annotated[int, Field(ge=0, le=30)] = 1
    submission_reminders: tuple[Annotated[int, Field(ge=0, le=365)], ...] = ()
    webinars: tuple[Webinar, ...] = ()
    imports: SlotImport = Field(default=SlotImport(), alias="import")

    def is_a_day(self, day: date) -> bool:
        """Whether advice is given on that day of the week, and it is no day off."""
        return _WEEK[day.weekday()] in self.weekdays and day not in self.days_off

    def slots_on(self, day: date) -> Iterator[Span]:
        """The slots of a day on which there are some."""
        pauses = tuple(sorted(pause.on(day) for pause in self.breaks))
        for hours in sorted(self.hours, key=lambda opening: opening.start):
            yield from slots_in(hours.on(day), timedelta(minutes=self.minutes), pauses)


def slot_errors(campaign: Campaign) -> Iterator[str]:
    """A French sentence for each value of `[slots]` that contradicts another."""
    rules = campaign.section(SlotSettings)
    ordered = sorted((hours.start, hours.end, place) for place, hours in enumerate(rules.hours, 1))
    for (_, end, first), (start, _, second) in pairwise(ordered):
        if start < end:
            yield f"slots.hours[{first}] et slots.hours[{second}] se recouvrent : n’en gardez qu’une"
    if rules.weekdays and not rules.hours:
        yield "slots.weekdays donne des jours, et slots.hours aucune heure : ajoutez des heures, ou retirez les jours"
    for place, hours in enumerate(rules.hours, 1):
        length = (hours.end.hour - hours.start.hour) * 60 + hours.end.minute - hours.start.minute
        if length < rules.minutes:
            written = f"{hours.start:%H:%M}–{hours.end:%H:%M}"
            yield (
                f"slots.hours[{place}] ({written}) : aucun créneau de {rules.minutes} minutes (slots.minutes) n’y "
                "tient ; corrigez les heures"
            )
    for moment in duplicates(webinar.starts.isoformat() for webinar in rules.webinars):
        yield f"[[slots.webinars]] donne deux fois le moment {moment} : gardez-en un"


SECTION: Final = Section(
    key="slots",
    model=SlotSettings,
    errors=slot_errors,
    moved={
        "emails.advice_minutes": "slots.minutes",
        "emails.advice_place": "slots.place",
        "emails.appointment_reminder_days": "slots.reminder_days",
        "emails.submission_reminders": "slots.submission_reminders",
        "emails.webinars": "slots.webinars",
    },
    orders=(
        Order("slots.webinars.invited", "slots.webinars.starts", "on est invité avant un webinaire", of_one_item=True),
        Order("slots.webinars.starts", "campaign.closes", "un webinaire prépare à candidater", refused=False),
    ),
    texts_of_one_call=("slots.webinars.recording",),
    packaged=beside(__file__),
)
TEXTS: Final = texts_beside(__file__)
