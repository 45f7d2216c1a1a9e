"""Appointments that people were told of and that are no longer due: each gets an e-mail that takes it off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from eig_sheets.config import Campaign
from eig_sheets.domain.emails.catalogue import CANCELLATION, email_of
from eig_sheets.emails.drafting.cancellations import cancellation
from eig_sheets.emails.drafting.drafts import Draft
from eig_sheets.emails.mail.outgoing import Event
from eig_sheets.emails.mail.templates import Template
from eig_sheets.emails.outbox.appointments import PastAppointment
from eig_sheets.emails.outbox.last_deliveries import LastDelivery
from eig_sheets.emails.outbox.rows import Row
from eig_sheets.emails.outbox.versions import PreviousState
from eig_sheets.text.french import typographic


def cancellations(
    off: Iterable[PastAppointment],
    campaign: Campaign,
    texts: Mapping[str, Template],
    known: PreviousState,
    due: Sequence[Draft],
) -> Iterator[Draft]:
    """An e-mail for each appointment that is off; where its template was switched off, nobody knows: none."""
    for told in off:
        if told.last_delivery.template not in campaign.emails.disabled:
            yield _draft(told, known.rows.get(told.last_delivery.id, ()), campaign, texts, _elsewhere(told, due))


def _elsewhere(told: PastAppointment, due: Iterable[Draft]) -> str:
    """A word for who approves: the same slot is now with another address, perhaps of the same person."""
    about = told.last_delivery.template, told.booked.starts, told.booked.title
    appointment = email_of(told.last_delivery.template).appointment
    if appointment is None or not appointment.transferable:
        return ""
    for draft in due:
        if draft.event and (draft.template, draft.event.starts, draft.event.title) == about:
            return typographic(
                f"Ce rendez-vous est maintenant à {draft.person}. Si c’est la même personne, dont l’adresse a été "
                "corrigée, cochez « Ne pas envoyer »."
            )
    return ""


def _recipients(last_delivery: LastDelivery, rows: Sequence[Row]) -> tuple[str, str]:
    """Those who received it: a row that is not as it left may name anybody, but nothing else tells the copies."""
    if rows and (
        last_delivery.recipients is None
        or (last_delivery.fingerprint and last_delivery.fingerprint.row == rows[0].fingerprint)
    ):
        return rows[0].to, rows[0].cc
    return last_delivery.recipients or "", ""


def _draft(
    told: PastAppointment, rows: Sequence[Row], campaign: Campaign, texts: Mapping[str, Template], note: str
) -> Draft:
    last_delivery, booked = told.last_delivery, told.booked
    to, cc = _recipients(last_delivery, rows)
    outcome = cancellation(
        texts, campaign, to=[to], cc=[cc], title=booked.title, starts=booked.starts, numero=last_delivery.numero
    )
    event = Event(booked.uid, booked.starts, booked.ends, booked.title, sequence=booked.sequence + 1, cancelled=True)
    # A dot tells the versions of one message apart, and this is another message.
    sending_id = f"{CANCELLATION}-{last_delivery.id.replace('.', '-')}"
    return Draft(sending_id, CANCELLATION, last_delivery.numero, outcome, None, event, note=note)
