"""Parses the availability of a juror as people type it: « 04/05/2021 09:00–12:00 ; le 5 mai matin »."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from eig_sheets.domain.hours import Span
from eig_sheets.text.french import DAYS, MONTHS

ALWAYS: Final = (Span(datetime.min, datetime.max),)
NEVER: Final[tuple[Span, ...]] = ()
_NOON: Final = 13 * 60
"""The minute at which a morning ends and an afternoon begins."""
_MIDNIGHT: Final = 24 * 60
_MOST_DAYS: Final = 366
_WHOLE_DAY: Final = (0, _MIDNIGHT)
_PARTS: Final = {"matin": (0, _NOON), "apres": (_NOON, _MIDNIGHT), "journee": _WHOLE_DAY}
_ANY_TIME: Final = {"toujours", "oui", "disponible", "tout le temps", "tous les jours", "toutes", "sans contrainte"}
_NO_TIME: Final = {"aucune", "aucun", "non", "jamais", "indisponible", "nulle"}


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()
    return " ".join(re.sub("[’‘]", "'", re.sub("[‐‑‒–—−]", "-", plain)).split())


_MONTHS: Final = {_plain(month): number for number, month in enumerate(MONTHS, 1)}
_HOUR: Final = r"\d{1,2}\s?[h:]\s?(?:[0-5]\d)?(?!\d)"
_TOKEN: Final = re.compile(
    rf"""\s*(?:
      (?P<iso>\d{{4}}-\d\d-\d\d)
    | (?P<numeric>\d{{1,2}}[/.]\d{{1,2}}(?:[/.](?:\d{{4}}|\d\d))?(?!\d))
    | (?P<between>{_HOUR}\s*(?:-|a)\s*{_HOUR}|\d{{1,2}}\s?-\s?{_HOUR})
    | (?:a\ partir\ de|apres|des)\s+(?P<since>{_HOUR})
    | (?:jusqu'?\ ?a|avant)\s+(?P<until>{_HOUR})
    | (?P<part>matin|apres|journee)(?:ee|-?\ ?midi)?\b
    | (?P<month>{"|".join(_MONTHS)})\b
    | (?P<year>20\d\d)\b
    | (?P<day>\d{{1,2}})(?:er)?\b(?!\s?[h:/]\s?\d)(?!\s?h)
    | (?P<to>au)\b
    | (?P<weekday>{"|".join(DAYS)})\b
    | (?P<filler>(?:les?|la|de|du|et|a|entre|toute)\b|l'|d'|[,:])
    )""",
    re.VERBOSE,
)


_OF_DAYS: Final = ("iso", "numeric", "day", "weekday")
"""Kinds of tokens that name a day: after the hours of earlier days, such a token begins another clause."""
_OF_HOURS: Final = ("between", "since", "until", "part")


class UnreadableAvailabilityError(ValueError):
    """A text that cannot be read as an availability."""


def availability_in(text: str, days: Sequence[date]) -> tuple[Span, ...]:
    """The spans of an availability, in order and merged; ALWAYS, or NEVER.

    `days`: those on which the jury sits: a month or a year that is not written is theirs, and hours without a day are
    of each. A morning ends, and an afternoon begins, at 13:00. Raises UnreadableAvailabilityError with the first part
    that says nothing else than this.
    """
    parts = [part.strip() for part in re.split(r"[;\n]", text) if part.strip(" .")]
    whole = _plain(text).strip(" .")
    if not parts or whole in _ANY_TIME:
        return ALWAYS
    if whole in _NO_TIME:
        return NEVER
    return merged(span for part in parts for span in _spans(part, days))


def merged(spans: Iterator[Span] | Sequence[Span]) -> tuple[Span, ...]:
    """The spans in order, merged where they touch or overlap."""
    together: list[Span] = []
    for span in sorted(spans):
        if together and span.start <= together[-1].end:
            together[-1] = Span(together[-1].start, max(together[-1].end, span.end))
        else:
            together.append(span)
    return tuple(together)


@dataclass(slots=True)
class _Clause:
    """Some days and their hours, which follow them, or precede them all (`hours_first`).

    `numbers` are days that wait for their month, `weekdays` from 0; `apart`: « et » or a comma came after the last
    hours; `needs_hours`: without any, nobody can tell whether those before it are its own. `sittings`: the days on
    which the jury sits. The methods take a word of a kind of `_TOKEN`; they raise ValueError.
    """

    sittings: Sequence[date]
    days: list[date] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    hours: list[tuple[int, int]] = field(default_factory=list)
    weekdays: set[int] = field(default_factory=set)
    to_next: bool = False
    hours_first: bool = False
    apart: bool = False
    needs_hours: bool = False

    @property
    def has_days(self) -> bool:
        """Whether a day was named."""
        return bool(self.days or self.numbers or self.weekdays)

    def followed_by(self, kind: str) -> _Clause:
        """The clause that a token of this kind belongs to: this one, or a new one."""
        if kind in _OF_DAYS and self.hours and not self.hours_first:
            return _Clause(self.sittings, needs_hours=not self.apart)
        if kind in _OF_HOURS and self.hours_first and self.has_days:
            return _Clause(self.sittings)
        return self

    def iso(self, word: str) -> None:
        self._add(date.fromisoformat(word))

    def numeric(self, word: str) -> None:
        day, month, *year = map(int, re.split(r"[/.]", word))
        self._add(self._dated(day, month, year[0] + 2000 * (year[0] < 100) if year else None))

    def day(self, word: str) -> None:
        self.numbers += range(self.numbers.pop() if self.to_next else int(word), int(word) + 1)
        self.to_next = False

    def month(self, word: str) -> None:
        if not self.numbers:
            raise ValueError(word)
        self.days += [self._dated(number, _MONTHS[word], None) for number in self.numbers]
        self.numbers = []

    def year(self, word: str) -> None:
        self.days = [day.replace(year=int(word)) for day in self.days]

    def weekday(self, word: str) -> None:
        self.weekdays.add(DAYS.index(word))

    def to(self, word: str) -> None:
        if not (self.numbers or self.days):
            raise ValueError(word)
        self.to_next = True

    def part(self, word: str) -> None:
        self._add_hours(*_PARTS[word])

    def since(self, word: str) -> None:
        self._add_hours(_minute(word), _MIDNIGHT)

    def until(self, word: str) -> None:
        self._add_hours(0, _minute(word))

    def between(self, word: str) -> None:
        first, last = (_minute(hour) for hour in re.split(r"\s*(?:-|a)\s*", word))
        if first >= last:
            raise ValueError(word)
        self._add_hours(first, last)

    def filler(self, word: str) -> None:
        """Take a filler word, which means nothing unless it separates hours."""
        self.apart |= word in (",", "et")

    def close(self, *, is_only_clause: bool) -> None:
        """End the clause: a day without a month, or a weekday alone, is one on which the jury sits.

        Hours without a day are of each one, in a clause that is alone.
        """
        if (self.needs_hours and not self.hours) or not (is_only_clause or self.has_days):
            raise ValueError(self.hours)
        for number in self.numbers:
            [day] = {day for day in self.sittings if day.day == number}
            self.days.append(day)
        self.days = self.days or sorted({day for day in self.sittings if day.weekday() in self.weekdays})
        says_nothing = not self.days and self.hours in ([], [_WHOLE_DAY])
        if says_nothing or self.to_next or not self.weekdays <= {day.weekday() for day in self.days}:
            raise ValueError(self.days)

    def _add_hours(self, first: int, last: int) -> None:
        """Add hours; those that only make the ones before more precise, « matin à partir de 10h », take their place."""
        self.hours_first |= not self.has_days
        if self.hours:
            before = self.hours[-1]
            overlap = max(first, before[0]), min(last, before[1])
            together = min(first, before[0]), max(last, before[1])
            if overlap[0] < overlap[1] and (together == _WHOLE_DAY or not self.apart):
                self.hours.pop()
                first, last = overlap
        self.hours.append((first, last))
        self.apart = False

    def _add(self, day: date) -> None:
        """Add a day, or each of those from the last one to it."""
        first = self.days.pop() if self.to_next and self.days else day
        if (day - first).days > _MOST_DAYS:
            raise ValueError(day)
        self.days += [first + timedelta(days=count) for count in range((day - first).days + 1)]
        self.to_next = False

    def _dated(self, day: int, month: int, year: int | None) -> date:
        if year is not None:
            return date(year, month, day)
        same = [sitting for sitting in self.sittings if (sitting.day, sitting.month) == (day, month)]
        return same[0] if same else date(min(self.sittings).year, month, day)


def _spans(part: str, sittings: Sequence[date]) -> Iterator[Span]:
    try:
        for clause in _clauses(_plain(part).strip(" ."), sittings):
            for day in clause.days or sorted(set(sittings)):
                midnight = datetime.combine(day, time.min)
                for first, last in clause.hours or [(0, _MIDNIGHT)]:
                    yield Span(midnight + timedelta(minutes=first), midnight + timedelta(minutes=last))
    except (ValueError, OverflowError, IndexError):
        raise UnreadableAvailabilityError(part) from None


def _clauses(text: str, sittings: Sequence[date]) -> list[_Clause]:
    clauses = [_Clause(sittings)]
    for kind, word in _tokens(text):
        clause = clauses[-1].followed_by(kind)
        if clause is not clauses[-1]:
            clauses.append(clause)
        getattr(clause, kind)(word)
    for clause in clauses:
        clause.close(is_only_clause=len(clauses) == 1)
    return clauses


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """The kind and the word of each token. Raises ValueError."""
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            raise ValueError(text)
        place = match.end()
        yield match.lastgroup, match[match.lastgroup]


def _minute(hour: str) -> int:
    """9h30, 09:00 or 9 as the minute of the day."""
    hours, _, minutes = hour.replace(" ", "").replace("h", ":").partition(":")
    minute = 60 * int(hours) + int(minutes or 0)
    if minute > _MIDNIGHT:
        raise ValueError(hour)
    return minute
