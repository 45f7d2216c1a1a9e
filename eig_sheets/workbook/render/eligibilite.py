"""The tab `Éligibilité`: each dossier's status, with every reason."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from eig_sheets.workbook import words
from eig_sheets.workbook.model.sheet import Column, Format
from eig_sheets.workbook.render import cells
from eig_sheets.workbook.render.cells import Rows
from eig_sheets.workbook.words import STATUS_TONES

COLUMNS = (
    Column("N° de dossier", width=15),
    Column("Nom du projet", Format.WRAPPED, 30),
    Column("Administration d’accueil", Format.WRAPPED, 32),
    Column(
        "Éligibilité", width=14, tones=STATUS_TONES,
        note="Inéligible : ce qui est rempli enfreint une règle. À instruire : quelque chose manque ou ne se lit pas. "
        "Une case vide ne rend jamais inéligible.",
    ),
    Column("Motifs", Format.WRAPPED, 80, "Toutes les raisons, dans l’ordre des colonnes."),
)  # fmt: skip

Header = Callable[[str], str]


def reasons(coded: tuple[tuple[str, str], ...], header: Header) -> list[str]:
    """The French text of each (code, field); `header` gives a field's header as people wrote it."""
    return [words.REASONS[code].format(header=header(field)) for code, field in coded]


def rows(eligibility: pd.DataFrame, dossiers: pd.DataFrame, header: Header) -> Rows:
    """One row per dossier, in their order."""
    return cells.rows(
        cells.column(eligibility, "numero"),
        cells.column(dossiers, "projet"),
        cells.column(dossiers, "administration"),
        cells.worded(eligibility["status"], words.ELIGIBILITY),
        [cells.sentence(reasons(coded, header)) for coded in eligibility["reasons"]],
    )
