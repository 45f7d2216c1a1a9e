"""Checks of `[talents]`: criteria that can be columns, exclusions that can be told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from eig_sheets.config.names import RESERVED, criterion_errors, duplicates
from eig_sheets.domain.talents.rules import Exclusion, TalentRules
from eig_sheets.text.french import plain

_RESERVED: Final = RESERVED | {"candidature", "corrected", "corrected_error", "metier", "statut", "group", "wish"}
"""Names of the columns that stand beside those of the criteria of candidates."""


def talent_errors(rules: TalentRules) -> Iterator[str]:
    """A French sentence for each criterion or exclusion that cannot be used."""
    yield from criterion_errors(rules.criteria, "talents.criteria", _RESERVED)
    for word in duplicates(exclusion.id for exclusion in rules.exclusions):
        yield f"[[talents.exclusions]] donne deux fois l’id « {word} » : chaque exclusion a le sien"
    for place, exclusion in enumerate(rules.exclusions, 1):
        yield from _exclusion_errors(f"talents.exclusions[{place}]", exclusion)


def _exclusion_errors(key: str, exclusion: Exclusion) -> Iterator[str]:
    for name in ("words", "certain", "unless"):
        for word in getattr(exclusion, name):
            if not plain(word):
                yield f"{key}.{name} : « {word} » n’a ni lettre ni chiffre : retirez-le"
