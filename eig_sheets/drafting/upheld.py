"""Appointments that the data uphold: nothing that people typed says that they are off."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from eig_sheets.domain.decisions import BOOKED, HEARD, HELD, LAUREATE, PRESELECTED, REFUSED, RETAINED, WAITING
from eig_sheets.domain.due.ids import short_name
from eig_sheets.domain.due.talents import WISHES
from eig_sheets.drafting.lines import Columns
from eig_sheets.reading import Reading
from eig_sheets.workbook.parse import Table

_VERDICTS: Final = frozenset({LAUREATE, RETAINED, WAITING, REFUSED})
"""Words of a jury. On the day of an audition, they follow it; before, the audition is off."""


@dataclass(frozen=True, slots=True)
class Upheld:
    """An appointment that stands, or of which nobody knows. `whom`: their short name; None is for what is not known."""

    template: str
    whom: str | None
    starts: datetime | None


def upheld(reading: Reading, today: date) -> Iterator[Upheld]:
    """Those of the workbook and of the configuration, whether an e-mail about them is due or not.

    A cell that cannot be read, a row that is left out or a column that is not there calls nothing off; an hour that
    was erased does.
    """
    for webinar in reading.campaign.emails.webinars:
        yield Upheld("invitation_webinaire", None, webinar.starts)
    for template, kind in _KINDS.items():
        table = reading.tables.get(kind.tab)
        if table is None or any(field not in table.layout.columns for field in kind.fields):
            yield Upheld(template, None, None)
            continue
        for row in _rows(table, (*kind.fields, *kind.others)):
            if (found := kind.of_row(row, today)) is not None:
                whom, starts = found
                yield Upheld(template, short_name(whom) if whom else None, starts)


@dataclass(frozen=True, slots=True)
class _Row:
    """What a row says, None for a blank; the fields that could not be read; whether it counts."""

    values: Mapping[str, Any]
    unreadable: frozenset[str]
    kept: bool

    def may_be(self, field: str, *words: str | None) -> bool:
        """Whether a field is one of these words, as far as can be read."""
        return field in self.unreadable or self.values[field] in words

    def erased(self, field: str) -> bool:
        """Whether a field was left blank."""
        return self.values[field] is None and field not in self.unreadable


def _rows(table: Table, fields: tuple[str, ...]) -> Iterator[_Row]:
    columns = Columns(table.frame)
    told = zip(*(columns[field] for field in fields), strict=True)
    for number, unreadable, values in zip(columns["row"], columns["unreadable"], told, strict=True):
        yield _Row(dict(zip(fields, values, strict=True)), unreadable, number not in table.blocked)


_Found = tuple[str | None, datetime | None] | None


def _hearing(row: _Row, today: date) -> _Found:
    audition = row.values["audition"]
    invited = row.may_be("preselection", PRESELECTED) and not row.erased("audition")
    if not invited or not (row.may_be("decision", None) or _is_heard(row.values["decision"], audition, today)):
        return None
    return row.values["numero"], audition if row.kept else None


def _candidate(row: _Row, today: date) -> _Found:
    audition, state = row.values["audition"], row.values["statut"]
    if state == HEARD:
        return row.values["candidature"], None
    if row.erased("audition") or not (row.may_be("statut", PRESELECTED) or _is_heard(state, audition, today)):
        return None
    chose = any(row.values[wish] is not None for wish in WISHES)
    return row.values["candidature"], audition if row.kept and chose else None


def _visit(row: _Row, _today: date) -> _Found:
    return (row.values["email"], row.values["debut"]) if row.may_be("statut", BOOKED, HELD) else None


def _is_heard(word: object, audition: datetime | None, today: date) -> bool:
    return word in _VERDICTS and audition is not None and audition.date() == today


@dataclass(frozen=True, slots=True)
class _Kind:
    """The tab of some appointments, the fields without which nobody knows of them, and others."""

    tab: str
    of_row: Callable[[_Row, date], _Found]
    fields: tuple[str, ...]
    others: tuple[str, ...] = ()


_KINDS: Final[Mapping[str, _Kind]] = {
    "convocation_jury": _Kind("candidatures", _hearing, ("numero", "preselection", "decision", "audition")),
    "convocation_talent": _Kind("talents", _candidate, ("candidature", "statut", "audition"), WISHES),
    "confirmation_creneau": _Kind("creneaux", _visit, ("debut", "email", "statut")),
}
