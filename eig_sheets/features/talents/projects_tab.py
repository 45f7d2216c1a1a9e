"""The tab `Projets` of the candidates' workbook: what they and their jury know of the projects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from eig_sheets.workbook import frame_columns
from eig_sheets.workbook.frame_columns import FrameColumn
from eig_sheets.workbook.model.sheet import Column, Format
from eig_sheets.workbook.render import cells
from eig_sheets.workbook.render.cells import Rows

TAB: Final = "projets"

_COLUMNS: Final[Sequence[FrameColumn[pd.DataFrame]]] = (
    FrameColumn(Column("N° de dossier", Format.TEXT, 14), lambda of: cells.column(of, "numero")),
    FrameColumn(Column("Nom du projet", Format.WRAPPED, 34), lambda of: cells.column(of, "projet")),
    FrameColumn(Column("Administration d’accueil", Format.WRAPPED, 34), lambda of: cells.column(of, "administration")),
    FrameColumn(
        Column("Profils demandés", Format.WRAPPED, 40),
        lambda of: [" ; ".join(words) if isinstance(words, tuple) else None for words in of["profils"]],
    ),
    FrameColumn(Column("Nombre d’EIG demandés", Format.INTEGER, 14), lambda of: cells.column(of, "nombre_eig")),
)
"""All that is shown of a project: nothing of its notes, rank, money or comments."""
COLUMNS: Final = frame_columns.looks(_COLUMNS)


def rows(laureates: pd.DataFrame) -> Rows:
    """One row a project, in the order of the numbers."""
    return frame_columns.rows(_COLUMNS, laureates.sort_values("numero"))
