"""What a run remembers of people's tabs, for cells that cannot be read and keys that were mistyped since."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from eig_sheets.campaign.dependencies import Columns
from eig_sheets.campaign.erased_cells import erased_of, filled_of
from eig_sheets.domain.frames import objects
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.storage.last_run import KnownColumn, LastKnown
from eig_sheets.text.french import plain
from eig_sheets.text.numbers import is_one_slip
from eig_sheets.workbook import values
from eig_sheets.workbook.anomalies import Anomaly, anomaly, blocking
from eig_sheets.workbook.fields import Field, Kind
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.ownership import is_filled
from eig_sheets.workbook.parse import Table
from eig_sheets.workbook.quoting import quoted


def with_last_known(table: Table, known: LastKnown) -> Table:
    """The table with the last run's value in each remembered field that cannot be read.

    A row that was left out for such a field alone counts again, where the last run knew it.
    """
    remembered = _remembered(table.layout)
    before = known.values.get(table.layout.schema.id, {})
    if not remembered or not any(table.frame["unreadable"]):
        return table
    frame, key, recovered = table.frame.copy(), table.layout.schema.key, set[int]()
    for field in remembered:
        doubtful = frame["unreadable"].map(lambda fields, field=field: field.id in fields).astype(bool)
        cells = list(frame[field.id])
        for at, (whom, row, unread) in enumerate(zip(frame[key], frame["row"], doubtful, strict=True)):
            if unread and whom in before:
                text = before[whom].get(field.id)
                cells[at] = values.items(text) if field.kind is Kind.LIST else text
                recovered.add(int(row))
        frame[field.id] = objects(cells, frame.index)
    still = {row for row in recovered if not _is_otherwise_unread(table, row, remembered)}
    return Table(table.layout, frame, table.blocked - still)


def _is_otherwise_unread(table: Table, row: int, remembered: tuple[Field, ...]) -> bool:
    """Whether something else than a remembered field leaves the row out."""
    unread = table.frame.loc[table.frame["row"] == row, "unreadable"].iloc[0]
    return any(table.layout.schema.field(name).required for name in unread - {field.id for field in remembered})


def _remembered(layout: TabLayout) -> tuple[Field, ...]:
    return tuple(field for field in layout.schema.fields if field.remembered)


def last_known_of(tables: Mapping[str, Table], before: LastKnown, today: date, decisive: Columns) -> LastKnown:
    """What to remember of a run that read these tables; `decisive`: the columns that an act rests on."""
    known = before
    for tab_id, table in tables.items():
        if tab_id == table.layout.schema.id:
            known = _with_table(known, table, today, decisive.get(tab_id, frozenset()))
    return replace(known, accepted=False)


def _with_table(known: LastKnown, table: Table, today: date, decisive: Collection[str]) -> LastKnown:
    tab_id = table.layout.schema.id
    layout = table.layout
    columns = {
        field_id: column for field_id, column in known.columns.get(tab_id, {}).items() if field_id in layout.vanished
    }
    columns.update(_filled_columns(layout))
    others = [header for place, header in layout.unknown_headers.items() if place not in layout.vanished.values()]
    changed = replace(known, columns={**known.columns, tab_id: columns}, others={**known.others, tab_id: tuple(others)})
    if _remembered(layout):
        changed = replace(changed, values={**known.values, tab_id: _values(table, known)})
    if not layout.schema.identity:
        return changed
    return replace(
        changed,
        erased={**known.erased, tab_id: erased_of(table, known, today, decisive)},
        filled={**known.filled, tab_id: filled_of(table, known, decisive)},
    )


def _filled_columns(layout: TabLayout) -> Iterator[tuple[str, KnownColumn]]:
    rows = layout.tab.rows[layout.header_row :]
    for field_id, place in layout.columns.items():
        if any(place < len(row) and is_filled(row[place]) for row in rows):
            yield field_id, KnownColumn(layout.header(field_id), place)


def _values(table: Table, known: LastKnown) -> dict[str, dict[str, str]]:
    """The text of each remembered field: as read, else as the last run read it."""
    before = known.values.get(table.layout.schema.id, {})
    texts: dict[str, dict[str, str]] = {}
    names = [field.id for field in _remembered(table.layout)]
    for record in table.frame.dropna(subset=table.layout.schema.key).to_dict("records"):
        whom = str(record[table.layout.schema.key])
        texts.setdefault(whom, {})
        for name in names:
            value = record[name] if name not in record["unreadable"] else before.get(whom, {}).get(name)
            if value is not None and value == value:  # noqa: PLR0124 (a missing value differs from itself)
                texts[whom][name] = " ; ".join(value) if isinstance(value, tuple) else str(value)
    return texts


KEY_CHANGED: Final = blocking(
    "cle_changee",
    "« {value} » en « {header} » remplace sans doute « {before} », lu à la dernière exécution et disparu depuis.{hint}",
    "Corrigez-le si c’est une faute ; s’il a vraiment changé : « eig-sheets sync --force ».",
)

_NOT_COUNTED: Final = " D’ici là, ses lignes des autres onglets ne comptent pas."

_LIKE: Final = 0.9
"""Similarity from which an address may be another one mistyped: those of colleagues share their domain."""

_MOST_GONE: Final = 200
"""When more known keys are gone at once, people replaced the list: guarantee G8 tells, and none was mistyped."""


@dataclass(frozen=True, slots=True)
class ChangedKey:
    """A row, the known key that it probably had, and whether its present key can be read."""

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
    """The rows whose key was not known: the row, what is typed there, the name beside it."""
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
            is_address = layout.schema.field(key).kind is Kind.EMAIL
            dossier, hint = (None, "") if is_address else (change.before, _NOT_COUNTED)
            before = change.before
            yield anomaly(KEY_CHANGED, layout.name, cell, dossier, value=value, before=before, header=header, hint=hint)
