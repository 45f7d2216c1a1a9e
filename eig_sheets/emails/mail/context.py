"""The values of one message, each with its cell; those that are missing block the message where they are needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import partial
from typing import Self


def _no_cell(_name: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Context:
    """Placeholder → plain Python value (text, number, bool, date, tuple of texts, tuple of `Context`).

    `origin` tells the cell of a placeholder (« Candidatures!AK12 »), or None when no single cell holds it. It is only
    asked for values that are missing. `today` is the day of sending, by which a date is past; None when it is unknown,
    and then none is.
    """

    values: Mapping[str, object]
    origin: Callable[[str], str | None] = _no_cell
    today: date | None = None


class DatedText(str):
    """A text about some days, which knows the first and the last of them."""

    first: date
    last: date

    @classmethod
    def of(cls, text: str, first: date, last: date) -> Self:
        """The text, about the days from `first` to `last`."""
        dated = cls(text)
        dated.first, dated.last = first, last
        return dated


@dataclass(frozen=True, slots=True)
class Missing:
    """The reason why a value is missing, in place of « est vide ».

    `unread`: the cell is filled and cannot be read: a message that so much as asks whether it is blank cannot be
    written.
    """

    cell: str
    wrong: str = "est vide"
    remedy: str = "remplissez"
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """A reason why a message cannot be written: placeholder, cell, what is wrong and the remedy, in French."""

    name: str
    cell: str | None
    wrong: str
    remedy: str

    def sentence(self, headers: Mapping[str, str]) -> str:
        """The problem as the staff reads it. `headers` are the French names of the placeholders."""
        where = f" : {self.remedy} {self.cell}" if self.cell else ""
        return f"« {headers.get(self.name, self.name)} » {self.wrong}{where}."


Problems = dict[Problem, None]
"""The problems of one message in the order in which they were met, once each."""


class MissingValue:
    """A missing value: false in an `if`, equal to nothing; printed, filtered or looped over, it blocks the message."""

    __slots__ = ("_absence", "_problems")

    def __init__(self, absence: Callable[[], Problem], problems: Problems) -> None:
        # Most missing values block nothing: what to say of one, its cell above all, is only worked out when it does.
        self._absence, self._problems = absence, problems

    def block(self, wrong: str = "", remedy: str = "") -> None:
        """Make the message impossible, for the reason of the absence or for another one."""
        own = self._absence()
        self._problems[replace(own, wrong=wrong or own.wrong, remedy=remedy or own.remedy)] = None

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        self.block()
        return ""

    def __iter__(self) -> Iterator[object]:
        self.block()
        return iter(())


class DayOnly(date):
    """A date and time typed without its time; `missing_time` blocks the message where the time is needed."""

    missing_time: MissingValue

    @classmethod
    def of(cls, value: datetime, missing_time: MissingValue) -> Self:
        """The day of a date and time."""
        day = cls(value.year, value.month, value.day)
        day.missing_time = missing_time
        return day


class Row:
    """A `Context` as templates see it: `row[name]` is its value or a `MissingValue`. It has no other attribute."""

    __slots__ = ("_context", "_problems")

    def __init__(self, context: Context, problems: Problems) -> None:
        self._context, self._problems = context, problems

    def __getitem__(self, name: str) -> object:
        try:
            value = self._context.values[name]
        except KeyError:
            value = None
        if value is None:
            return self.missing(name)
        if isinstance(value, str) and value[:1].isalnum():  # nearly all of them
            return value
        if isinstance(value, Missing):
            return self._lacking(name, value)
        if is_blank(value):
            return self.missing(name)
        if isinstance(value, datetime) and value.time() == time.min:
            return DayOnly.of(value, self.missing(name))
        if isinstance(value, Sequence) and not isinstance(value, str):
            return tuple(self._item(name, item) for item in value if not is_blank(item))
        return value

    def _item(self, name: str, item: object) -> object:
        if isinstance(item, Missing):
            return self._lacking(name, item)
        return Row(item, self._problems) if isinstance(item, Context) else item

    def _lacking(self, name: str, value: Missing) -> MissingValue:
        lacking = MissingValue(partial(Problem, name, value.cell, value.wrong, value.remedy), self._problems)
        if value.unread:
            lacking.block()
        return lacking

    def missing(self, name: str) -> MissingValue:
        """A `MissingValue` for a name."""
        return MissingValue(lambda: Problem(name, self._context.origin(name), "est vide", "remplissez"), self._problems)


def is_blank(value: object) -> bool:
    """None, NaN, NaT, a list or a text with nothing to see. False and zero are values."""
    if isinstance(value, str):
        return not any(character.isprintable() and character != " " for character in value)
    if isinstance(value, Sequence):
        return all(is_blank(item) for item in value)
    return value is None or bool(value != value)  # noqa: PLR0124 (NaN and NaT differ from themselves)
