"""When periods end, and which kept items may then be erased or must stay, by the fate of their holding."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from eig_sheets.config import Campaign
from eig_sheets.emails.call_dates import LastContact
from eig_sheets.features.privacy.rules import RetentionRules
from eig_sheets.personal_data import Fate, Holding, Start
from eig_sheets.run.history.run_record import HistoryPeriods
from eig_sheets.text.french import day as french_day
from eig_sheets.text.french import typographic

Starts = Mapping[Start, date]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is there: `key` names it within its holding; `digest` is that of its content, '' for a table.

    `ours`: it is as the robot made it; what somebody changed since is theirs.
    """

    holding: Holding
    key: str
    made: date
    size: int = 0
    digest: str = ""
    ours: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of an item: when its period ends (None: it has none), whether it goes now, and why, in French."""

    item: Item
    due: date | None
    goes: bool
    reason: str


HISTORY: Final = HistoryPeriods(
    runs="retention.history",
    copies="retention.snapshots",
    keeps_copies=lambda campaign: campaign.section(RetentionRules).snapshots is not None,
)


def verdict(item: Item, rules: RetentionRules, starts: Starts, today: date) -> Verdict:
    """What becomes of an item on a day."""
    due = due_day(item, rules, starts)
    goes, reason = _decided(item, rules, due, today)
    return Verdict(item, due, goes, typographic(reason))


def due_day(item: Item, rules: RetentionRules, starts: Starts) -> date | None:
    """The day on which the period of an item ends; None when nobody decided it."""
    period = rules.period(item.holding.period)
    if period is None:
        return None
    start = item.made if item.holding.start is Start.MADE else starts[item.holding.start]
    return months_later(start, period.months)


def period_end(period: str, rules: RetentionRules, starts: Starts) -> date | None:
    """The day on which a period ends for what has no day of its own; None when nobody decided it."""
    kept = rules.period(period)
    return months_later(starts[start_of(period)], kept.months) if kept else None


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a month that is shorter; the last date that there is."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def period_starts(campaign: Campaign) -> Starts:
    """The end of the experimentation, else the closing of the call; and the last contact with the candidates."""
    last = campaign.emails.experimentation
    end = last.ends if last else campaign.campaign.last_moment.date()
    days = (part.day(campaign) for part in campaign.features.parts(LastContact))
    contacts = [day for day in days if day is not None]
    return {Start.CAMPAIGN: end, Start.CONTACT: max(contacts, default=end)}


def start_of(period: str) -> Start:
    """From when a period runs, for what has no day of its own."""
    return Start.CONTACT if period == "talents" else Start.CAMPAIGN


def _decided(item: Item, rules: RetentionRules, due: date | None, today: date) -> tuple[bool, str]:
    holding = item.holding
    if holding.fate in (Fate.KEPT, Fate.BY_PEOPLE):
        return False, holding.why_kept
    if holding.fate is Fate.NOTHING_PERSONAL:
        return False, "Aucune donnée personnelle : rien à éliminer."
    period = rules.period(holding.period)
    if period is None or due is None:
        return False, f"Aucune durée n’est décidée : ajoutez [retention.{holding.period}] à la configuration."
    if not item.ours:
        return False, "Ce fichier n’est pas, ou plus, tel que le robot l’a écrit : c’est à l’équipe d’en décider."
    if today < due:
        return False, f"À garder jusqu’au {french_day(due)} : {period.months} mois ({period.source})."
    if holding.fate is Fate.ON_VISA:
        return True, f"Durée échue le {french_day(due)} : à porter au bordereau, et à éliminer une fois visé."
    what = "l’efface" if holding.fate is Fate.PURGED else "le réduit à des empreintes"
    return True, f"Durée échue le {french_day(due)} : « archives purge » {what}."


def going(verdicts: Iterable[Verdict], *fates: Fate) -> list[Item]:
    """The items that go now, of these fates."""
    return [verdict.item for verdict in verdicts if verdict.goes and verdict.item.holding.fate in fates]
