"""The columns of every robot's tab, whatever its rows."""

from __future__ import annotations

from collections.abc import Sequence

from eig_sheets.workbook.render import (
    anomalies,
    classement,
    cofinancement,
    eligibilite,
    envois,
    journal,
    regles,
    tableau,
)
from eig_sheets.workbook.sheet import Column


def columns(criteria: Sequence[tuple[str, str]], scale: tuple[float, float]) -> dict[str, tuple[Column, ...]]:
    """By id of tab; `criteria` are (id, label) in the order of the columns, `scale` the lowest and highest score."""
    return {
        "tableau_de_bord": tableau.COLUMNS,
        "classement": classement.columns(criteria, scale),
        "cofinancement": cofinancement.COLUMNS,
        "eligibilite": eligibilite.COLUMNS,
        "regles": regles.COLUMNS,
        "anomalies": anomalies.COLUMNS,
        "envois": envois.COLUMNS,
        "journal": journal.COLUMNS,
    }
