"""What differs in the configuration of the next call: what people decide for it, and dates that follow."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from eig_sheets.config.campaign import Campaign
from eig_sheets.config.coherence import MONTHS_ALONE, day_of, has_days_in_words, leaves
from eig_sheets.config.sections import Section, sections_of
from eig_sheets.features.next_call.dates import Correction, Shift, corrections, with_corrections
from eig_sheets.text.french_days import each_day_named, written_days

OF_ONE_CALL: Final = ("campaign.banner", "emails.allowed", "demarche")
"""Keys and tables whose value means one call: the next one does not have it, nor sections of features that say so."""
FIRST_OF_MONTH: Final = "cofinancing.paid_from"
"""A day from which months are counted: a week later would not be the same months."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decide for a call; None, or no day of jury, where nobody said: the last call is then followed."""

    opens: date
    id: str | None = None
    name: str | None = None
    closes: date | None = None
    jury: tuple[date, ...] = ()
    target: int | None = None


@dataclass(frozen=True, slots=True)
class NextCall:
    """The next call: the configuration of the last one, and what people decided."""

    last: Campaign
    decided: Decided

    @property
    def shift(self) -> Shift:
        """How dates move: with the nearest of the opening, the closing, and the jury where people decided its days."""
        jury, decided = self.last.scoring.closes, self.decided
        opening = (self.last.campaign.opens, decided.opens)
        days = [opening, (day_of(self.last.campaign.closes), day_of(self.closes))]
        return Shift((*days, *([(day_of(jury), day_of(decided.jury[-1]))] if jury and decided.jury else [])))

    @property
    def id(self) -> str:
        """The id of the next call: « EIG6 » after « EIG5 », « P-2027 » after « P-2026 », unless people chose one."""
        last = self.last.campaign.id
        suggested = self._years_on(_next_number(last))
        return self.decided.id or (suggested if suggested != last else f"{last}-{self.decided.opens.year}")

    @property
    def name(self) -> str:
        """The name of the next call, with the next number and year, unless people chose another."""
        if self.decided.name is not None:
            return self.decided.name
        return self._years_on(_next_number(self.last.campaign.name))

    def _years_on(self, text: str) -> str:
        """The text, whose years are as many years later as the call."""
        years = self.decided.opens.year - self.last.campaign.opens.year
        return re.sub(r"\b20\d\d\b", lambda year: str(int(year[0]) + years), text)

    @property
    def closes(self) -> date:
        """The closing: as many weeks after the opening as in the last call, unless people chose another."""
        call = self.last.campaign
        return self.decided.closes or Shift(((call.opens, self.decided.opens),)).moved(call.closes)

    @property
    def jury(self) -> tuple[date, ...]:
        """The days of the jury; () when nothing tells."""
        told = each_day_named(self.last.emails.jury_dates)
        return self.decided.jury or tuple(self.shift.moved(day) for day in told)

    def chosen(self) -> dict[str, Any]:
        """The values that people decided, by dotted key."""
        decided = self.decided
        values: dict[str, Any] = {
            "campaign.id": decided.id,
            "campaign.name": decided.name,
            "campaign.opens": decided.opens,
            "campaign.closes": decided.closes and same_hour(decided.closes, self.last.campaign.closes),
            "campaign.target": decided.target,
        }
        if decided.jury:
            values["scoring.closes"] = same_hour(decided.jury[-1], self.last.scoring.closes)
            values["emails.jury_dates"] = written_days(decided.jury, of=self.last.emails.jury_dates)
            sections = (section for section in self.last.features.parts(Section) if section.jury_days)
            values |= {f"{section.key}.{section.jury_days}": self._jury_days(section) for section in sections}
        return {key: value for key, value in values.items() if value is not None}

    def _jury_days(self, section: Section) -> tuple[dict[str, Any], ...] | None:
        """The days of a section, at their hours, where those of the last call were its jury's, as many as decided."""
        last = self.last.model_dump(by_alias=True, exclude_unset=True)
        days = last.get(section.key, {}).get(section.jury_days, ())
        told = each_day_named(self.last.emails.jury_dates)
        if [day["date"] for day in days] != told or len(told) != len(self.decided.jury):
            return None
        return tuple({**day, "date": new} for day, new in zip(days, self.decided.jury, strict=True))

    def changes(self) -> dict[str, Any]:
        """The values that differ, by dotted key: a list is whole. Those that people decided come first."""
        names = {"campaign.id": self.id, "campaign.name": self.name}
        return {**names, **self.chosen(), **dict(self._shifted())}

    def without(self) -> list[str]:
        """The keys of the last call that the next one does not inherit."""
        stated = self.last.provenance.files
        sections = (section.key for section in sections_of(self.last.features) if section.of_one_call)
        return [key for key in (*OF_ONE_CALL, *sections) if any(f"{name}.".startswith(f"{key}.") for name in stated)]

    def corrections(self) -> dict[str, Correction]:
        """The proposals that cannot be, by key: those of a list have one each.

        The opening and the closing are never corrected: people give them.
        """
        kept = frozenset({*self.chosen(), "campaign.opens", "campaign.closes"})
        return corrections({**self._proposed(), **self.chosen()}, kept, self.decided.opens, self.last.orders)

    def _shifted(self) -> Iterator[tuple[str, Any]]:
        last, corrections = dict(_whole(self.last.model_dump(by_alias=True, exclude_unset=True))), self.corrections()
        for key, moved in self._proposed().items():
            possible = with_corrections(moved, key, corrections)
            if possible != last[key]:
                yield key, possible

    def _proposed(self) -> dict[str, Any]:
        """The value of each key that has dates and that nobody decided: that of the last call, moved."""
        chosen, shift = self.chosen(), self.shift
        moves: dict[str, Callable[[Any], Any]] = {
            **dict.fromkeys(MONTHS_ALONE, shift.months),
            FIRST_OF_MONTH: shift.first_of_month,
        }
        emptied = [key for section in sections_of(self.last.features) for key in section.texts_of_one_call]
        return {
            key: (shift.in_words if has_days_in_words(key) else moves.get(key, shift.everywhere))(
                _of_any_call(key, value, emptied)
            )
            for key, value in _whole(self.last.model_dump(by_alias=True, exclude_unset=True))
            if key not in chosen
        }


