"""Updates a robot's table by its differences: columns, then cells. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from operator import lt
from typing import Any, Final

from eig_sheets.spreadsheet.grist import identifiers, looks, values
from eig_sheets.spreadsheet.grist.style_rules import RULES
from eig_sheets.spreadsheet.grist.work import Action, WorkColumn, WorkDocument, WorkTable, parts
from eig_sheets.spreadsheet.model.cells import WrittenValue
from eig_sheets.spreadsheet.model.sheet import Sheet


def replacement(table: WorkTable, sheet: Sheet, work: WorkDocument) -> Iterator[Action]:
    """The actions that give the table the columns and rows of the sheet."""
    yield from _aligned(table, sheet, work.zone)
    yield from _moved(table, sheet)
    kept = min(len(sheet.rows), len(table.row_ids))
    yield from _updated(table, sheet.rows[:kept], work)
    if len(sheet.rows) > kept:
        yield from work.added_rows(table, table.columns, sheet.rows[kept:])
    elif len(table.row_ids) > kept:
        yield from (["BulkRemoveRecord", table.id, part] for part in parts(table.row_ids[kept:], lambda _: ()))
        del table.row_ids[kept:]


def _aligned(table: WorkTable, sheet: Sheet, zone: str) -> Iterator[Action]:
    """The actions that keep, rename, retype, add and remove columns."""
    headers = [column.header for column in sheet.columns]
    by_label = {column.label: column for column in reversed(table.columns) if column.label in headers}
    spare = [column for column in table.columns if by_label.get(column.label) is not column]
    aligned: list[WorkColumn] = []
    kept: list[WorkColumn] = []  # those before the first that is added
    added = 0
    for place, look in enumerate(sheet.columns):
        definition = looks.robot_column(look, [row[place] for row in sheet.rows], zone)
        column = by_label.get(look.header) or (spare.pop(0) if spare else None)
        if column is None:
            taken = [other.id for other in (*table.columns, *aligned)]
            column = WorkColumn.of(identifiers.column_in(table.id, look.header, taken), definition)
            yield ["AddVisibleColumn", table.id, column.id, {**definition, "untieColIdFromLabel": True}]
            added += 1
        else:
            if changes := _changes(column, definition):
                yield ["ModifyColumn", table.id, column.id, changes]
            if added:
                yield from _behind(table, column, added * _FAR + place)
            else:
                kept.append(column)
        aligned.append(WorkColumn.of(column.id, definition))
    for column in spare:
        yield ["RemoveColumn", table.id, column.id]
    yield from _ordered(table, kept)
    table.columns = aligned


_FAR: Final = 1e6
"""Farther than the positions of columns, which Grist counts by one."""


def _behind(table: WorkTable, column: WorkColumn, position: float) -> Iterator[Action]:
    """Put a column at a position: Grist adds columns at the end, and those that come after one go behind it."""
    refs = [known.ref for known in (table.source.columns if table.source else ()) if known.id == column.id]
    if refs:
        yield ["BulkUpdateRecord", "_grist_Tables_column", refs, {"parentPos": [position]}]


def _changes(column: WorkColumn, definition: dict[str, Any]) -> dict[str, Any]:
    """What has to change of a column; its id stays, whatever its label becomes."""
    if styles := column.options.get(RULES):  # ours, from when the table was made, or people's
        options = json.loads(definition["widgetOptions"] or "{}") | {RULES: styles}
        definition = definition | {"widgetOptions": json.dumps(options, ensure_ascii=False)}
    target = WorkColumn.of(column.id, definition)
    changes: dict[str, Any] = {}
    if column.label != target.label:
        changes = {"label": target.label, "untieColIdFromLabel": True}
    filled = column.default not in ("", definition["formula"])  # by others, in each row that we add
    if filled or (column.type, column.is_formula) != (target.type, False):
        changes |= {key: definition[key] for key in ("type", "isFormula", "formula", "widgetOptions")}
    elif dict(column.options) != dict(target.options):  # alone: for the others, Grist writes all of its code again
        changes["widgetOptions"] = definition["widgetOptions"]
    return changes


def _ordered(table: WorkTable, columns: Sequence[WorkColumn]) -> Iterator[Action]:
    """Put the columns in the order of the sheet, which is the one in which they are read."""
    source = table.source.columns if table.source else ()
    places = {column.id: (place, column.ref) for place, column in enumerate(source)}
    known = [places[column.id] for column in columns if column.id in places]
    if known != sorted(known):
        refs = [ref for _, ref in known]
        yield [
            "BulkUpdateRecord",
            "_grist_Tables_column",
            refs,
            {"parentPos": [place + 1.0 for place in range(len(refs))]},
        ]


def _moved(table: WorkTable, sheet: Sheet) -> Iterator[Action]:
    """Put the rows in their order, where they are the same ones: a rank that changes moves one, and rewrites none.

    Each takes the position of the one in whose place it comes; Grist puts it just before that.
    """
    positions = table.source.cells.get("manualSort", ()) if table.source else ()
    order = _order(table, sheet)
    if order == table.row_ids or not order or not _is_ascending(positions):
        return
    places = zip(order, positions, table.row_ids, strict=True)
    moved = {row_id: place for row_id, place, now in places if row_id != now}
    table.row_ids = order
    yield ["BulkUpdateRecord", table.id, [*moved], {"manualSort": [*moved.values()]}]


def _order(table: WorkTable, sheet: Sheet) -> list[int]:
    """The ids of the rows in the order of the sheet's, told by the first column of texts that all differ.

    None when these are not the same in both.
    """
    for place, column in enumerate(table.columns):
        keys, wanted = _now(table, column), [row[place] for row in sheet.rows]
        if keys and all(isinstance(key, str) for key in keys) and {*keys} == {*wanted}:
            rows = dict(zip(keys, table.row_ids, strict=True))
            return [rows[str(key)] for key in wanted] if len(rows) == len(keys) == len(wanted) else []
    return []


def _is_ascending(positions: Sequence[Any]) -> bool:
    return all(isinstance(place, (int, float)) for place in positions) and all(map(lt, positions, positions[1:]))


def _updated(table: WorkTable, rows: Sequence[Sequence[WrittenValue]], work: WorkDocument) -> Iterator[Action]:
    """Set the cells that differ, one action for the rows in which the same columns do."""
    now = [_now(table, column) for column in table.columns]
    changed: dict[tuple[int, ...], list[int]] = {}
    for place, row in enumerate(rows):
        different = tuple(
            column
            for column, value in enumerate(row)
            if not _same(now[column], place, work.shown(value, table.columns[column]))
        )
        if different:
            changed.setdefault(different, []).append(place)
    for different, places in changed.items():
        for part in parts(places, lambda place: rows[place]):
            cells = {
                table.columns[column].id: [work.encoded(rows[place][column], table.columns[column]) for place in part]
                for column in different
            }
            yield ["BulkUpdateRecord", table.id, [table.row_ids[place] for place in part], cells]


def _now(table: WorkTable, column: WorkColumn) -> Sequence[Any] | None:
    """The values of a column as they are, in the order that the rows will have; None when its type changes."""
    source = table.source
    known = next((other for other in source.columns if other.id == column.id), None) if source else None
    if source is None or known is None or known.type != column.type:
        return None
    read = dict(zip(source.row_ids, values.read_column(source.cells[column.id], column.type), strict=True))
    return [read[row_id] for row_id in table.row_ids]


def _same(now: Sequence[Any] | None, place: int, value: Any) -> bool:
    if now is None:
        return False
    if now[place] is None:
        return value in (None, "")
    return isinstance(now[place], bool) == isinstance(value, bool) and now[place] == value
