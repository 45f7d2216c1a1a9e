"""The tab `Projets` of the candidates' workbook: what they and their jury know of the projects."""

from __future__ import annotations

import pandas as pd

from eig_sheets.workbook.model.sheet import Column, Format
from eig_sheets.workbook.render import cells
from eig_sheets.workbook.render.cells import Rows

FIELDS = ("numero", "projet", "administration", "profils", "nombre_eig")
"""All that is shown of a project: nothing of its notes, rank, money or comments."""

COLUMNS = (
    Column("N° de dossier", Format.TEXT, 14),
    Column("Nom du projet", Format.WRAPPED, 34),
    Column("Administration d’accueil", Format.WRAPPED, 34),
    Column("Profils demandés", Format.WRAPPED, 40),
    Column("Nombre d’EIG demandés", Format.INTEGER, 14),
)


def rows(laureates: pd.DataFrame) -> Rows:
    """One row a project, in the order of the numbers; `laureates` has FIELDS."""
    ordered = laureates.sort_values("numero")
    asked = [" ; ".join(words) if isinstance(words, tuple) else None for words in ordered["profils"]]
    return cells.rows(*(asked if name == "profils" else cells.column(ordered, name) for name in FIELDS))
