"""The tab `Réglages`, from which `Paramètres` has what is in force of each setting that officers may change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from eig_sheets.spreadsheet.model.sheet import Column, Format
from eig_sheets.workbook.table import Col, Table


@dataclass(frozen=True, slots=True)
class SettingInForce:
    """A setting by its label: its value as people write it, where that comes from, and whether it may still change."""

    label: str
    value: str
    origin: str
    still_open: str


TABLE: Final = Table[SettingInForce](
    Col("label", tab=Column("Réglage", width=44, note="Les réglages que l’équipe peut changer, dans Paramètres.")),
    Col("value", tab=Column("Valeur en vigueur", Format.WRAPPED, 34)),
    Col(
        "origin",
        tab=Column(
            "D’où elle vient", Format.WRAPPED, 50,
            "La cellule de Paramètres ; sinon le fichier de configuration, celui qu’il reprend (eig5), ou la valeur "
            "par défaut du programme.",
        ),
    ),
    Col(
        "still_open",
        tab=Column(
            "Encore ouvert", Format.WRAPPED, 44,
            "Non, une fois l’évaluation commencée : un changement s’applique, reste signalé, et demande une ligne "
            "« Réouverture » avec sa raison.",
        ),
    ),
)  # fmt: skip
