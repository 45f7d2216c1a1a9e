"""The tab `Projets` of the candidates' workbook: the projects that are revealed, and what is known of them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.parts import Part
from eig_sheets.emails.catalogue.conditions import laureates
from eig_sheets.features.talents.settings import TalentDates
from eig_sheets.run.sheets import KeptRows, Standing
from eig_sheets.spreadsheet.model.sheet import Column, Format
from eig_sheets.workbook import cells, frame_columns
from eig_sheets.workbook.cells import Rows
from eig_sheets.workbook.frame_columns import FrameColumn

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


def _revealed_projects(reading: Reading, today: date) -> Rows:
    """The rows of `Projets`; none before the day of `[emails.talents] revealed`, nor where the dossiers are beside."""
    revealed = reading.campaign.section(TalentDates).revealed
    if reading.campaign.part is not Part.TALENTS or revealed is None or today < revealed:
        return ()
    dossiers = reading.valid_rows("candidatures")
    return rows(dossiers[laureates(dossiers)])


ROWS: Final = KeptRows(
    TAB, lambda reading, _results, _last_run, _previous, day: Standing(_revealed_projects(reading, day))
)
