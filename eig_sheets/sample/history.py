"""What is known of a row day after day, and the e-mails told to be sent: the sample's tabs are made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from eig_sheets.domain.rules import Experimentation
from eig_sheets.emails.catalogue.deliveries import Delivery, Stage
from eig_sheets.emails.catalogue.due import ONCE, message_id
from eig_sheets.sample.sources import Row


@dataclass(frozen=True, slots=True)
class Fact:
    """The cells that somebody fills of a row on a day; None: they delete the row."""

    day: date
    cells: Row | None


History = Sequence[Fact]
"""The facts of one row, the oldest first: it is there from the day of the first one."""


@dataclass(frozen=True, slots=True, eq=False)
class SampleRows:
    """The rows of a feature's tab in the sample: the history of each, by the dossiers and a seed."""

    tab: str
    histories: Callable[[Sequence[Row], int], list[History]]


@dataclass(frozen=True, slots=True, eq=False)
class SampleReviews:
    """The evaluations of a feature's tab in the sample: their histories, by the dossiers, the criteria and a seed."""

    tab: str
    histories: Callable[[Sequence[Row], Sequence[str], int], list[History]]


@dataclass(frozen=True, slots=True, eq=False)
class SampleCells:
    """What a feature fills of the rows of another tab in the sample, on a day."""

    tab: str
    cells: Callable[[Row, date], Row]


@dataclass(frozen=True, slots=True, eq=False)
class SampleJurors:
    """The jurors that a feature adds to `Jury`, in a workbook that has its tab: by the dossiers, on a day."""

    tab: str
    rows: Callable[[Sequence[Row], date], list[Row]]


@dataclass(frozen=True, slots=True, eq=False)
class SampleDeliveries:
    """The e-mails of a feature that are told to be sent on a day, by a seed."""

    sent: Callable[[date, int], Iterable[Delivery]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleWorkbook:
    """The workbook of the demonstration that has what a feature adds, apart from the projects.

    `key`: that of its location in `[workbook]`, with a `comment`; `file`: where it is, from the folder of the
    configuration; `document`: its name online.
    """

    key: str
    comment: str
    file: str
    document: str


@dataclass(frozen=True, slots=True, eq=False)
class ConstantRows:
    """The rows of a feature's tab that the sample has on every day, by a seed."""

    tab: str
    rows: Callable[[int], list[Row]]


@dataclass(frozen=True, slots=True, eq=False)
class SampleSendings:
    """The e-mails of a feature that every selected project has received in the sample: their days, and their rounds."""

    rounds: Callable[[Experimentation], Mapping[str, Mapping[date, str]]]


@dataclass(frozen=True, slots=True, eq=False)
class SampleSection:
    """The lines that a feature has in the configuration of the demonstration, and of no other call."""

    lines: Callable[[], Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleWork:
    """What the team does with a feature in the demonstration, once jurors have handed in their pages.

    `place`: the function that does it, « module:name », imported when it is asked for: it takes the session.
    """

    place: str


def rows_on(day: date, histories: Iterable[History]) -> list[Row]:
    """The rows of a tab as they are on a day, that day included, in the order in which they were added."""
    there = [history for history in histories if history[0].day <= day]
    known = [
        _row([fact for fact in history if fact.day <= day])
        for history in sorted(there, key=lambda history: history[0].day)
    ]
    return [row for row in known if row is not None]


def day_of(moment: object) -> date:
    """The day of a date or of a moment."""
    if isinstance(moment, datetime):
        return moment.date()
    if isinstance(moment, date):
        return moment
    raise TypeError(f"{moment!r} is no date")


def _row(facts: Sequence[Fact]) -> Row | None:
    row: Row = {}
    for fact in facts:
        if fact.cells is None:
            return None
        row |= fact.cells
    return row


_UNSENT: Final = "Campagne de démonstration : noté comme envoyé, rien n’est parti."


def delivery(template: str, whom: str, day: date, numero: str | None = None, number: str = ONCE) -> Delivery:
    """An e-mail of the sample that is told to be sent on a day, though nothing left."""
    moment = datetime.combine(day, time(17, 30))
    return Delivery(message_id(template, whom, number), template, numero, "smtp", Stage.SENT, _UNSENT, moment)
