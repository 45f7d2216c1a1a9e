"""A time zone inside an invitation, in the only form that Outlook reads well: rules, without lists of dates.

Source: [MS-OXCICAL] 2.1.3.1.1.19: one STANDARD and one DAYLIGHT, each with a yearly rule whose BYDAY names one day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LONG_AGO = datetime(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class _Change:
    """Clocks that change: when, on the clock before; the offsets from UTC before and after; the name after."""

    moment: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def rule(self) -> dict[str, object]:
        """The yearly rule that this day may follow: « the last Sunday of March »."""
        moment = self.moment
        last = (moment + timedelta(days=7)).month != moment.month
        nth = -1 if last else (moment.day + 6) // 7
        return {"freq": "yearly", "bymonth": moment.month, "byday": f"{nth}{_WEEKDAYS[moment.weekday()]}"}


@lru_cache(maxsize=32)  # the events of a campaign are of one zone and of two years
def described(zone: ZoneInfo, year: int) -> Timezone:
    """The VTIMEZONE of a zone, right for that year, and for the following ones while its rule lasts."""
    timezone = Timezone()
    timezone.add("tzid", zone.key)
    for change, rule in _observed(zone, year):
        timezone.add_component(_component(change, rule))
    return timezone


def _observed(zone: ZoneInfo, year: int) -> Iterator[tuple[_Change, dict[str, object] | None]]:
    before, during = [*_changes(zone, year - 1)], [*_changes(zone, year)]
    if not before and not during:
        then = datetime(year, 1, 1, tzinfo=zone)
        offset = then.utcoffset() or timedelta()
        yield _Change(_LONG_AGO, offset, offset, then.tzname() or zone.key), None
    elif [change.rule for change in before] == [change.rule for change in during]:
        yield from ((change, change.rule) for change in before)
    else:
        yield from ((change, None) for change in (*before, *during))


def _changes(zone: ZoneInfo, year: int) -> Iterator[_Change]:
    start, hour = datetime(year, 1, 1, tzinfo=UTC), timedelta(hours=1)
    for day in range(366):
        first = start + timedelta(days=day)
        if _offset(zone, first) == _offset(zone, first + timedelta(days=1)):
            continue
        for instant in (first + hour * count for count in range(24)):
            before, after = _offset(zone, instant), _offset(zone, instant + hour)
            if before != after:
                change = (instant + hour).replace(tzinfo=None)
                yield _Change(change + before, before, after, (instant + hour).astimezone(zone).tzname() or zone.key)


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()


def _component(change: _Change, rule: dict[str, object] | None) -> TimezoneStandard | TimezoneDaylight:
    component = TimezoneDaylight() if change.after > change.before else TimezoneStandard()
    component.add("dtstart", change.moment)
    component.add("tzoffsetfrom", change.before)
    component.add("tzoffsetto", change.after)
    component.add("tzname", change.name)
    if rule:
        component.add("rrule", rule)
    return component
