"""`[acceptances]`: when somebody who has not answered is reminded."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from eig_sheets.config.sections import Section, beside, texts_beside
from eig_sheets.domain.rules import Rules


class AcceptanceSettings(Rules):
    """`[acceptances]`. `reminded_after_days`: days from the e-mail that asks to its reminder."""

    reminded_after_days: Annotated[int, Field(ge=1, le=365)] = 7


SECTION: Final = Section(key="acceptances", model=AcceptanceSettings, packaged=beside(__file__))
TEXTS: Final = texts_beside(__file__)
