"""Size limits of people's tabs: beyond them, an anomaly stops the run, so that any run ends within seconds.

`tests/end_to_end/test_cost.py` measures what is just below and just above them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.codes import stopping
from eig_sheets.workbook.fields import Kind
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.model.cell_names import column_name

TAB_TOO_LONG: Final = stopping(
    "onglet_demesure",
    "L’onglet « {tab} » a {value} lignes remplies ; le robot en lit {limit} au plus.",
    "Effacez celles qui sont de trop : souvent un collage, ou une colonne remplie jusqu’en bas de la feuille.",
)
TAB_TOO_WIDE: Final = stopping(
    "onglet_trop_large",
    "L’onglet « {tab} » a {value} cellules, jusqu’à la {column} ; le robot en lit {limit} au plus.",
    "Supprimez les lignes et les colonnes de trop : souvent un collage, ou un remplissage jusqu’au bord.",
)
TABS_TOO_LONG: Final = stopping(
    "onglets_demesures",
    "Les onglets ont ensemble plus de lignes que le robot n’en lit : {value} dans « {tab} », {count} dans « {other} ».",
    "Effacez celles qui sont de trop : souvent un collage, ou une colonne remplie jusqu’en bas de la feuille.",
)

_SCORED_RATIO: Final = 25
_EMAILS_RATIO: Final = 5
"""How many rows of evaluations, and of e-mails, cost what a dossier does."""
_MOST_COLUMNS: Final = 100
"""Columns that a tab may have at its most rows; fewer rows may be wider."""
_MOST_TOTAL: Final = 1.5
"""How far tabs may be filled together: one to its limit, say, and another half."""


def oversized(layouts: Sequence[TabLayout], rows: Mapping[str, int], most_rows: int) -> Iterator[Anomaly]:
    """An anomaly for each tab with too many rows or cells; or else one when they have too many together.

    `rows`: how many are filled, by the id of the tab; `most_rows`: those that one tab may have, evaluations and e-mails
    apart.
    """
    oversized_tabs = [excess for layout in layouts for excess in _of_tab(layout, rows[layout.schema.id], most_rows)]
    yield from oversized_tabs
    shares = {layout.schema.id: _share(layout, rows[layout.schema.id], most_rows) for layout in layouts}
    if not oversized_tabs and sum(shares.values()) > _MOST_TOTAL:
        first, second = sorted(layouts, key=lambda layout: -shares[layout.schema.id])[:2]
        value, count = rows[first.schema.id], rows[second.schema.id]
        yield anomaly(TABS_TOO_LONG, first.name, value=value, other=second.name, count=count)


def _of_tab(layout: TabLayout, rows: int, most_rows: int) -> Iterator[Anomaly]:
    limit = _most_rows_of(layout, most_rows)
    if rows > limit:
        yield anomaly(TAB_TOO_LONG, layout.name, value=rows, limit=limit)
    elif (cells := _cells(layout)) > limit * _MOST_COLUMNS:
        by_id = layout.rows_have_ids
        last = column_name(max(map(len, layout.tab.rows)) - 1, by_id=by_id)
        limit *= _MOST_COLUMNS
        yield anomaly(TAB_TOO_WIDE, layout.name, value=cells, column=last if by_id else f"colonne {last}", limit=limit)


def _share(layout: TabLayout, rows: int, most_rows: int) -> float:
    """How far a tab is filled; 1 at its limit."""
    limit = _most_rows_of(layout, most_rows)
    return max(rows / limit, _cells(layout) / (limit * _MOST_COLUMNS))


def _most_rows_of(layout: TabLayout, most_rows: int) -> int:
    if layout.schema.id == "emails":
        return most_rows * _EMAILS_RATIO
    scored = any(field.kind is Kind.SCORE for field in layout.schema.fields)
    return most_rows * _SCORED_RATIO if scored else most_rows


def _cells(layout: TabLayout) -> int:
    return sum(map(len, layout.tab.rows))