def _of_any_call(key: str, value: Any, emptied: Collection[str]) -> Any:
    """A value without the texts that are only of the last call, by their keys."""
    if isinstance(value, Mapping):
        return {name: _of_any_call(f"{key}.{name}", item, emptied) for name, item in value.items()}
    if isinstance(value, tuple):
        return tuple(_of_any_call(key, item, emptied) for item in value)
    return "" if key in emptied else value


def _next_number(text: str) -> str:
    """« EIG5 » → « EIG6 », « 5e promotion » → « 6e promotion »; a year is left alone."""
    return re.sub(r"(?<!\d)\d{1,3}(?=e\b|ᵉ|$)", lambda number: str(int(number[0]) + 1), text, count=1)


def same_hour(value: date, like: date | None) -> date:
    """A day at the hour of another moment, when that has one; a moment as it is."""
    if isinstance(like, datetime) and not isinstance(value, datetime):
        return datetime.combine(value, like.time())
    return value


def _whole(settings: Mapping[str, Any], table: str = "") -> Iterator[tuple[str, Any]]:
    """Each value that is a date, has one in a list, or is a list of days in words, with its dotted key."""
    for name, value in settings.items():
        key = f"{table}.{name}".lstrip(".")
        if isinstance(value, Mapping):
            yield from _whole(value, key)
        elif has_days_in_words(key) or any(isinstance(leaf, date) for _, leaf in leaves(value)):
            yield key, value
