"""The calendar events of e-mails, those that are planned, and the message that cancels one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.config import Campaign
from eig_sheets.emails.catalogue.appointments import RowAppointments, TypedRow
from eig_sheets.emails.catalogue.due import Due, short_name
from eig_sheets.emails.catalogue.entries import CANCELLATION, Email, catalogue_of
from eig_sheets.emails.drafting.computed_values import common
from eig_sheets.emails.drafting.lines import Columns
from eig_sheets.emails.mail.addresses import AddressError, addresses, wire
from eig_sheets.emails.mail.compose import compose
from eig_sheets.emails.mail.context import Context
from eig_sheets.emails.mail.filters import one_line
from eig_sheets.emails.mail.messages import Blocked, Event, Message
from eig_sheets.emails.mail.templates import Template
from eig_sheets.text.french import plain, typographic
from eig_sheets.workbook.parse import Table


class Appointments:
    """The appointments of a campaign.

    The `uid` is for an appointment that nobody was sent yet; the outbox puts back the uid of one that was sent.
    """

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign

    def of(self, template: Template, due_email: Due, context: Context) -> Event | None:
        """The appointment that a message is about, even when the message is blocked.

        None when its template brings none, or when its moment is not known.
        """
        starts = context.values[template.moment] if template.moment else None
        appointment = catalogue_of(self._campaign.features).email_of(due_email.template).appointment
        if appointment is None or not isinstance(starts, datetime):
            return None
        details = appointment.details(self._campaign.messages, context.values)
        return Event(
            uid=appointment_uid(
                self._campaign, appointment.family, due_email.id.removeprefix(f"{due_email.template}-")
            ),
            starts=starts,
            ends=starts + timedelta(minutes=_clamped(details.minutes)),
            title=typographic(one_line(details.title)),
            place=one_line(details.place),
            description=typographic(self._description(due_email)),
        )

    def error_text(self, template: Template, due_email: Due, context: Context) -> str | None:
        """Why the appointment of a message cannot be in a calendar, in French, with the cell."""
        appointment = catalogue_of(self._campaign.features).email_of(due_email.template).appointment
        field = appointment.minutes_field if appointment and template.moment else None
        if field is None:
            return None
        typed, unreadable = context.values[field], context.values.get("unreadable")
        is_unread = isinstance(unreadable, frozenset) and field in unreadable
        if not is_unread and (typed is None or typed == _clamped(typed)):
            return None
        header, where = template.vocabulary.headers[field], context.origin(field)
        return typographic(f"« {header} » va de 1 à {_LONGEST} minutes : corrigez {where}.")

    def _description(self, due_email: Due) -> str:
        about = f"Dossier n° {due_email.numero}. " if due_email.numero else ""
        contact = self._campaign.emails.contact
        return f"{about}Une question, un empêchement ? {contact}" if contact else about.strip()


def appointment_uid(campaign: Campaign, family: str, about: str) -> str:
    """The uid of an appointment that nobody was sent yet; `about`: its person or subject, and which of several."""
    call = "-".join(plain(campaign.campaign.id).split())
    return f"{family}-{about}@{call}.eig-sheets"


_LONGEST: Final = 24 * 60
"""Minutes of a day."""


def _clamped(minutes: Any) -> float:
    return float(min(max(minutes, 1), _LONGEST))


@dataclass(frozen=True, slots=True)
class PlannedAppointment:
    """An appointment that is, or may be, planned; `whom` is the short name of its person or dossier, None: unknown.

    `title`: what it is about, where a person may have several; None: unknown.
    """

    family: str
    whom: str | None
    starts: datetime | None
    title: str | None = None


def planned_appointments(reading: Reading, today: date) -> Iterator[PlannedAppointment]:
    """The planned appointments of the workbook and of the configuration, whether an e-mail about them is due or not.

    A cell that cannot be read, a row that is left out or a column that is not there cancels nothing; an hour that
    was erased does.
    """
    for email in catalogue_of(reading.campaign.features):
        if email.appointment is None:
            continue
        for starts, title in email.appointment.configured(reading.campaign.messages):
            yield PlannedAppointment(email.appointment.family, None, starts, typographic(one_line(title)))
        if (rule := email.appointment.in_rows) is not None:
            yield from _in_rows(email, email.appointment.family, reading, rule, today)


def _in_rows(
    email: Email, family: str, reading: Reading, rule: RowAppointments, today: date
) -> Iterator[PlannedAppointment]:
    table = reading.tables.get(email.about)
    if table is None or any(field not in table.layout.columns for field in rule.fields):
        yield PlannedAppointment(family, None, None)
        return
    for row in _rows(table, (*rule.fields, *rule.others)):
        if (scheduled := rule.scheduled(row, today)) is not None:
            whom, starts = scheduled
            title = rule.title(row, reading.campaign.campaign.name) if whom else None
            yield PlannedAppointment(
                family, short_name(whom) if whom else None, starts, typographic(one_line(title)) if title else None
            )


def _rows(table: Table, fields: tuple[str, ...]) -> Iterator[TypedRow]:
    columns = Columns(table.frame)
    values_by_row = zip(*(columns[field] for field in fields), strict=True)
    for number, unreadable, values in zip(columns["row"], columns["unreadable"], values_by_row, strict=True):
        yield TypedRow(dict(zip(fields, values, strict=True)), unreadable, number not in table.blocked)


def cancellation(
    texts: Mapping[str, Template],
    campaign: Campaign,
    *,
    to: Iterable[str],
    cc: Iterable[str],
    title: str,
    starts: datetime,
    numero: str | None = None,
) -> Message | Blocked:
    """The message to those who were invited to an appointment that is no longer due.

    `to` and `cc` are the addresses of the invitation, with or without names; `starts` is naive, in the campaign's time
    zone. Blocked when that message is switched off, or for the reasons that block any message.
    """
    if CANCELLATION in campaign.emails.disabled:
        return Blocked((typographic(f"« {CANCELLATION} » est désactivé (emails.disabled) : prévenez autrement."),))
    values = common(campaign) | {
        "destinataires": _without_names(to),
        "copies": _without_names(cc),
        "rendez_vous": title,
        "debut": starts,
        "numero": numero,
    }
    never = {*map(wire, campaign.emails.never)}
    return compose(texts[CANCELLATION], Context(values), never, campaign.emails.allowed)


def _without_names(people: Iterable[str]) -> tuple[str, ...]:
    """The addresses alone; what cannot be read stays as it is, and the message is blocked by it."""
    as_written = tuple(people)
    try:
        return tuple(address.address for address in addresses("\n".join(as_written)))
    except AddressError:
        return as_written
