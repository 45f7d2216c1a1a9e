"""The e-mails that cancel appointments which people were sent and which are no longer due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from eig_sheets.config import Campaign
from eig_sheets.emails.catalogue.entries import CANCELLATION
from eig_sheets.emails.drafting.appointments import cancellation
from eig_sheets.emails.drafting.drafts import Draft, unfilled_words
from eig_sheets.emails.mail.messages import Event
from eig_sheets.emails.mail.templates import Template
from eig_sheets.emails.outbox.appointments import PastAppointment
from eig_sheets.emails.outbox.records import LastDelivery
from eig_sheets.emails.outbox.rows import Row
from eig_sheets.emails.outbox.versions import PreviousState
from eig_sheets.text.french import typographic


def cancellations(
    past_appointments: Iterable[PastAppointment],
    campaign: Campaign,
    texts: Mapping[str, Template],
    previous: PreviousState,
    due: Sequence[Draft],
) -> Iterator[Draft]:
    """A draft for each cancelled appointment, unless its template was switched off: it may then still take place."""
    for cancelled in past_appointments:
        if cancelled.last_delivery.template not in campaign.emails.disabled:
            yield _draft(
                cancelled,
                previous.rows.get(cancelled.last_delivery.id, ()),
                campaign,
                texts,
                _transfer_note(cancelled, due),
            )


def _transfer_note(cancelled: PastAppointment, due: Iterable[Draft]) -> str:
    """A note for who approves: the same slot is now with another address, perhaps of the same person."""
    about = cancelled.last_delivery.template, cancelled.booked.starts, cancelled.booked.title
    if cancelled.appointment is None or not cancelled.appointment.transferable:
        return ""
    for draft in due:
        if draft.event and (draft.template, draft.event.starts, draft.event.title) == about:
            return typographic(
                f"Ce rendez-vous est maintenant à {draft.person}. Si c’est la même personne, dont l’adresse a été "
                "corrigée, cochez « Ne pas envoyer »."
            )
    return ""


def _recipients(last_delivery: LastDelivery, rows: Sequence[Row]) -> tuple[str, str]:
    """The recipients of what was sent: from its row, which alone has the copies, unless somebody changed it."""
    if rows and (
        last_delivery.recipients is None
        or (last_delivery.fingerprint and last_delivery.fingerprint.row == rows[0].fingerprint)
    ):
        return rows[0].to, rows[0].cc
    return last_delivery.recipients or "", ""


def _draft(
    cancelled: PastAppointment, rows: Sequence[Row], campaign: Campaign, texts: Mapping[str, Template], note: str
) -> Draft:
    last_delivery, booked = cancelled.last_delivery, cancelled.booked
    to, cc = _recipients(last_delivery, rows)
    outcome = cancellation(
        texts, campaign, to=[to], cc=[cc], title=booked.title, starts=booked.starts, numero=last_delivery.numero
    )
    event = Event(booked.uid, booked.starts, booked.ends, booked.title, sequence=booked.sequence + 1, cancelled=True)
    # A dot tells the versions of one message apart, and this is another message.
    sending_id = f"{CANCELLATION}-{last_delivery.id.replace('.', '-')}"
    words = unfilled_words(texts[CANCELLATION], outcome) if CANCELLATION in texts else {}
    return Draft(sending_id, CANCELLATION, last_delivery.numero, outcome, None, event, note=note, holes=words)
