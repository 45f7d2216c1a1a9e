"""The limits of the selection as settings: labels in `Paramètres`, the value of each, and a change of one."""

from __future__ import annotations

from typing import Any, Final

from eig_sheets.config import Campaign, with_sections
from eig_sheets.domain.selection_rules import SelectionLimit, SelectionRules
from eig_sheets.text.french import typographic
from eig_sheets.workbook.quoting import shown

ENVELOPE: Final = "Enveloppe de la sélection"
SECTION: Final = "selection"
_KINDS: Final = {"min": "Minimum – ", "max": "Maximum – "}
KINDS: Final = tuple(_KINDS.values())
"""How the label of a number of a limit begins."""
MAXIMISED: Final = "Ce que la sélection maximise"
UTILITIES: Final = {
    "p_selected": "somme des probabilités de sélection",
    "note": "somme des notes sur 20",
    "expected_rank": "somme des places gagnées sur la dernière, d’après le rang attendu",
}
"""What a selection maximises."""


def limit_keys(campaign: Campaign) -> dict[str, str]:
    """The label of each number of each limit, by its key: Maximum – Ministère de rattachement « Intérieur »."""
    rules = campaign.selection or SelectionRules()
    return {
        f"{SECTION}.limits.{place}.{name}": typographic(kind + _about(limit))
        for place, limit in enumerate(rules.limits)
        for name, kind in _KINDS.items()
        if getattr(limit, name) is not None
    }


def _about(limit: SelectionLimit) -> str:
    if limit.value is None:
        return limit.column
    return f"{limit.column} « {shown(limit.value)} »"


def is_limit(key: str) -> bool:
    """Whether a key is that of a number of a limit."""
    return key.startswith(f"{SECTION}.limits.")


def limit_value(campaign: Campaign, key: str) -> Any:
    """The number of a limit."""
    _, _, place, name = key.split(".")
    return getattr((campaign.selection or SelectionRules()).limits[int(place)], name)


def with_limit_value(campaign: Campaign, key: str, value: int) -> Campaign:
    """The campaign with another number for a limit. Raises ConfigError."""
    _, _, place, name = key.split(".")
    rules = (campaign.selection or SelectionRules()).model_dump()
    limits = [*rules["limits"]]
    limits[int(place)] = {**limits[int(place)], name: value}
    return with_sections(campaign, {SECTION: {**rules, "limits": tuple(limits)}})
