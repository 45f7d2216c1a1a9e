"""The tab `Éligibilité`: each dossier's status, with every reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import pandas as pd

from eig_sheets.spreadsheet.model.sheet import Column, Format
from eig_sheets.workbook import cells, frame_columns, words
from eig_sheets.workbook.cells import Rows
from eig_sheets.workbook.frame_columns import FrameColumn
from eig_sheets.workbook.words import STATUS_TONES

Header = Callable[[str], str]


def reasons(coded: tuple[tuple[str, str], ...], header: Header) -> list[str]:
    """The French text of each (code, field); `header` gives a field's header as people wrote it."""
    return [words.REASONS[code].format(header=header(field)) for code, field in coded]


class _Frames(NamedTuple):
    """Eligibility and dossiers, row by row the same; `header` gives a field's header as people wrote it."""

    eligibility: pd.DataFrame
    dossiers: pd.DataFrame
    header: Header


_COLUMNS: Final[Sequence[FrameColumn[_Frames]]] = (
    FrameColumn(Column("N° de dossier", width=15), lambda of: cells.column(of.eligibility, "numero")),
    FrameColumn(Column("Nom du projet", Format.WRAPPED, 30), lambda of: cells.column(of.dossiers, "projet")),
    FrameColumn(
        Column("Administration d’accueil", Format.WRAPPED, 32), lambda of: cells.column(of.dossiers, "administration")
    ),
    FrameColumn(
        Column(
            "Éligibilité", width=14, tones=STATUS_TONES,
            note="Inéligible : ce qui est rempli enfreint une règle. À instruire : quelque chose manque ou ne se lit "
            "pas. Une case vide ne rend jamais inéligible.",
        ),
        lambda of: cells.worded(of.eligibility["status"], words.ELIGIBILITY),
    ),
    FrameColumn(
        Column("Motifs", Format.WRAPPED, 80, "Toutes les raisons, dans l’ordre des colonnes."),
        lambda of: [cells.sentence(reasons(coded, of.header)) for coded in of.eligibility["reasons"]],
    ),
)  # fmt: skip
COLUMNS: Final = frame_columns.looks(_COLUMNS)


def rows(eligibility: pd.DataFrame, dossiers: pd.DataFrame, header: Header) -> Rows:
    """One row per dossier, in their order."""
    return frame_columns.rows(_COLUMNS, _Frames(eligibility, dossiers, header))
