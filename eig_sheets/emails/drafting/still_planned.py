"""Appointments that are still planned: nothing that people typed cancels them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.emails.appointments import InRows, TypedRow
from eig_sheets.domain.emails.catalogue import CATALOGUE
from eig_sheets.domain.emails.due import short_name
from eig_sheets.emails.drafting.lines import Columns
from eig_sheets.workbook.parse import Table


@dataclass(frozen=True, slots=True)
class PlannedAppointment:
    """An appointment that is planned, or may be. `whom`: their short name; None stands for what is unknown."""

    template: str
    whom: str | None
    starts: datetime | None


def planned_appointments(reading: Reading, today: date) -> Iterator[PlannedAppointment]:
    """Those of the workbook and of the configuration, whether an e-mail about them is due or not.

    A cell that cannot be read, a row that is left out or a column that is not there cancels nothing; an hour that
    was erased does.
    """
    for template, email in CATALOGUE.items():
        if email.appointment is None:
            continue
        for starts in email.appointment.configured(reading.campaign.emails):
            yield PlannedAppointment(template, None, starts)
        if (rule := email.appointment.in_rows) is not None:
            yield from _in_rows(template, reading.tables.get(email.about), rule, today)


def _in_rows(template: str, table: Table | None, rule: InRows, today: date) -> Iterator[PlannedAppointment]:
    if table is None or any(field not in table.layout.columns for field in rule.fields):
        yield PlannedAppointment(template, None, None)
        return
    for row in _rows(table, (*rule.fields, *rule.others)):
        if (found := rule.stands(row, today)) is not None:
            whom, starts = found
            yield PlannedAppointment(template, short_name(whom) if whom else None, starts)


def _rows(table: Table, fields: tuple[str, ...]) -> Iterator[TypedRow]:
    columns = Columns(table.frame)
    values_by_row = zip(*(columns[field] for field in fields), strict=True)
    for number, unreadable, values in zip(columns["row"], columns["unreadable"], values_by_row, strict=True):
        yield TypedRow(dict(zip(fields, values, strict=True)), unreadable, number not in table.blocked)
