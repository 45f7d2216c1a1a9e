"""The tab `Réglages`: the value in force of each setting that officers may change, and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eig_sheets.workbook.model.sheet import Column, Format
from eig_sheets.workbook.render.cells import Rows

IN_FORCE = "Valeur en vigueur"
ORIGIN = "D’où elle vient"

COLUMNS = (
    Column("Réglage", width=44, note="Les réglages que l’équipe peut changer, dans Paramètres."),
    Column(IN_FORCE, Format.WRAPPED, 34),
    Column(
        ORIGIN,
        Format.WRAPPED,
        50,
        "La cellule de Paramètres ; sinon le fichier de configuration, celui qu’il reprend (eig5), ou la valeur par "
        "défaut du programme.",
    ),
)


@dataclass(frozen=True, slots=True)
class SettingInForce:
    """A setting by its label: its value as people write it, and where that comes from."""

    label: str
    value: str
    origin: str


def rows(settings: Sequence[SettingInForce]) -> Rows:
    """One row per setting, in their order."""
    return tuple((setting.label, setting.value, setting.origin) for setting in settings)
