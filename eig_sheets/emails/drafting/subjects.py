"""The tabs of features whose rows e-mails are about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from eig_sheets.config import Campaign
from eig_sheets.domain.emails.due import KEYS
from eig_sheets.emails.drafting.lines import Computed, Lines


def _nothing(_lines: Lines, _campaign: Campaign, _today: date | None) -> Computed:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MailSubject:
    """A tab of a feature whose rows e-mails are about.

    `key`: the field that says who or what a row is about; `address`: that of the address to which it may be written.
    `placeholders`: those that no cell holds, each with its French name; `values`: what they are on the day of sending.
    """

    tab: str
    key: str
    address: str
    placeholders: Mapping[str, str] = field(default_factory=dict)
    values: Callable[[Lines, Campaign, date | None], Computed] = _nothing


def keys_of(campaign: Campaign) -> dict[str, str]:
    """The tabs whose rows e-mails are about, and the field that says who or what a row is about."""
    return {**KEYS, **{subject.tab: subject.key for subject in campaign.features.parts(MailSubject)}}
