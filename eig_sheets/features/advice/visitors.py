"""Exports of bookings (Calendly) and of registrations to webinars (Livestorm), as typed rows. Pure.

Both name their columns in `[slots.import]`. Hours are those of the account that exported, taken for the campaign's zone
unless they say another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from eig_sheets.call.applications.importing.columns import Columns, find_columns
from eig_sheets.call.applications.importing.reading import Export, ExportError
from eig_sheets.call.applications.importing.rows import readable_text
from eig_sheets.config.export_columns import ColumnName, described
from eig_sheets.features.advice.settings import SlotImport
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.text.french import listed, plain
from eig_sheets.workbook import values
from eig_sheets.workbook.values import UnreadableError

_HALF_DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2}) (\d{1,2}):(\d{2})(?::\d{2})? ?([ap])\.?m\.?", re.IGNORECASE)
"""« 2021-02-05 02:20 pm », as Calendly writes it."""
_QUESTION: Final = re.compile(r"question (\d+)")


@dataclass(frozen=True, slots=True)
class Booking:
    """A booked slot: `row` is its line in the export; `absent`: the person did not come."""

    row: int
    starts: datetime
    minutes: int | None
    email: str
    name: str | None
    administration: str | None
    project: str | None
    cancelled: bool
    absent: bool


@dataclass(frozen=True, slots=True)
class Attendee:
    """A registration to a webinar; `present` is None where the export does not say."""

    row: int
    email: str
    name: str | None
    administration: str | None
    registered: datetime | None
    present: bool | None


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """A line of an export that is not taken: which column, and what it holds."""

    row: int
    header: str
    value: str | None


def bookings_in(export: Export, settings: SlotImport, zone: ZoneInfo) -> tuple[list[Booking], list[UnreadRow]]:
    """The bookings of an export, of the kinds that the configuration takes, and the lines that cannot be read.

    Raises ExportError when it has no column for the hour or the address.
    """
    rows = _Rows(export, settings.bookings, ("debut", "email"), "bookings", zone)
    kinds = {plain(kind) for kind in settings.event_types}
    answers = _answers(rows.columns, settings.answers)

    def booking(row: int) -> Booking | None:
        if kinds and plain(rows.text(row, "type") or "") not in kinds:
            return None
        starts, ends = rows.moment(row, "debut"), rows.moment(row, "fin", required=False)
        said = {field: rows.text(row, field) or answers(row).get(field) for field in ("administration", "projet")}
        return Booking(
            row,
            starts,
            round((ends - starts).total_seconds() / 60) if ends and ends > starts else None,
            rows.email(row),
            rows.text(row, "nom"),
            said["administration"],
            said["projet"],
            rows.answer(row, "annule") or False,
            rows.answer(row, "absent") or False,
        )

    return rows.read(booking)


def attendees_in(export: Export, settings: SlotImport, zone: ZoneInfo) -> tuple[list[Attendee], list[UnreadRow]]:
    """The registrations of an export, and the lines that cannot be read. Raises ExportError without addresses."""
    rows = _Rows(export, settings.registrations, ("email",), "registrations", zone)

    def attendee(row: int) -> Attendee:
        return Attendee(
            row,
            rows.email(row),
            rows.text(row, "nom"),
            rows.text(row, "administration"),
            rows.moment(row, "inscrit_le", required=False),
            rows.answer(row, "present"),
        )

    return rows.read(attendee)


class _UnreadError(Exception):
    """A cell without which a line cannot be taken."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class _Rows:
    """The lines of an export by the fields of our own names."""

    def __init__(
        self,
        export: Export,
        fields: Mapping[str, Sequence[ColumnName]],
        needed: Sequence[str],
        section: str,
        zone: ZoneInfo,
    ) -> None:
        columns = find_columns(export, fields, needed[0])
        missing = [field for field in needed if columns is None or field not in columns.fields]
        if columns is None or missing:
            raise ExportError(_without_column(export, fields, missing, section))
        self.columns, self._zone = columns, zone

    def read(self, convert: Callable[[int], Any]) -> tuple[list[Any], list[UnreadRow]]:
        """The records of the filled lines, without None, and the lines that cannot be read."""
        read: list[Any] = []
        unread: list[UnreadRow] = []
        for row in self._filled():
            try:
                read.append(convert(row))
            except _UnreadError as error:
                raw = self.columns.field_value(row, error.field)
                header = self.columns.header(self.columns.fields[error.field][0])
                unread.append(UnreadRow(row, header, readable_text(raw)))
        return [record for record in read if record is not None], unread

    def _filled(self) -> Iterator[int]:
        first = self.columns.header_row
        for row, cells in enumerate(self.columns.table.rows[first:], first + 1):
            if any(str(cell).strip() for cell in cells if cell is not None):
                yield row

    def text(self, row: int, field: str) -> str | None:
        """The text of a field, spaces joined."""
        words = readable_text(self.columns.field_value(row, field))
        return " ".join(words.split()) or None if words else None

    def email(self, row: int) -> str:
        """The address of a line. Raises _UnreadError."""
        try:
            address = values.email(self.columns.field_value(row, "email"))
        except UnreadableError:
            address = None
        if address is None:
            raise _UnreadError("email")
        return address

    def moment(self, row: int, field: str, *, required: bool = True) -> Any:
        """The moment of a field, in the campaign's zone; None for one that is not needed. Raises _UnreadError."""
        try:
            read = _moment(self.columns.field_value(row, field), self._zone)
        except UnreadableError:
            read = None
        if read is None and required:
            raise _UnreadError(field)
        return read

    def answer(self, row: int, field: str) -> bool | None:
        """The answer by yes or no of a field; None when it has no column, is blank or says something else."""
        try:
            return values.yes_no(self.columns.field_value(row, field))
        except UnreadableError:
            return None


