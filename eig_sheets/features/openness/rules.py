"""What an administration says of the open data that it publishes: nothing has a default."""

from __future__ import annotations

from typing import Final

from eig_sheets.config.sections import Section, beside
from eig_sheets.domain.rules import Rules


class OpenDataRules(Rules):
    """`[open_data]`: `producer`, whom every reuse must name (Licence Ouverte 2.0); `page`: where the data are."""

    producer: str = ""
    page: str = ""


SECTION: Final = Section(key="open_data", model=OpenDataRules, packaged=beside(__file__))
