"""A plan as the user actions of Grist: each finds its table, column and row by their ids, never by a position. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from eig_sheets.workbook.grist import access, identifiers, looks, lookups, values
from eig_sheets.workbook.grist.capabilities import LONGEST_TEXT
from eig_sheets.workbook.grist.document import MARKS, RUNS, Document, GristTable
from eig_sheets.workbook.grist.reading import marks_of, row_of
from eig_sheets.workbook.model.cells import Formula, Link, WrittenValue, a1, parse_a1
from eig_sheets.workbook.model.plan import (
    AddColumn,
    AppendRows,
    CreateTab,
    Equip,
    Operation,
    Plan,
    ReplaceTab,
    SetCells,
    SetFormula,
)
from eig_sheets.workbook.model.sheet import Column, Owner, Sheet

Action = list[Any]

_REF = (
    "table = _grist_Tables.lookupOne(tableId=$table_id)\n"
    "return _grist_Tables_column.lookupOne(parentId=table.id, colId=$col_id).id if $col_id else table.id"
)
"""The stable number of what a mark is about: Grist computes it when the mark is added, and never again."""

_MARK_COLUMNS = [
    {"id": "table_id", "type": "Text", "isFormula": False},
    {"id": "col_id", "type": "Text", "isFormula": False},
    {"id": "ref", "type": "Int", "isFormula": False, "formula": _REF},
    {"id": "repere", "type": "Text", "isFormula": False},
    {"id": "aspect", "type": "Text", "isFormula": False},
    {"id": "robot", "type": "Bool", "isFormula": False},
]
_RUN_COLUMNS = [
    {"id": "jeton", "type": "Text", "isFormula": False},
    {"id": "termine", "type": "Bool", "isFormula": False},
]
_ROWS_PER_ACTION = 500


class InapplicableOperationError(ValueError):
    """An operation names a tab, a column or a row that the document does not have, or cannot hold. In French."""


@dataclass(frozen=True, slots=True)
class Editors:
    """Addresses: of the robot's account, which may change everything, and of the campaign's officers."""

    robot: str
    officers: Sequence[str] = ()


@dataclass
class WorkTable:
    """A table as the actions so far leave it: its id, its columns (id, label, type, is a formula), its row ids."""

    id: str
    title: str
    columns: list[WorkColumn]
    row_ids: list[int] = field(default_factory=list)
    source: GristTable | None = None
    is_ordered: bool = False


@dataclass
class WorkColumn:
    """A column as the actions so far leave it; `definition` is what Grist has of it, as far as we set it."""

    id: str
    label: str
    type: str
    is_formula: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)


class Batch:
    """The actions of one plan on one document. `token` names the run; `editors` may change what we protect.

    `url` is that of the document, `zone` the time zone of the moments that we write.
    """

    def __init__(self, document: Document, url: str, zone: str, editors: Editors, token: str) -> None:
        self.document, self.url, self.zone, self.token = document, url, zone, token
        self._editors = editors
        self.actions: list[Action] = []
        self._formulas: list[tuple[WorkTable, WorkColumn, str]] = []
        self._marks = marks_of(document)
        self._numbers = count(1)
        self._tables = [self._opened(table) for table in document.tables]

    def _opened(self, table: GristTable) -> WorkTable:
        mark = self._marks.get((table.ref, 0))
        columns = [
            WorkColumn(column.id, column.label, column.type, column.is_formula and not column.is_empty, column.options)
            for column in table.columns
        ]
        ordered = mark is not None and mark.robot
        return WorkTable(table.id, table.title, columns, [*table.row_ids], table, ordered)

    @property
    def run(self) -> int:
        """The number of this run: another one that was made from the same reading has the same, and fails."""
        return self.document.run + 1

    def add(self, plan: Plan) -> None:
        """Add the actions of a plan. Raises InapplicableOperationError."""
        self._begin()
        for operation in plan.operations:
            self._add(operation)
        for table, column, lookup in self._formulas:  # the tables that they show may come after theirs
            self._set_formula(table, column, lookup)
        self.actions.append(["UpdateRecord", RUNS, self.run, {"termine": True}])

    def _begin(self) -> None:
        document = self.document
        if not document.has_runs:
            self._add_own_table(RUNS, _RUN_COLUMNS)
        self.actions.append(["AddRecord", RUNS, self.run, {"jeton": self.token, "termine": False}])
        if document.run:
            self.actions.append(["RemoveRecord", RUNS, document.run])
        if not document.has_marks:
            self._add_own_table(MARKS, _MARK_COLUMNS)

    def _add_own_table(self, table_id: str, columns: list[dict[str, Any]]) -> None:
        """A table that no page shows: Grist adds it with three columns, which go."""
        self.actions.append(["AddRawTable", table_id])
        self.actions.extend(["AddHiddenColumn", table_id, column["id"], dict(column)] for column in columns)
        self.actions.extend(["RemoveColumn", table_id, letter] for letter in "ABC")

    def _add(self, operation: Operation) -> None:
        match operation:
            case CreateTab(sheet=sheet):
                self._create(sheet)
            case ReplaceTab(name=name, sheet=sheet):
                self._replace(self._table(name), sheet)
            case AddColumn():
                self._add_column(operation)
            case SetFormula():
                table = self._table(operation.tab)
                self._formulas.append((table, self._column(table, operation.column), operation.lookup))
            case SetCells():
                self._set_cells(operation)
            case AppendRows():
                self._append(operation)
            case Equip():
                self._equip(operation)

    def _table(self, title: str) -> WorkTable:
        found = next((table for table in self._tables if table.title == title), None)
        if found is None:
            raise InapplicableOperationError(f"La table « {title} » n’existe plus")
        return found

    @staticmethod
    def _column(table: WorkTable, place: int) -> WorkColumn:
        if not 0 <= place < len(table.columns):
            raise InapplicableOperationError(f"La table « {table.title} » n’a pas de colonne à cette place")
        return table.columns[place]

    def _create(self, sheet: Sheet) -> None:
        if any(table.title.casefold() == sheet.name.casefold() for table in self._tables):
            raise InapplicableOperationError(f"La table « {sheet.name} » existe déjà")
        table_id = identifiers.table_id(sheet.name, [MARKS, RUNS, *(table.id for table in self._tables)])
        if not table_id or "/" in sheet.name:
            raise InapplicableOperationError(f"« {sheet.name} » ne peut pas être le nom d’une table")
        robot = sheet.owner is Owner.ROBOT
        table = WorkTable(table_id, sheet.name, [], is_ordered=robot)
        definitions = [*self._definitions(sheet)]
        token = f"eig_{self.token}"
        columns = [*({**definition, "id": id_} for id_, definition in definitions), {"id": token}]
        self.actions.append(["AddTable", sheet.name, columns])
        # When somebody made a table of that id meanwhile, ours has another and this fails, with the whole list.
        self.actions.append(["RemoveColumn", table_id, token])
        for id_, definition in definitions:
            table.columns.append(_work_column(id_, definition))
            if definition["description"]:
                self.actions.append(["ModifyColumn", table_id, id_, {"description": definition["description"]}])
        self._tables.append(table)
        self._mark(table_id, "", sheet.id, look=sheet.look, robot=robot)
        self._mark_columns(table, sheet)
        if robot:
            self._protect(table, None)
        for place, look in enumerate(sheet.columns):
            if look.guarded and self._editors.officers:
                self._protect(table, table.columns[place])
        for place, lookup in sheet.lookups:
            self._formulas.append((table, table.columns[place], lookup))
        shown = {place for place, _ in sheet.lookups}
        self._add_rows(table, [place for place in range(len(sheet.columns)) if place not in shown], sheet.rows)

    def _definitions(self, sheet: Sheet) -> Iterator[tuple[str, dict[str, Any]]]:
        robots = {place for place, _ in sheet.robot_columns}
        taken: list[str] = []
        for place, look in enumerate(sheet.columns):
            id_ = identifiers.column_id(look.header, taken)
            taken.append(id_)
            yield id_, self._definition(sheet, place, look, shown=place in robots)

    def _definition(self, sheet: Sheet, place: int, look: Column, *, shown: bool) -> dict[str, Any]:
        if shown:
            return looks.shown_column(look)
        if sheet.owner is not Owner.ROBOT:
            return looks.people_column(look, self.zone)
        return looks.robot_column(look, [row[place] for row in sheet.rows], self.zone)

    def _mark_columns(self, table: WorkTable, sheet: Sheet) -> None:
        for place, field_id in enumerate(sheet.fields):
            self._mark(table.id, table.columns[place].id, field_id)
        for place, robot_id in sheet.robot_columns:
            self._mark(table.id, table.columns[place].id, robot_id, robot=True)

    def _mark(self, table_id: str, column_id: str, mark: str, *, look: str = "", robot: bool = False) -> None:
        values_ = {"table_id": table_id, "col_id": column_id, "repere": mark, "aspect": look, "robot": robot}
        self.actions.append(["AddRecord", MARKS, None, values_])

    def _replace(self, table: WorkTable, sheet: Sheet) -> None:
        """Make a robot's table what it should be, by its differences."""
        self._remark(table, sheet)
        columns = self._aligned(table, sheet)
        wanted = [[self._shown(value) for value in row] for row in sheet.rows]
        kept = min(len(wanted), len(table.row_ids))
        self._update_rows(table, columns, wanted[:kept])
        if len(wanted) > kept:
            self._add_rows(table, [*range(len(columns))], sheet.rows[kept:], columns)
        elif len(table.row_ids) > kept:
            self.actions.append(["BulkRemoveRecord", table.id, table.row_ids[kept:]])
            del table.row_ids[kept:]

    def _remark(self, table: WorkTable, sheet: Sheet) -> None:
        mark = self._marks.get((table.source.ref, 0)) if table.source else None
        if mark is None:
            self._mark(table.id, "", sheet.id, look=sheet.look, robot=True)
        elif (mark.id, mark.look, mark.robot) != (sheet.id, sheet.look, True):
            self.actions.append(
                ["UpdateRecord", MARKS, mark.row_id, {"repere": sheet.id, "aspect": sheet.look, "robot": True}]
            )
        table.is_ordered = True

    def _aligned(self, table: WorkTable, sheet: Sheet) -> list[WorkColumn]:
        """The columns of the sheet in the table: kept, renamed, retyped, added, removed as they have to be."""
        headers = [column.header for column in sheet.columns]
        by_label = {column.label: column for column in reversed(table.columns) if column.label in headers}
        spare = [column for column in table.columns if by_label.get(column.label) is not column]
        found: list[WorkColumn] = []
        for place, look in enumerate(sheet.columns):
            definition = looks.robot_column(look, [row[place] for row in sheet.rows], self.zone)
            column = by_label.get(look.header) or (spare.pop(0) if spare else None)
            found.append(self._fitted(table, column, definition) if column else self._new_column(table, definition))
        for column in spare:
            self.actions.append(["RemoveColumn", table.id, column.id])
        self._order(table, found)
        table.columns = found
        return found

    def _fitted(self, table: WorkTable, column: WorkColumn, definition: dict[str, Any]) -> WorkColumn:
        now = _work_column(column.id, definition)
        changes: dict[str, Any] = {}
        if column.label != now.label:
            changes["label"] = now.label
            changes["untieColIdFromLabel"] = True
        if column.type != now.type or column.is_formula or dict(column.options) != dict(now.options):
            changes |= {key: definition[key] for key in ("type", "isFormula", "formula", "widgetOptions")}
        if changes:
            self.actions.append(["ModifyColumn", table.id, column.id, changes])
        return now

    def _new_column(self, table: WorkTable, definition: dict[str, Any]) -> WorkColumn:
        taken = [column.id for column in table.columns]
        id_ = identifiers.column_id(definition["label"], taken)
        self.actions.append(["AddVisibleColumn", table.id, id_, definition])
        column = _work_column(id_, definition)
        table.columns.append(column)
        return column

    def _order(self, table: WorkTable, columns: Sequence[WorkColumn]) -> None:
        """Put the columns of a robot's table in the order of the sheet, which is the one in which they are read."""
        if table.source is None:
            return
        refs = {column.id: column.ref for column in table.source.columns}
        existing = [refs.get(column.id) for column in columns]
        known = [ref for ref in existing if ref is not None]
        places = {column.ref: place for place, column in enumerate(table.source.columns)}
        if None not in existing and [places[ref] for ref in known] != sorted(places[ref] for ref in known):
            positions = [place + 1.0 for place in range(len(known))]
            self.actions.append(["BulkUpdateRecord", "_grist_Tables_column", known, {"parentPos": positions}])

    def _update_rows(self, table: WorkTable, columns: Sequence[WorkColumn], wanted: Sequence[Sequence[Any]]) -> None:
        """Set the cells that differ, one action for the rows in which the same columns do."""
        changed: dict[tuple[int, ...], list[int]] = {}
        for place, row in enumerate(wanted):
            different = tuple(
                column for column, value in enumerate(row) if not self._is_already(table, columns[column], place, value)
            )
            if different:
                changed.setdefault(different, []).append(place)
        for different, places in changed.items():
            for part in _parts(places):
                cells = {
                    columns[column].id: [self._encoded(wanted[place][column], columns[column]) for place in part]
                    for column in different
                }
                self.actions.append(["BulkUpdateRecord", table.id, [table.row_ids[place] for place in part], cells])

    def _is_already(self, table: WorkTable, column: WorkColumn, place: int, value: Any) -> bool:
        source = table.source
        known = {other.id: other for other in source.columns} if source else {}
        if source is None or column.id not in known or known[column.id].type != column.type:
            return False
        stored = source.cells[column.id][place]
        now = values.read(stored, column.type)
        return (type(now) is type(value) and now == value) or (now is None and value in (None, ""))

    def _add_rows(
        self,
        table: WorkTable,
        places: Sequence[int],
        rows: Sequence[Sequence[WrittenValue]],
        columns: Sequence[WorkColumn] | None = None,
    ) -> None:
        columns = columns or [table.columns[place] for place in places]
        for part in _parts(rows):
            cells = {
                column.id: [self._encoded_value(row[place], column) for row in part]
                for place, column in zip(places, columns, strict=True)
            }
            self.actions.append(["BulkAddRecord", table.id, [None] * len(part), cells])
        if table.is_ordered:
            first = max(table.row_ids, default=0) + 1
            table.row_ids.extend(range(first, first + len(rows)))

    def _shown(self, value: WrittenValue) -> str | float | bool | datetime | None:
        """What a cell holds of a value: that of a formula, a text with the address of the cell to which it links."""
        if isinstance(value, Link):
            address = self._address(value)
            return f"{value.text} {address}" if address else value.text
        return value.value if isinstance(value, Formula) else value

    def _address(self, link: Link) -> str:
        """The address of a cell of a table that has a page; '' when there is none."""
        table = next((table for table in self._tables if table.title == link.tab), None)
        source = table.source if table else None
        section = next((one for one in source.sections if one.view == source.primary_view), None) if source else None
        row, place = parse_a1(link.cell)
        if table is None or source is None or section is None or place >= len(source.columns):
            return ""
        row_id = row_of(source, row, ordered=table.is_ordered)
        row_part = f".r{row_id}" if row_id else ""
        return f"{self.url}/p/{section.view}#a1.s{section.row_id}{row_part}.c{source.columns[place].ref}"

    def _encoded_value(self, value: WrittenValue, column: WorkColumn) -> Any:
        return self._encoded(self._shown(value), column)

    def _encoded(self, value: Any, column: WorkColumn) -> Any:
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            raise InapplicableOperationError(f"Un texte de {len(value)} caractères est trop long pour une cellule")
        try:
            return values.written(value, column.type, self.zone)
        except ValueError:
            raise InapplicableOperationError(f"« {value} » n’est pas un nombre") from None

    def _add_column(self, operation: AddColumn) -> None:
        table = self._table(operation.tab)
        taken = [column.id for column in table.columns]
        if operation.mark:
            id_ = identifiers.column_id(f"eig_{operation.mark}", taken)  # that no person gives
            definition = looks.shown_column(operation.look)
        else:
            id_ = identifiers.column_id(operation.look.header, taken)
            definition = looks.people_column(operation.look, self.zone)
        self.actions.append(["AddVisibleColumn", table.id, id_, definition | {"untieColIdFromLabel": True}])
        if definition["description"]:
            self.actions.append(["ModifyColumn", table.id, id_, {"description": definition["description"]}])
        table.columns.append(_work_column(id_, definition))
        mark = operation.mark or operation.field
        if mark:
            self._mark(table.id, id_, mark, robot=bool(operation.mark))
        if operation.lookup:
            self._formulas.append((table, table.columns[-1], operation.lookup))

    def _set_formula(self, table: WorkTable, column: WorkColumn, text: str) -> None:
        lookup = lookups.parsed(text)
        if lookup is None:
            raise InapplicableOperationError(f"La formule de « {column.label} » n’est pas de celles du robot")
        source = self._table(lookup.source)
        key, numbers, shown = (
            self._column(owner, place).id
            for owner, place in ((table, lookup.key), (source, lookup.numbers), (source, lookup.values))
        )
        formula = lookups.python(key, source.id, numbers, shown)
        self.actions.append(["ModifyColumn", table.id, column.id, {"isFormula": True, "formula": formula}])
        column.is_formula = True

    def _set_cells(self, operation: SetCells) -> None:
        table = self._table(operation.tab)
        column = self._column(table, operation.column)
        row_ids = [self._row_id(table, row, operation.column) for row, _ in operation.values]
        cells = [self._encoded_value(value, column) for _, value in operation.values]
        self.actions.append(["BulkUpdateRecord", table.id, row_ids, {column.id: cells}])

    @staticmethod
    def _row_id(table: WorkTable, row: int, column: int) -> int:
        found = row_of(table.source, row, ordered=table.is_ordered) if table.source else None
        if found is None:
            raise InapplicableOperationError(f"Table « {table.title} » : il n’y a plus de ligne en {a1(row, column)}")
        return found

    def _append(self, operation: AppendRows) -> None:
        table = self._table(operation.tab)
        columns = [self._column(table, place) for place in operation.columns]
        places = [
            place
            for place, column in enumerate(columns)
            if not column.is_formula or any(row[place] is not None for row in operation.rows)
        ]
        for place in places:
            if columns[place].is_formula:
                raise InapplicableOperationError(
                    f"La colonne « {columns[place].label} » de « {table.title} » est une formule : rien ne peut y être "
                    "ajouté. Convertissez-la en données"
                )
        self._add_rows(table, places, operation.rows, [columns[place] for place in places])

    def _equip(self, operation: Equip) -> None:
        table = self._table(operation.tab)
        if operation.mark:
            self._mark(table.id, "", operation.mark)
        for place, mark in operation.columns:
            self._mark(table.id, self._column(table, place).id, mark)
        for place, _ in operation.released:
            self._release(table, place)
        for guarded, _ in operation.guarded:
            self._protect(table, None if guarded is None else self._column(table, guarded))

    def _protect(self, table: WorkTable, column: WorkColumn | None) -> None:
        """Keep a column for the officers, or a whole table (None) for the robot."""
        editors = [self._editors.robot, *(self._editors.officers if column else ())]
        column_id = column.id if column else "*"
        self.actions.extend(access.actions(table.id, column_id, editors, self.document, next(self._numbers)))

    def _release(self, table: WorkTable, place: int) -> None:
        if table.source is not None:
            ref = table.source.columns[place].ref
            for mark in self.document.marks:
                if self._marks.get((table.source.ref, ref)) == mark:
                    self.actions.append(["RemoveRecord", MARKS, mark.row_id])


def _work_column(id_: str, definition: Mapping[str, Any]) -> WorkColumn:
    options = json.loads(definition["widgetOptions"] or "{}")
    return WorkColumn(id_, definition["label"], definition["type"], bool(definition["isFormula"]), options)


def _parts(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), _ROWS_PER_ACTION):
        yield items[start : start + _ROWS_PER_ACTION]
