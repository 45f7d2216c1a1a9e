"""The message that cancels an invitation, from what was sent, whatever the row says now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from eig_sheets.config import Campaign
from eig_sheets.domain.emails.catalogue import CANCELLATION
from eig_sheets.emails.drafting.computed_values import common
from eig_sheets.emails.mail.addresses import AddressError, addresses, wire
from eig_sheets.emails.mail.compose import compose
from eig_sheets.emails.mail.context import Context
from eig_sheets.emails.mail.messages import Blocked, Message
from eig_sheets.emails.mail.templates import Template
from eig_sheets.text.french import typographic


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
