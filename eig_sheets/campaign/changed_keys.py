"""Keys that were probably mistyped since the last run: a new number or address resembles one that is gone. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from eig_sheets.domain.frames import objects
from eig_sheets.storage.last_known import LastKnown
from eig_sheets.text.french import plain
from eig_sheets.text.numbers import is_one_slip
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.codes import blocking
from eig_sheets.workbook.fields import Kind
from eig_sheets.workbook.model.cells import CellValue
from eig_sheets.workbook.parse import Table
from eig_sheets.workbook.quoting import quoted

KEY_CHANGED: Final = blocking(
    "cle_changee",
    "« {value} » en « {header} » remplace sans doute « {before} », lu à la dernière exécution et disparu depuis.",
    "Corrigez-le si c’est une faute ; s’il a vraiment changé : « eig-sheets sync --force ».",
)

_LIKE: Final = 0.9
"""Similarity from which an address may be another one mistyped: those of colleagues share their domain."""

_MOST_GONE: Final = 200
"""When more known keys are gone at once, people replaced the list: guarantee G8 tells, and none was mistyped."""


@dataclass(frozen=True, slots=True)
class ChangedKey:
    """A row, the known key that it probably had, and whether another one can be read in it now."""

    row: int
    before: str
    is_readable: bool


def changed_keys(table: Table, known: LastKnown) -> list[ChangedKey]:
    """The rows of a tab whose key is new, or cannot be read, while a known one like it is gone."""
    key = table.layout.schema.key
    before = known.values.get(table.layout.schema.id, {})
    there = {*table.frame[key].dropna()}
    gone = [whom for whom in before if whom not in there]
    if not 0 < len(gone) <= _MOST_GONE or known.accepted or key not in table.layout.columns:
        return []
    changed: list[ChangedKey] = []
    for row, value, name in _suspects(table, before):
        like = _like(value, name, gone, before, table) or _displaced(row, gone, table)
        if like is not None:
            gone.remove(like)
            changed.append(ChangedKey(row, like, isinstance(value, str) and _is_read(table, row)))
    return changed


def _suspects(table: Table, before: Mapping[str, object]) -> Iterator[tuple[int, CellValue, str | None]]:
    """The rows whose key was not known: its row, what is typed there, and the name that goes with it."""
    layout, key = table.layout, table.layout.schema.key
    names = table.frame["nom"] if "nom" in table.frame else [None] * len(table.frame)
    for row, value, name in zip(table.frame["row"], table.frame[key], names, strict=True):
        if value is None or value not in before:
            yield int(row), value if value is not None else layout.tab.value(int(row), layout.columns[key]), name


def _is_read(table: Table, row: int) -> bool:
    key = table.layout.schema.key
    return bool(table.frame.loc[table.frame["row"] == row, key].notna().iloc[0])


def _like(
    value: CellValue, name: str | None, gone: list[str], before: Mapping[str, Mapping[str, str]], table: Table
) -> str | None:
    """The known key that a row had: that of the same name, else one that differs by a slip or has words around it."""
    is_address = table.layout.schema.field(table.layout.schema.key).kind is Kind.EMAIL
    if is_address and name is not None:
        named = [whom for whom in gone if plain(before[whom].get("nom", "")) == plain(name)]
        if len(named) == 1:
            return named[0]
    if value is None:
        return None
    typed = str(value).strip().lower() if is_address else str(value).strip()
    if is_address:
        return next(iter(difflib.get_close_matches(typed, gone, 1, _LIKE)), None)
    return next((whom for whom in gone if is_one_slip(typed, whom) or whom in typed.split()), None)


def _displaced(row: int, gone: Collection[str], table: Table) -> str | None:
    """The known key that another of people's cells holds in a row: two cells were swapped."""
    layout, sought = table.layout, {whom.lower(): whom for whom in gone}
    said = (layout.tab.value(row, column) for column in layout.columns.values())
    keys = (sought.get(quoted(value).strip().lower()) for value in said if isinstance(value, (str, int, float)))
    return next(filter(None, keys), None)


def with_changed_keys(table: Table, changed: list[ChangedKey]) -> Table:
    """The table with the known address where a juror's may be mistyped; a dossier's row is left out."""
    if not changed:
        return table
    key = table.layout.schema.key
    if table.layout.schema.field(key).kind is not Kind.EMAIL:
        return table.without(frozenset(change.row for change in changed))
    known, frame = {change.row: change.before for change in changed}, table.frame.copy()
    rows = frame["row"].astype(int)
    frame[key] = objects([known.get(row, value) for row, value in zip(rows, frame[key], strict=True)], frame.index)
    frame["unreadable"] = objects(
        [unread | {key} if row in known else unread for row, unread in zip(rows, frame["unreadable"], strict=True)],
        frame.index,
    )
    return replace(table, frame=frame, blocked=table.blocked - frozenset(known))


def key_anomalies(table: Table, changed: list[ChangedKey]) -> Iterator[Anomaly]:
    """One for each key that may be a slip; one that cannot be read has its own."""
    layout, key = table.layout, table.layout.schema.key
    for change in changed:
        if change.is_readable:
            cell, value = layout.cell(key, change.row), quoted(layout.tab.value(change.row, layout.columns[key]))
            header = layout.header(key)
            yield anomaly(KEY_CHANGED, layout.name, cell, value=value, before=change.before, header=header)
