"""What a run remembers of people's tabs, and what stands of it where a cell or a column cannot be read. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from eig_sheets.domain.frames import objects
from eig_sheets.storage.last_known import Erased, KnownColumn, LastKnown
from eig_sheets.workbook import values
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.fields import Field, Kind
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.ownership import is_filled
from eig_sheets.workbook.parse import Table

SAID_FOR: Final = timedelta(days=7)
"""A value that a cell lost is said for so long, so that an officer has time to see it."""


def with_last_known(table: Table, known: LastKnown) -> Table:
    """The table in which remembered fields that cannot be read have the value that the last run read.

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
                cells[at] = _as_read(field, before[whom].get(field.id))
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


def _as_read(field: Field, text: str | None) -> Any:
    return values.items(text) if field.kind is Kind.LIST else text


def _as_text(value: Any) -> str:
    return " ; ".join(value) if isinstance(value, tuple) else str(value)


def erased_values(table: Table, known: LastKnown) -> Iterator[Anomaly]:
    """An anomaly for each remembered value that was there at the last run, or less than a week ago, and is blank."""
    layout, key = table.layout, table.layout.schema.key
    lost = _lost(table, known)
    for whom, row in zip(table.frame[key], table.frame["row"], strict=True):
        for field_id, value in lost.get(whom, {}).items():
            cell, header = layout.cell(field_id, int(row)), layout.header(field_id)
            dossier = whom if key == "numero" else None
            yield anomaly("valeur_effacee", layout.name, cell, dossier, header=header, value=value)


def _lost(table: Table, known: LastKnown) -> dict[str, dict[str, str]]:
    """The values that cells lost, by the key of the row and the field."""
    tab_id, key = table.layout.schema.id, table.layout.schema.key
    before, erased = known.values.get(tab_id, {}), known.erased.get(tab_id, {})
    found: dict[str, dict[str, str]] = {}
    for field in _remembered(table.layout):
        if field.id not in table.layout.columns:
            continue
        blank = table.frame[field.id].isna() & ~table.frame["unreadable"].map(lambda fields, f=field: f.id in fields)
        for whom in table.frame.loc[blank.astype(bool), key].dropna():
            old = before.get(whom, {}).get(field.id) or getattr(erased.get(whom, {}).get(field.id), "value", None)
            if old:
                found.setdefault(whom, {})[field.id] = old
    return found


def last_known_of(tables: Mapping[str, Table], before: LastKnown, today: date) -> LastKnown:
    """What to remember of a run that read these tables."""
    known = replace(before, accepted=False)
    for tab_id, table in tables.items():
        if tab_id == table.layout.schema.id:
            known = _with_table(known, tab_id, table, today)
    return known


def _with_table(known: LastKnown, tab_id: str, table: Table, today: date) -> LastKnown:
    layout = table.layout
    columns = {
        field_id: column for field_id, column in known.columns.get(tab_id, {}).items() if field_id in layout.vanished
    }
    columns.update(_filled_columns(layout))
    others = [header for place, header in layout.unknown_headers.items() if place not in layout.vanished.values()]
    changed = replace(known, columns={**known.columns, tab_id: columns}, others={**known.others, tab_id: tuple(others)})
    if not _remembered(layout):
        return changed
    values_, erased = _values(table, known), _erased(table, known, today)
    return replace(changed, values={**known.values, tab_id: values_}, erased={**known.erased, tab_id: erased})


def _filled_columns(layout: TabLayout) -> Iterator[tuple[str, KnownColumn]]:
    rows = layout.tab.rows[layout.header_row :]
    for field_id, place in layout.columns.items():
        if any(place < len(row) and is_filled(row[place]) for row in rows):
            yield field_id, KnownColumn(layout.header(field_id), place)


def _values(table: Table, known: LastKnown) -> dict[str, dict[str, str]]:
    """The text of each remembered field: as read, else as the last run read it."""
    before = known.values.get(table.layout.schema.id, {})
    found: dict[str, dict[str, str]] = {}
    names = [field.id for field in _remembered(table.layout)]
    for record in table.frame.dropna(subset=table.layout.schema.key).to_dict("records"):
        whom = str(record[table.layout.schema.key])
        found.setdefault(whom, {})
        for name in names:
            value = record[name] if name not in record["unreadable"] else before.get(whom, {}).get(name)
            if value is not None and value == value:  # noqa: PLR0124 (a missing value differs from itself)
                found[whom][name] = _as_text(value)
    return found


def _erased(table: Table, known: LastKnown, today: date) -> dict[str, dict[str, Erased]]:
    earlier = known.erased.get(table.layout.schema.id, {})
    found: dict[str, dict[str, Erased]] = {}
    for whom, lost in _lost(table, known).items():
        for name, value in lost.items():
            seen = earlier.get(whom, {}).get(name, Erased(value, today)).seen
            if seen + SAID_FOR > today:
                found.setdefault(whom, {})[name] = Erased(value, seen)
    return found
