"""Appointments that people were told of and that are no longer due: each gets an e-mail that takes it off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from eig_sheets.config import Campaign
from eig_sheets.domain.emails.catalogue import CANCELLATION, email_of
from eig_sheets.drafting.cancellations import cancellation
from eig_sheets.drafts import Draft
from eig_sheets.french import typographic
from eig_sheets.mail.letters import Event
from eig_sheets.mail.templates import Template
from eig_sheets.outbox.appointments import Told
from eig_sheets.outbox.fates import Fate
from eig_sheets.outbox.rows import Row
from eig_sheets.outbox.versions import Known


def cancellations(
    off: Iterable[Told], campaign: Campaign, texts: Mapping[str, Template], known: Known, due: Sequence[Draft]
) -> Iterator[Draft]:
    """An e-mail for each appointment that is off; where its template was switched off, nobody knows: none."""
    for told in off:
        if told.fate.template not in campaign.emails.disabled:
            yield _draft(told, known.rows.get(told.fate.id, ()), campaign, texts, _elsewhere(told, due))


def _elsewhere(told: Told, due: Iterable[Draft]) -> str:
    """A word for who approves: the same slot is now with another address, perhaps of the same person."""
    about = told.fate.template, told.booked.starts, told.booked.title
    appointment = email_of(told.fate.template).appointment
    if appointment is None or not appointment.transferable:
        return ""
    for one in due:
        if one.event and (one.template, one.event.starts, one.event.title) == about:
            return typographic(
                f"Ce rendez-vous est maintenant à {one.person}. Si c’est la même personne, dont l’adresse a été "
                "corrigée, cochez « Ne pas envoyer »."
            )
    return ""


def _recipients(fate: Fate, rows: Sequence[Row]) -> tuple[str, str]:
    """Those who received it: a row that is not as it left may name anybody, but nothing else tells the copies."""
    if rows and (fate.recipients is None or (fate.stamp and fate.stamp.row == rows[0].stamp)):
        return rows[0].to, rows[0].cc
    return fate.recipients or "", ""


def _draft(told: Told, rows: Sequence[Row], campaign: Campaign, texts: Mapping[str, Template], note: str) -> Draft:
    fate, booked = told.fate, told.booked
    to, cc = _recipients(fate, rows)
    outcome = cancellation(
        texts, campaign, to=[to], cc=[cc], title=booked.title, starts=booked.starts, numero=fate.numero
    )
    event = Event(booked.uid, booked.starts, booked.ends, booked.title, sequence=booked.sequence + 1, cancelled=True)
    # A dot tells the versions of one message apart, and this is another message.
    sending_id = f"{CANCELLATION}-{fate.id.replace('.', '-')}"
    return Draft(sending_id, CANCELLATION, fate.numero, outcome, None, event, note=note)
