"""`[teams]`: the sizes of teams, what they may cost together, and what is wrong in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

from pydantic import Field

from eig_sheets.config import Campaign
from eig_sheets.config.sections import Section, beside
from eig_sheets.domain.rules import Euros, Rules
from eig_sheets.text.french import plain

Size = Annotated[int, Field(ge=1, le=20)]


class TeamRules(Rules):
    """`[teams]`: a project has from `min` to `max` talents, and never more than it asked for; or none.

    `budget`: euros that all of them may cost their employers, over their contracts; `source`: where it was published.
    """

    min: Size = 2
    max: Size = 3
    budget: Euros | None = None
    source: str = ""


def _errors(campaign: Campaign) -> Iterator[str]:
    """A French sentence for each rule that cannot be used."""
    rules = campaign.section(TeamRules)
    if rules.min > rules.max:
        yield f"teams.min = {rules.min} dépasse teams.max = {rules.max} : corrigez l’un des deux"
    if rules.budget is not None and not plain(rules.source):
        yield (
            "il manque « teams.source », sans quoi teams.budget est refusé : écrivez où ce montant a été publié, par "
            "exemple « Cahier des charges, 4.2 »"
        )


SECTION: Final = Section(key="teams", model=TeamRules, errors=_errors, packaged=beside(__file__))
