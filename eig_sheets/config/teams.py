"""Checks of `[teams]`: sizes that leave no team, a budget that nobody published."""

from __future__ import annotations

from collections.abc import Iterator

from eig_sheets.domain.team_rules import TeamRules
from eig_sheets.text.french import plain


def team_errors(rules: TeamRules) -> Iterator[str]:
    """A French sentence for each rule that cannot be used."""
    if rules.min > rules.max:
        yield f"teams.min = {rules.min} dépasse teams.max = {rules.max} : corrigez l’un des deux"
    if rules.budget is not None and not plain(rules.source):
        yield (
            "il manque « teams.source », sans quoi teams.budget est refusé : écrivez où ce montant a été publié, par "
            "exemple « Cahier des charges, 4.2 »"
        )
