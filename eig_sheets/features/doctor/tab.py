"""The tab `Essai d’écriture`: one row, which `doctor --canary` writes, reads again and takes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from eig_sheets.spreadsheet.model.sheet import Column, Format
from eig_sheets.workbook.cells import Rows
from eig_sheets.workbook.robot_tab import RobotTab
from eig_sheets.workbook.table import Col, Table

TAB: Final = "essai_ecriture"
NAME: Final = "Essai d’écriture"
_TEXT: Final = "=1+1 ; « œ’é »"
"""Text that stays text: what begins as a formula, and letters that are not of every alphabet."""
_NUMBER: Final = 3.5


@dataclass(frozen=True, slots=True)
class WriteTrial:
    """One trial: a text that no other trial has, and its moment, naive, to the second."""

    token: str
    at: datetime


TABLE: Final = Table[WriteTrial](
    Col(
        "token",
        tab=Column(
            "Essai", width=20,
            note="Pour le robot : « doctor --canary » écrit ici une ligne, la relit et l’efface. Une ligne qui reste "
            "vient d’un essai interrompu ; le suivant l’efface.",
        ),
    ),
    Col("at", tab=Column("Écrit le", Format.DATETIME, 18)),
    Col("text", value=lambda _: _TEXT, tab=Column("Texte", width=24)),
    Col("number", value=lambda _: _NUMBER, tab=Column("Nombre", Format.NOTE, 10)),
)  # fmt: skip
ROBOT_TAB: Final = RobotTab(TAB, NAME, lambda *_: TABLE.sheet_columns, optional=True, hidden=True, in_both=True)


def rows(trial: WriteTrial | None) -> Rows:
    """The row of a trial; none once it was taken back."""
    return TABLE.cells((trial,) if trial else ())
