"""Alterations of definitions on which sending rests, as a backend finds them in a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

TABLE: Final = "table_alteree"
"""A column of a robot's tab computes, or has another type: the tab is written again."""
COLUMN: Final = "colonne_en_formule"
"""A column of people's computes its values."""
FORM: Final = "formulaire_publie"
"""A form adds rows, for whoever has its link."""


@dataclass(frozen=True, slots=True)
class Alteration:
    """An alteration: its code, the tab, the header of the column ('': the whole tab), what it is about if anything."""

    code: str
    tab: str
    column: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class SentMark:
    """An e-mail that left, or may have, apart from the tab that says so: its id, the digest of its line, its state."""

    id: str
    digest: str
    state: str
