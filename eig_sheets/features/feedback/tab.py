"""The tab `Propositions de retour`: what an officer may draw on to write `Retour au porteur`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from eig_sheets.spreadsheet.model.sheet import Column, Format
from eig_sheets.workbook.robot_tab import RobotTab
from eig_sheets.workbook.table import Col, Table

TAB: Final = "propositions_retour"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One row. `comments`: how many `text` has; `left`: what was cut or left out, a line each, with its cell."""

    numero: str
    project: str | None
    decision: str | None
    comments: int
    text: str
    left: str
    written: str


TABLE: Final = Table[Proposal](
    Col("numero", tab=Column("N° de dossier", width=15)),
    Col("project", tab=Column("Projet", Format.WRAPPED, 26)),
    Col("decision", tab=Column("Décision", width=16)),
    Col("written", tab=Column("Retour au porteur", width=12, note="Si sa cellule est déjà remplie dans Candidatures.")),
    Col("comments", tab=Column("Commentaires", Format.INTEGER, 14)),
    Col(
        "text",
        tab=Column(
            "Proposition", Format.WRAPPED, 90,
            "Ce que des jurés acceptent de dire, sans leur nom. […] : une phrase a été ôtée. Relisez, puis écrivez "
            "vous-même dans Retour au porteur : rien ne part d’ici.",
        ),
    ),
    Col("left", tab=Column("Écarté, à relire", Format.WRAPPED, 70, "Ce qui a été ôté, pourquoi, et où le lire.")),
)  # fmt: skip
ROBOT_TAB: Final = RobotTab(
    TAB,
    "Propositions de retour",
    lambda *_: TABLE.sheet_columns,
    optional=True,
    needs_tab="candidatures",
    hidden=True,
    frozen_columns=2,
    computed=True,
    contents="Ce que les jurés acceptent de dire aux porteurs.",
)
