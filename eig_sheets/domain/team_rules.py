"""The rules of the teams, as the configuration states them: their sizes, what they may cost together."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from eig_sheets.domain.rules import Euros, Rules

Size = Annotated[int, Field(ge=1, le=20)]


class TeamRules(Rules):
    """`[teams]`: a project has from `min` to `max` talents, and never more than it asked for; or none.

    `budget`: euros that all of them may cost their employers, over their contracts; `source`: where it was published.
    """

    min: Size = 2
    max: Size = 3
    budget: Euros | None = None
    source: str = ""
