"""The column of an export that says the state of each dossier: by the words of its header, and by its values. Pure.

Rows that are drafts, or withdrawn, are told by it alone. « Statut » may be what a candidate lives on: values decide.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from eig_sheets.call.applications.importing.columns import Columns, are_blank, may_be_found
from eig_sheets.call.applications.importing.header_words import words
from eig_sheets.call.applications.importing.likely import Header, Judgement, Likely
from eig_sheets.config import ImportSettings
from eig_sheets.config.export_columns import STATE_FIELD
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.text.french import plain

_NAMES: Final = frozenset({"etat", "statut", "situation", "avancement"})
_USUAL: Final = frozenset(
    {"dossier", "candidature", "projet", "demande", "reponse", "depot", "actuel", "administratif"}
)
"""Words that its header may have besides."""


def with_state(judgement: Judgement, columns: Columns, settings: ImportSettings) -> Judgement:
    """The judgement with the likely column of the state, or those that might be, where no name is known for it."""
    is_known = STATE_FIELD in columns.fields and not are_blank(_rows(columns), columns.fields[STATE_FIELD])
    if is_known or not may_be_found(STATE_FIELD, settings.fields):
        return judgement
    states = {plain(state) for state in (*settings.known_states, *settings.withdrawn_states, *settings.ignored_states)}
    named = [header for header in _headers(columns) if _is_named_so(header.text)]
    told = [header for header in _headers(columns) if _are_states(columns, header.place, states)]
    both = [header for header in named if header in told]
    if len(both) == 1:
        return replace(judgement, likely=(*judgement.likely, Likely(STATE_FIELD, (both[0],))))
    doubtful = tuple(dict.fromkeys((*both, *told, *named)))
    return replace(judgement, doubtful={**judgement.doubtful, STATE_FIELD: doubtful}) if doubtful else judgement


def _headers(columns: Columns) -> list[Header]:
    """The headers of the columns in which something is."""
    rows = _rows(columns)
    headers = enumerate(columns.headers)
    return [Header(place, text) for place, text in headers if plain(text) and not are_blank(rows, [place])]


def _is_named_so(header: str) -> bool:
    asked = words(header)
    return not asked.isdisjoint(_NAMES) and asked <= _NAMES | _USUAL


def _are_states(columns: Columns, place: int, states: set[str]) -> bool:
    """Whether most values of a column are the states of dossiers."""
    texts = [plain(str(value)) for row in _rows(columns) if (value := _value(row, place)) is not None]
    return bool(texts) and 2 * sum(text in states for text in texts) > len(texts)


def _value(row: tuple[CellValue, ...], place: int) -> CellValue:
    value = row[place] if place < len(row) else None
    return value if value is not None and str(value).strip() else None


def _rows(columns: Columns) -> tuple[tuple[CellValue, ...], ...]:
    return columns.table.rows[columns.header_row :]
