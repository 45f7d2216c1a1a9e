"""What a run remembers of people's tabs, which replaces cells and columns that cannot be read. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date

from eig_sheets.campaign.dependencies import Columns
from eig_sheets.campaign.erased_cells import erased_of, filled_of
from eig_sheets.domain.frames import objects
from eig_sheets.storage.last_known import KnownColumn, LastKnown
from eig_sheets.workbook import values
from eig_sheets.workbook.fields import Field, Kind
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.ownership import is_filled
from eig_sheets.workbook.parse import Table


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
