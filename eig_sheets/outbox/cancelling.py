"""Appointments that people were told of and that are no longer due: each gets an e-mail that takes it off."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, time

from eig_sheets.config import Campaign
from eig_sheets.domain.rules import CANCELLATION
from eig_sheets.drafting.cancellations import cancellation
from eig_sheets.drafts import Draft
from eig_sheets.mail.letters import Event
from eig_sheets.mail.templates import Template
from eig_sheets.outbox.fates import Fate
from eig_sheets.outbox.rows import Row
from eig_sheets.outbox.stamps import Booked
from eig_sheets.outbox.versions import Known, base
from eig_sheets.reading import Reading


def cancellations(
    reading: Reading,
    campaign: Campaign,
    texts: Mapping[str, Template],
    known: Known,
    due: Sequence[Draft],
    today: date,
) -> Iterator[Draft]:
    """An e-mail for each appointment to come that no e-mail that is due still speaks of.

    Where one is due but lacks a value, or where its template was switched off, nobody knows: nothing is cancelled.
    """
    possible = set(campaign.emails.possible(reading.layout.tabs))
    spoken_of = {one.event.uid for one in due if one.event}
    undecided = {one.id for one in due if one.event is None}
    for fate in known.fates.values():
        booked = _last_told(fate, known.booked)
        if (
            booked
            and _is_off(booked, today, spoken_of)
            and fate.template in possible
            and base(fate.id) not in undecided
        ):
            yield _draft(fate, booked, known.rows.get(fate.id, ()), campaign, texts)


def _last_told(fate: Fate, booked: Mapping[str, Booked]) -> Booked | None:
    """The appointment of an e-mail that left, if no other told people of it since."""
    own = fate.stamp.booked if fate.gone and fate.stamp else None
    return own if own is not None and booked.get(own.uid) == own else None


def _is_off(booked: Booked, today: date, spoken_of: Collection[str]) -> bool:
    to_come = booked.starts >= datetime.combine(today, time.min)
    return to_come and not booked.cancelled and booked.uid not in spoken_of


def _recipients(fate: Fate, rows: Sequence[Row]) -> tuple[str, str]:
    """Those who received it: a row that is not as it left may name anybody, but nothing else tells the copies."""
    if rows and (fate.recipients is None or (fate.stamp and fate.stamp.row == rows[0].stamp)):
        return rows[0].to, rows[0].cc
    return fate.recipients or "", ""


def _draft(fate: Fate, booked: Booked, rows: Sequence[Row], campaign: Campaign, texts: Mapping[str, Template]) -> Draft:
    to, cc = _recipients(fate, rows)
    outcome = cancellation(
        texts, campaign, to=[to], cc=[cc], title=booked.title, starts=booked.starts, numero=fate.numero
    )
    event = Event(booked.uid, booked.starts, booked.ends, booked.title, sequence=booked.sequence + 1, cancelled=True)
    # A dot tells the versions of one message apart, and this is another message.
    return Draft(f"{CANCELLATION}-{fate.id.replace('.', '-')}", CANCELLATION, fate.numero, outcome, None, event)
