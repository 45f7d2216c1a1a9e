"""What an administration says of the open data that it publishes: nothing has a default."""

from __future__ import annotations

from eig_sheets.domain.rules import Rules


class OpenDataRules(Rules):
    """`[open_data]`: `producer`, whom every reuse must name (Licence Ouverte 2.0); `page`: where the data are."""

    producer: str = ""
    page: str = ""