def _moment(value: CellValue, zone: ZoneInfo) -> datetime | None:
    """A moment, to the minute as slots are: half-day hours too, which people here do not type."""
    half_day = _HALF_DAY.fullmatch(" ".join(value.split())) if isinstance(value, str) else None
    if half_day:
        hour = int(half_day[2]) % 12 + (12 if half_day[4].lower() == "p" else 0)
        value = f"{half_day[1]} {hour:02d}:{half_day[3]}"
    read = values.moment(value, zone)
    return read.replace(second=0, microsecond=0) if read else None


def _answers(columns: Columns, wanted: Mapping[str, Sequence[str]]) -> Callable[[int], dict[str, str]]:
    """What the answers of a line say of our fields: « Question 1 » and « Response 1 » go together, line by line."""
    places = {plain(header): place for place, header in enumerate(columns.headers)}
    pairs = [
        (place, places[f"response {number[1]}"])
        for header, place in places.items()
        if (number := _QUESTION.fullmatch(header)) and f"response {number[1]}" in places
    ]

    def of(row: int) -> dict[str, str]:
        said_of: dict[str, str] = {}
        for question, response in pairs:
            asked = plain(str(columns.value(row, question) or ""))
            said = readable_text(columns.value(row, response))
            for field, words in wanted.items():
                if said and any(plain(word) in asked for word in words):
                    said_of.setdefault(field, " ".join(said.split()))
                    break
        return said_of

    return of


def _without_column(
    export: Export, fields: Mapping[str, Sequence[ColumnName]], missing: Sequence[str], section: str
) -> str:
    field = missing[0] if missing else next(iter(fields), "email")
    names = listed(map(described, fields.get(field, ())), "ou") if fields.get(field) else f"pour « {field} »"
    return (
        f"« {export.name} » n’a pas de colonne {names} : rien n’est importé. Ajoutez le nom de sa colonne à "
        f"slots.import.{section}.{field} dans la configuration, ou téléchargez l’export à nouveau."
    )
