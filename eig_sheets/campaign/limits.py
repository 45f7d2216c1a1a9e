"""The limits of a selection: the column of `Candidatures` that each is about, and each as a setting of officers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import pandas as pd

from eig_sheets.config import Campaign, with_sections
from eig_sheets.domain.frames import Mask, unreadable
from eig_sheets.domain.selection_rules import SelectionLimit, SelectionRules
from eig_sheets.spreadsheet.model.cells import CellError, Uncomputed
from eig_sheets.text.french import number, plain, typographic
from eig_sheets.workbook.anomalies import Anomaly, anomaly, stopping
from eig_sheets.workbook.fields import Choices, TabSchema
from eig_sheets.workbook.layout import Layout, Names, TabLayout
from eig_sheets.workbook.locate import known_headers
from eig_sheets.workbook.ownership import squeezed
from eig_sheets.workbook.quoting import did_you_mean, shown
from eig_sheets.workbook.tabs import candidatures

LIMIT_WITHOUT_COLUMN: Final = stopping(
    "limite_sans_colonne",
    "La limite n° {position} de la sélection porte sur « {value} », qui n’est pas une colonne de « {tab} ».{hint}",
    "Rétablissez cette colonne, ou corrigez [[selection.limits]] dans la configuration : une limite que rien ne "
    "vérifie ne serait pas respectée.",
)

_TAB = "candidatures"


@dataclass(frozen=True, slots=True)
class LimitColumn:
    """A column that a limit is about: the field of the schema that it holds, None for one of the staff's own.

    `column`: its place in the tab, from 0; `header`: as people wrote it.
    """

    field: str | None
    column: int
    header: str


def missing_columns(campaign: Campaign, layout: Layout) -> Iterator[Anomaly]:
    """A problem for each limit whose column is not in the tab: unchecked, a limit would be broken unseen."""
    tab = layout.tabs.get(_TAB)
    if tab is None or campaign.selection is None:
        return
    for place, limit in enumerate(campaign.selection.limits, 1):
        if limit_column(limit, tab, campaign) is None:
            hint = did_you_mean(limit.column, _headers(tab).values())
            yield anomaly(LIMIT_WITHOUT_COLUMN, tab.name, value=limit.column, position=str(place), hint=hint)


def limit_column(limit: SelectionLimit, tab: TabLayout, campaign: Campaign) -> LimitColumn | None:
    """The column that a limit names by its header, as people see it, or by the id of its field; None without it."""
    fields = {field.id: field.id for field in tab.schema.fields}
    names = Names(campaign.workbook.tabs, campaign.workbook.headers)
    field = fields.get(limit.column) or known_headers(tab.schema, names).get(squeezed(limit.column))
    if field is not None and field in tab.columns:
        return LimitColumn(field, tab.columns[field], tab.header(field))
    for column, header in _headers(tab).items():
        if squeezed(header) == squeezed(limit.column):
            own = next((field_id for field_id, place in tab.columns.items() if place == column), None)
            return LimitColumn(own, column, header)
    return None


def _headers(tab: TabLayout) -> dict[int, str]:
    """The headers of the columns that are not the robot's, by their place."""
    cells = enumerate(tab.tab.rows[tab.header_row - 1])
    ours = {*tab.robot_columns.values()}
    return {place: " ".join(cell.split()) for place, cell in cells if isinstance(cell, str) and place not in ours}


def values_of(column: LimitColumn, dossiers: pd.DataFrame, tab: TabLayout) -> list[tuple[str, ...]]:
    """The values of each dossier in a column, as people see them; each item is one in a column of lists."""
    if column.field is None:
        return [_items(tab.tab.value(int(row), column.column)) for row in dossiers["row"]]
    return [_items(value) for value in dossiers[column.field].tolist()]


def unread_values(column: LimitColumn, dossiers: pd.DataFrame, tab: TabLayout) -> Mask:
    """Whether what each dossier has in a column cannot be read: nobody knows under which values it counts."""
    if column.field is not None:
        return unreadable(dossiers, [column.field])[column.field] & dossiers[column.field].map(_is_blank).to_numpy(bool)
    cells = (tab.tab.value(int(row), column.column) for row in dossiers["row"])
    return np.array([isinstance(cell, CellError | Uncomputed) for cell in cells], dtype=bool)


@cache
def _dossier_schema() -> TabSchema:
    """The columns of `Candidatures`, whatever a call offers in them."""
    return candidatures(Choices())


def limit_fields(campaign: Campaign) -> tuple[str, ...]:
    """The fields of `Candidatures` that limits are about, by their id or by a header; not the staff's own columns."""
    limits = campaign.selection.limits if campaign.selection is not None else ()
    if not limits:
        return ()
    schema = _dossier_schema()
    headers = known_headers(schema, Names(campaign.workbook.tabs, campaign.workbook.headers))
    ids = {field.id: field.id for field in schema.fields}
    found = (ids.get(limit.column) or headers.get(squeezed(limit.column)) for limit in limits)
    return tuple(dict.fromkeys(field for field in found if field is not None))


def _items(value: object) -> tuple[str, ...]:
    """The items of a list, or the only value of a cell; none for a blank or for punctuation alone."""
    items: tuple[object, ...] = value if isinstance(value, tuple) else (value,)
    written = (value_text(item) for item in items if not _is_blank(item))
    return tuple(item for item in written if plain(item))


def _is_blank(value: object) -> bool:
    return value is None or value is pd.NaT or value is pd.NA or value != value  # noqa: PLR0124 (NaN is not itself)


def value_text(value: object) -> str:
    """A value as people see it: oui, 3, Intérieur; also one of the configuration."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, float) and value.is_integer():
        return number(int(value))
    return shown(value)


ENVELOPE: Final = "Enveloppe de la sélection"
SECTION: Final = "selection"
_KINDS: Final = {"min": "Minimum – ", "max": "Maximum – "}
KINDS: Final = tuple(_KINDS.values())
"""How the label of a number of a limit begins."""
MAXIMISED: Final = "Ce que la sélection maximise"
UTILITIES: Final = {
    "p_selected": "somme des probabilités de sélection",
    "note": "somme des notes sur 20",
    "expected_rank": "somme des places gagnées sur la dernière, d’après le rang attendu",
}
"""What a selection maximises."""


def limit_keys(campaign: Campaign) -> dict[str, str]:
    """The label of each number of each limit, by its key: Maximum – Ministère de rattachement « Intérieur »."""
    rules = campaign.selection or SelectionRules()
    return {
        f"{SECTION}.limits.{place}.{name}": typographic(kind + _about(limit))
        for place, limit in enumerate(rules.limits)
        for name, kind in _KINDS.items()
        if getattr(limit, name) is not None
    }


def _about(limit: SelectionLimit) -> str:
    if limit.value is None:
        return limit.column
    return f"{limit.column} « {shown(limit.value)} »"


def is_limit(key: str) -> bool:
    """Whether a key is that of a number of a limit."""
    return key.startswith(f"{SECTION}.limits.")


def limit_value(campaign: Campaign, key: str) -> Any:
    """The number of a limit."""
    _, _, place, name = key.split(".")
    return getattr((campaign.selection or SelectionRules()).limits[int(place)], name)


def with_limit_value(campaign: Campaign, key: str, value: int) -> Campaign:
    """The campaign with another number for a limit. Raises ConfigError."""
    _, _, place, name = key.split(".")
    rules = (campaign.selection or SelectionRules()).model_dump()
    limits = [*rules["limits"]]
    limits[int(place)] = {**limits[int(place)], name: value}
    return with_sections(campaign, {SECTION: {**rules, "limits": tuple(limits)}})
