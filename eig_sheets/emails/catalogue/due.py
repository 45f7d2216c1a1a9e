"""An e-mail that is due, its stable id, and the tables from which that is worked out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final, Generic, NamedTuple, TypeVar, cast

import pandas as pd

from eig_sheets.domain.rules import EmailRules
from eig_sheets.emails.catalogue.settings import MessageSettings
from eig_sheets.text.french import plain
from eig_sheets.text.french_days import named_days

_MOMENT: Final = "%Y-%m-%d-%H%M"

ONCE: Final = "1"
"""The round of an e-mail that has only one."""

KEYS: Final[Mapping[str, str]] = {
    "candidatures": "numero",
    "jury": "email",
}
"""Each tab of the call whose rows e-mails are about, and the field that says who or what a row is about."""

NOTHING_RECEIVED: Final[Mapping[str, date | None]] = MappingProxyType({})

T = TypeVar("T")


class Fact(Generic[T]):
    """What the conditions of a feature's e-mails go by besides the rows of tabs: a key, and how a reading tells it."""

    def __init__(self, of: Callable[[Any], T]) -> None:
        """`of`: the value, from a `Reading`, which these rules do not know."""
        self.of = of


class Due(NamedTuple):
    """An e-mail that is due.

    `numero` or `person` (address, or number of a candidate) is who it is about, `row` their line in the tab.
    """

    id: str
    template: str
    numero: str | None
    person: str | None
    round: str
    row: int


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of rows that e-mails are about, each with its `row` in the tab.

    `dossiers`: numero (unique), eligibility, to_complete (tuple), preselection, decision, audition, cofin_requested,
    cofin_missing (tuple). `jurors`: email (unique), pending and received (tuples of numbers), receipt (what tells
    what was received apart), took_part (bool).
    `others`: the rows of features' tabs that messages are about, by their ids; `facts`: what else their conditions go
    by.
    """

    dossiers: pd.DataFrame
    jurors: pd.DataFrame
    others: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    facts: Mapping[Fact[Any], object] = field(default_factory=dict)

    def of(self, tab: str) -> pd.DataFrame | None:
        """The table of a tab, by its id."""
        tables = {"candidatures": self.dossiers, "jury": self.jurors}
        return tables[tab] if tab in tables else self.others.get(tab)

    def fact(self, key: Fact[T]) -> T | None:
        """What a fact is in this workbook; None where it is not told."""
        return cast("T | None", self.facts.get(key))


@dataclass(frozen=True, slots=True)
class Situation:
    """The data that decide which e-mails are due: tables, configuration, day, e-mails received.

    `received`: the ids of those that people have received, and when each was sent; None when nothing proves it.
    """

    tables: Tables
    settings: MessageSettings
    today: date
    received: Mapping[str, date | None] = field(default_factory=dict)

    @property
    def rules(self) -> EmailRules:
        """`[emails]`."""
        return self.settings.emails

    def last_sent(self, templates: Iterable[str], whom: str) -> date | None:
        """The last day on which one of these e-mails was sent to a dossier or a person; None when none was."""
        days = [self.received.get(message_id(template, whom)) for template in templates]
        return max(filter(None, days), default=None)

    def reached(self, day: date | None) -> bool:
        """Whether the day has come; a day that is not given never comes."""
        return day is not None and day <= self.today

    def announced(self, day: date | None) -> bool:
        """Whether a decision may be announced: from that day on, or at once when it is not given."""
        return day is None or self.reached(day)

    def still_open(self, before: date | datetime | None) -> bool:
        """Whether people can still answer: until the last day, included."""
        return before is None or self.today <= (before.date() if isinstance(before, datetime) else before)

    @property
    def jury_ends(self) -> date | None:
        """The last day of the jury; None when its dates do not tell it."""
        days = named_days(self.rules.jury_dates)
        return days.last if days else None

    def to_come(self, moments: pd.Series) -> pd.Series:
        """Where moments are today or later, or not known yet."""
        return moments.isna() | (moments >= pd.Timestamp(self.today))


Condition = Callable[[str, Situation], Iterator[Due]]
"""When an e-mail is due: its id and a situation in, each time that it is due out."""

Mask = Callable[[pd.DataFrame, Situation], pd.Series]
"""Which rows of a table an e-mail is due about."""


def message_id(template: str, whom: str, number: str = ONCE) -> str:
    """The stable id of an e-mail to a dossier or a person; `number` distinguishes the rounds of an e-mail."""
    return "-".join((template, short_name(whom)) + ((number,) if number != ONCE else ()))


def short_name(whom: str) -> str:
    """A name that is safe in an id, different for each person or dossier."""
    # A plain number names itself. Anything else gets a hash, which keeps apart what looks alike once simplified.
    if whom.isascii() and whom.isalnum():
        return whom
    words = plain(whom.partition("@")[0])[:24].split()
    return "-".join((*words, hashlib.sha256(whom.encode()).hexdigest()[:10]))


def moment_name(moment: datetime) -> str:
    """A moment as part of an id."""
    return moment.strftime(_MOMENT)


def moment_named(name: str) -> datetime:
    """The moment of such a part. Raises ValueError."""
    return datetime.strptime(name, _MOMENT)


def one_each(template: str, rows: pd.DataFrame, key: str, number: str = ONCE) -> Iterator[Due]:
    """One e-mail for each of these dossiers or people, in the order of their `key`."""
    for whom, row in sorted(zip(rows[key], rows["row"].astype(int), strict=True)):
        numero, person = about(key, whom)
        yield Due(message_id(template, whom, number), template, numero, person, number, row)


def about(key: str, whom: str) -> tuple[str | None, str | None]:
    """The number of the dossier and the person that an e-mail is about: the value of that key is one of them."""
    return (whom, None) if key == "numero" else (None, whom)


def for_each(tab: str, key: str = "") -> Callable[[Mask], Condition]:
    """The condition of an e-mail that is due once for each row of a tab where a mask is true.

    `key`: the field that says who a row is about, in a tab of a feature.
    """

    def condition_of(concerned: Mask) -> Condition:
        def condition(template: str, now: Situation) -> Iterator[Due]:
            rows = now.tables.of(tab)
            mask = None if rows is None else concerned(rows, now)
            if rows is None or mask is None or not mask.any():
                return iter(())
            return one_each(template, rows[mask], key or KEYS[tab])

        return condition

    return condition_of
