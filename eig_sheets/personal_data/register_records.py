"""The register and what becomes of what is there, as records that commands and documents print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from eig_sheets.domain.retention_rules import RetentionRules
from eig_sheets.personal_data.disposal import Verdict, period_end
from eig_sheets.personal_data.holdings import Fate, Holding, Start
from eig_sheets.personal_data.period_starts import Starts
from eig_sheets.text.french import typographic

Record = dict[str, Any]
_UNDECIDED: Final = "non décidée"
_NONE: Final = "sans objet"


def register_records(register: Iterable[Holding], rules: RetentionRules, starts: Starts) -> list[Record]:
    """The register, an entry a record: its period is that of the configuration, `until` the day when it ends."""
    return [
        {
            "id": one.id,
            "place": typographic(one.place.value),
            "where": typographic(one.where),
            "what": typographic(one.what),
            "about": typographic(one.about),
            "purpose": typographic(one.purpose),
            "period": period_text(one, rules),
            "until": _until(one, rules, starts),
            "source": _source(one, rules),
            "fate": typographic(one.fate.value),
            "why_kept": typographic(one.why_kept) or None,
        }
        for one in register
    ]


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


def _until(holding: Holding, rules: RetentionRules, starts: Starts) -> str | None:
    """The day on which its period ends, when it is the same for all that it holds."""
    if not holding.period or holding.fate is Fate.KEPT or holding.start is Start.MADE:
        return None
    end = period_end(holding.period, rules, starts)
    return end.isoformat() if end else None


def _source(holding: Holding, rules: RetentionRules) -> str:
    period = rules.period(holding.period) if holding.fate is not Fate.KEPT else None
    return typographic(period.source) if period else ""


def summary(verdicts: Sequence[Verdict]) -> list[Record]:
    """What is there, by holding and by what becomes of it: how many things, their days, and why."""
    groups: dict[tuple[str, bool, str], list[Verdict]] = {}
    for one in verdicts:
        groups.setdefault((one.item.holding.id, one.goes, _kind(one)), []).append(one)
    return [_group(found) for found in groups.values()]


def _kind(one: Verdict) -> str:
    """What tells the lines of a holding apart: whether its things are ours, not each one's own day."""
    return f"{one.item.ours} {one.due is None}"


def _group(found: Sequence[Verdict]) -> Record:
    items = [one.item for one in found]
    due = [one.due for one in found if one.due]
    first = min(found, key=lambda one: (one.due is None, one.due or one.item.made))
    return {
        "id": items[0].holding.id,
        "place": typographic(items[0].holding.place.value),
        "what": typographic(items[0].holding.where),
        "count": len(items),
        "bytes": sum(item.size for item in items),
        "from": min(item.made for item in items).isoformat(),
        "to": max(item.made for item in items).isoformat(),
        "due": min(due).isoformat() if due else None,
        "fate": typographic(items[0].holding.fate.value),
        "goes": found[0].goes,
        "reason": first.reason,
    }
