"""The register and what becomes of what is there, as the tables that commands and documents print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from eig_sheets.features.privacy.disposal import Item, Starts, Verdict, period_end
from eig_sheets.features.privacy.rules import RetentionRules
from eig_sheets.personal_data import Fate, Holding, Start
from eig_sheets.text.french import typographic
from eig_sheets.workbook.table import Col, Table

_UNDECIDED: Final = "non décidée"
_NONE: Final = "sans objet"


def register_table(rules: RetentionRules, starts: Starts) -> Table[Holding]:
    """The register, an entry a row: its period is that of the configuration, `until` the day when it ends."""
    return Table(
        Col("id"),
        Col("place", value=lambda holding: typographic(holding.place.value)),
        Col("where", "Emplacement", lambda holding: typographic(holding.where)),
        Col("what", "Données", lambda holding: typographic(holding.what)),
        Col("about", "Personnes", lambda holding: typographic(holding.about)),
        Col("purpose", "Pourquoi", lambda holding: typographic(holding.purpose)),
        Col("period", "Durée", lambda holding: period_text(holding, rules)),
        Col("until", "Jusqu’au", lambda holding: _until(holding, rules, starts)),
        Col("source", value=lambda holding: _source(holding, rules)),
        Col("fate", "À l’échéance", lambda holding: typographic(holding.fate.value)),
        Col("why_kept", value=lambda holding: typographic(holding.why_kept) or None),
    )


def period_text(holding: Holding, rules: RetentionRules) -> str:
    """« 12 mois après la fin de la campagne »; or why there is no period."""
    if holding.fate is Fate.KEPT:
        return "sans limite"
    if not holding.period:
        return _NONE
    period = rules.period(holding.period)
    if period is None:
        return f"{_UNDECIDED} : [retention.{holding.period}]"
    return f"{period.months} mois après {holding.start.value}"


def _until(holding: Holding, rules: RetentionRules, starts: Starts) -> date | None:
    """The day on which its period ends, when it is the same for all that it holds."""
    if not holding.period or holding.fate is Fate.KEPT or holding.start is Start.MADE:
        return None
    return period_end(holding.period, rules, starts)


def _source(holding: Holding, rules: RetentionRules) -> str:
    period = rules.period(holding.period) if holding.fate is not Fate.KEPT else None
    return typographic(period.source) if period else ""


@dataclass(frozen=True, slots=True)
class Summary:
    """The items of one holding that have one fate; `due`: when the first of them goes, None without a period."""

    id: str
    place: str
    what: str
    items: Sequence[Item]
    due: date | None
    fate: str
    goes: bool
    reason: str


SUMMARY: Final = Table[Summary](
    Col("id"),
    Col("place", "Où"),
    Col("what", "Quoi"),
    Col("count", "Nombre", lambda group: len(group.items)),
    Col("bytes", value=lambda group: sum(item.size for item in group.items)),
    Col("from", "Du", lambda group: min((item.made for item in group.items), default=None)),
    Col("to", "Au", lambda group: max((item.made for item in group.items), default=None)),
    Col("due", "Échéance"),
    Col("fate"),
    Col("goes", "Peut partir"),
    Col("reason", "Pourquoi"),
)


def summary(verdicts: Sequence[Verdict]) -> list[Summary]:
    """A summary of the items, by holding and by what becomes of them."""
    groups: dict[tuple[str, bool, str], list[Verdict]] = {}
    for verdict in verdicts:
        groups.setdefault((verdict.item.holding.id, verdict.goes, _kind(verdict)), []).append(verdict)
    return [_group(group) for group in groups.values()]


def _kind(verdict: Verdict) -> str:
    """The key of a line of a holding: whether its items are ours and have a day, not which day."""
    return f"{verdict.item.ours} {verdict.due is None}"


def _group(verdicts: Sequence[Verdict]) -> Summary:
    holding = verdicts[0].item.holding
    return Summary(
        holding.id,
        typographic(holding.place.value),
        typographic(holding.where),
        [verdict.item for verdict in verdicts],
        min((verdict.due for verdict in verdicts if verdict.due), default=None),
        typographic(holding.fate.value),
        verdicts[0].goes,
        min(verdicts, key=lambda verdict: (verdict.due is None, verdict.due or verdict.item.made)).reason,
    )
