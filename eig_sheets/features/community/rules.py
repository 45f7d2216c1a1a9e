"""`[community]`: the figures of the community that the configuration begins."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from eig_sheets.config.sections import Section, beside
from eig_sheets.domain.rules import Rules

Total = Annotated[int, Field(ge=0, le=1_000_000)]


class CommunityRules(Rules):
    """`[community]`: the totals of the promotions before this one, as the programme published them; `source`: where."""

    projects: Total | None = None
    agents: Total | None = None
    talents: Total | None = None
    source: str = ""


SECTION: Final = Section(key="community", model=CommunityRules, of_one_call=True, packaged=beside(__file__))
