"""`[slots]`: advice slots, and the columns of the exports in which bookings and registrations come."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pydantic import Field

from eig_sheets.config.export_columns import ColumnName
from eig_sheets.domain.rules import Rules, Words
from eig_sheets.domain.slot_rules import SlotRules


class SlotImport(Rules):
    """`[slots.import]`: the columns of an export of bookings for each field, and of one of registrations.

    `event_types`: the kinds of bookings to take, all of them when it is empty. `answers`: the words of a question whose
    answer fills a field.
    """

    bookings: dict[str, tuple[ColumnName, ...]] = Field(default_factory=dict)
    registrations: dict[str, tuple[ColumnName, ...]] = Field(default_factory=dict)
    event_types: tuple[Words, ...] = ()
    answers: dict[str, tuple[Words, ...]] = Field(default_factory=dict)


class SlotSettings(SlotRules):
    """`[slots]`, with `[slots.import]`."""

    imports: SlotImport = Field(default=SlotImport(), alias="import")


def slot_errors(rules: SlotSettings, minutes: int) -> Iterator[str]:
    """A French sentence for each value of `[slots]` that contradicts another."""
    ordered = sorted((hours.start, hours.end, place) for place, hours in enumerate(rules.hours, 1))
    for (_, end, first), (start, _, second) in pairwise(ordered):
        if start < end:
            yield f"slots.hours[{first}] et slots.hours[{second}] se recouvrent : n’en gardez qu’une"
    if rules.weekdays and not rules.hours:
        yield "slots.weekdays donne des jours, et slots.hours aucune heure : ajoutez des heures, ou retirez les jours"
    for place, hours in enumerate(rules.hours, 1):
        length = (hours.end.hour - hours.start.hour) * 60 + hours.end.minute - hours.start.minute
        if length < minutes:
            written = f"{hours.start:%H:%M}–{hours.end:%H:%M}"
            yield (
                f"slots.hours[{place}] ({written}) : aucun créneau de {minutes} minutes (emails.advice_minutes) n’y "
                "tient ; corrigez les heures"
            )
