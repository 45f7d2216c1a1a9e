"""A plan as the user actions of Grist: each finds its table, column and row by their ids, never by a position. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eig_sheets.spreadsheet.grist import (
    charts,
    dressing,
    identifiers,
    kept_rows,
    looks,
    lookups,
    own_tables,
    readers,
    wrong_numbers,
)
from eig_sheets.spreadsheet.grist.document import ACCOUNT_MARK, MARKS, RUNS, WORKBOOK_MARK, Document
from eig_sheets.spreadsheet.grist.robot_tables import replacement
from eig_sheets.spreadsheet.grist.signing import NewColumn, new_column
from eig_sheets.spreadsheet.grist.work import (
    Action,
    InapplicableOperationError,
    WorkColumn,
    WorkDocument,
    WorkTable,
    parts,
)
from eig_sheets.spreadsheet.model.access import CloseAccess
from eig_sheets.spreadsheet.model.plan import (
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
from eig_sheets.spreadsheet.model.sheet import Column, Owner, Sheet
from eig_sheets.spreadsheet.model.signing import Signing


class Batch:
    """The actions of one plan on one document. `token` names the run; `robot` is the address of the robot's account.

    `url` is that of the document's pages, `zone` the time zone of the moments that we write. `signs`: whether new
    tables say who typed what decides.
    """

    def __init__(self, document: Document, url: str, zone: str, robot: str, token: str, *, signs: bool = False) -> None:
        self.document, self.token, self.robot, self._signs = document, token, robot, signs
        self.actions: list[Action] = []
        self._work = WorkDocument(document, url, zone)
        self._access = readers.WorkAccess(document)
        self._marked: set[tuple[str, str]] = set()
        self._formulas: list[tuple[WorkTable, WorkColumn, str]] = []
        self.leaves_undressed = False
        self._signings: list[tuple[WorkTable, Signing]] = []

    @property
    def run(self) -> int:
        """The number of this run: another one that was made from the same reading has the same, and fails."""
        return self.document.run + 1

    @property
    def still_last(self) -> Action:
        """An action that makes Grist refuse the whole request once another run has begun after this one."""
        return ["UpdateRecord", RUNS, self.run, {"termine": False}]

    @property
    def author_columns(self) -> list[NewColumn]:
        """The columns of authors that the plan adds or makes again, once its other columns are there."""
        return [new_column(table, signing) for table, signing in self._signings]

    def add(self, plan: Plan) -> None:
        """Add the actions of a plan. Raises InapplicableOperationError."""
        self._begin()
        for operation in plan.operations:
            self._add(operation)
        for title, sheet in dressing.with_new_charts(plan, self.document):
            self._leave(self._work.table(title), CreateTab(sheet), is_new=False)
        for table, column, lookup in self._formulas:  # the tables that they show may come after theirs
            self._set_formula(table, column, lookup)
        makes_tables = any(isinstance(operation, CreateTab) for operation in plan.operations)
        self.actions.extend(dressing.actions(self.document, self._work.zone, makes_tables=makes_tables))
        if self._signings and self.robot not in self.document.robots:
            self._mark("", "", f"{ACCOUNT_MARK}{self.robot}")
        self.actions.append(["UpdateRecord", RUNS, self.run, {"termine": True}])
        self.actions.extend(self._access.actions())  # last: rules hold at once, for what follows in the list too

    def _leave(self, table: WorkTable, created: CreateTab, *, is_new: bool) -> None:
        """Record what a new table still lacks: it needs numbers that Grist gives to the table."""
        self.leaves_undressed = True
        self.actions.append(dressing.pending_mark(table.id, created, is_new=is_new))

    def _begin(self) -> None:
        document = self.document
        if not document.has_runs:
            self.actions.extend(own_tables.created(RUNS))
        self.actions.append(["AddRecord", RUNS, self.run, {"jeton": self.token, "termine": False}])
        if document.run:  # an update first: Grist ignores the removal of a row that two other runs replaced
            self.actions.append(["UpdateRecord", RUNS, document.run, {"termine": True}])
            self.actions.append(["RemoveRecord", RUNS, document.run])
        if not document.has_marks:
            self.actions.extend(own_tables.created(MARKS))
        if not document.identity:
            self._mark("", "", f"{WORKBOOK_MARK}{self.token}")

    def _add(self, operation: Operation) -> None:
        match operation:
            case CreateTab():
                self._create(operation)
            case ReplaceTab(name=name, sheet=sheet):
                self._replace(self._work.table(name), sheet)
            case AddColumn():
                self._add_column(operation)
            case SetFormula():
                table = self._work.table(operation.tab)
                self._formulas.append((table, table.column(operation.column), operation.lookup))
            case SetCells():
                self._set_cells(operation)
            case AppendRows():
                self._append(operation)
            case Equip():
                self._equip(operation)
            case CloseAccess(access=access, readers=wanted):
                self.actions.extend(self._access.close(access, wanted, self.robot))

    def _create(self, operation: CreateTab) -> None:
        sheet = operation.sheet
        table = self._new_table(sheet)
        definitions = [*_definitions(sheet, table.id, self._work.zone)]
        token = f"eig_{self.token}"
        columns = [*({**definition, "id": id_} for id_, definition in definitions), {"id": token}]
        self.actions.append(["AddTable", sheet.name, columns])
        # When somebody made a table of that id meanwhile, ours has another and this fails, with the whole list.
        self.actions.append(["RemoveColumn", table.id, token])
        for id_, definition in definitions:
            table.columns.append(WorkColumn.of(id_, definition))
            self._describe(table, id_, definition)
        self.actions.extend(wrong_numbers.added_column(table, sheet))
        self._work.tables.append(table)
        self._mark_all(table, sheet)
        self._leave(table, operation, is_new=True)
        self._keep(table, sheet)
        self._formulas.extend((table, table.columns[place], lookup) for place, lookup in sheet.lookups)
        if self._signs:
            self._signings.extend((table, signing) for signing in sheet.signings)
        filled = [place for place in range(len(sheet.columns)) if place not in dict(sheet.lookups)]
        rows = [[row[place] for place in filled] for row in sheet.rows]
        self.actions.extend(self._work.added_rows(table, [table.columns[place] for place in filled], rows))

    def _new_table(self, sheet: Sheet) -> WorkTable:
        if any(table.title.casefold() == sheet.name.casefold() for table in self._work.tables):
            raise InapplicableOperationError(f"La table « {sheet.name} » existe déjà")
        table_id = identifiers.table_id(sheet.name, [*own_tables.TABLES, *(table.id for table in self._work.tables)])
        if not table_id or "/" in sheet.name:
            raise InapplicableOperationError(f"« {sheet.name} » ne peut pas être le nom d’une table")
        return WorkTable(table_id, sheet.name, [], is_ordered=sheet.owner is Owner.ROBOT)

    def _mark_all(self, table: WorkTable, sheet: Sheet) -> None:
        self._mark(table.id, "", sheet.id, look=sheet.look, robot=table.is_ordered)
        for place, field_id in enumerate(sheet.fields):
            self._mark(table.id, table.columns[place].id, field_id)
        for place, robot_id in sheet.robot_columns:
            self._mark(table.id, table.columns[place].id, robot_id, robot=True)

    def _mark(self, table_id: str, column_id: str, mark: str, *, look: str = "", robot: bool = False) -> None:
        place = (table_id, column_id if table_id else mark)
        if place in self._marked:
            return
        self._marked.add(place)
        self._access.mark(table_id, column_id, mark, robot=robot)
        cells = {"table_id": table_id, "col_id": column_id, "repere": mark, "aspect": look, "robot": robot}
        self.actions.append(["AddRecord", MARKS, None, cells])

    def _keep(self, table: WorkTable, sheet: Sheet) -> None:
        """Keep the types of a new table of the robot's, and the e-mails that left, where it is the one that says so."""
        if sheet.sent is not None:
            self.actions.extend(kept_rows.sent_actions(sheet.sent, self.document))
        if table.is_ordered:
            self.actions.extend(kept_rows.types_actions(table, self.document))

    def _describe(self, table: WorkTable, column_id: str, definition: dict[str, Any]) -> None:
        """The note of a header is the description of its column, which only a change of it can set."""
        if definition["description"]:
            self.actions.append(["ModifyColumn", table.id, column_id, {"description": definition["description"]}])

    def _replace(self, table: WorkTable, sheet: Sheet) -> None:
        mark = self._work.marks.get((table.source.ref, 0)) if table.source else None
        if mark is None:
            self._mark(table.id, "", sheet.id, look=sheet.look, robot=True)
        elif (mark.id, mark.look, mark.robot) != (sheet.id, sheet.look, True):
            cells = {"repere": sheet.id, "aspect": sheet.look, "robot": True}
            self.actions.append(["UpdateRecord", MARKS, mark.row_id, cells])
        table.is_ordered = True
        if sheet.sent is not None:  # first: an e-mail that left is never forgotten between two requests
            self.actions.extend(kept_rows.sent_actions(sheet.sent, self.document))
        self.actions.extend(replacement(table, sheet, self._work))
        self.actions.extend(kept_rows.types_actions(table, self.document))
        labels = [self._work.column_ref(chart.tab, chart.labels) for chart in sheet.charts]
        self.actions.extend(charts.renamed([chart.title for chart in sheet.charts], labels, self.document))

    def _add_column(self, operation: AddColumn) -> None:
        table = self._work.table(operation.tab)
        taken = [column.id for column in table.columns]
        if operation.mark:
            id_ = identifiers.column_id(f"eig_{table.id}_{operation.mark}", taken)  # that no person gives
            definition = looks.shown_column(operation.look)
        else:
            id_ = identifiers.column_in(table.id, operation.look.header, taken)
            definition = looks.people_column(operation.look, self._work.zone)
        self.actions.extend(looks.added_column(table.id, id_, definition))
        self._describe(table, id_, definition)
        table.columns.append(WorkColumn.of(id_, definition))
        if mark := operation.mark or operation.field:
            self._mark(table.id, id_, mark, robot=bool(operation.mark))
        if operation.lookup:
            self._formulas.append((table, table.columns[-1], operation.lookup))

    def _set_formula(self, table: WorkTable, column: WorkColumn, text: str) -> None:
        lookup = lookups.parsed(text)
        if lookup is None:
            raise InapplicableOperationError(f"La formule de « {column.label} » n’est pas de celles du robot")
        source = self._work.table(lookup.source)
        key, numbers, shown = table.column(lookup.key), source.column(lookup.numbers), source.column(lookup.values)
        formula = lookups.python(key.id, source.id, numbers.id, shown.id)
        if table.formula_of(column) == formula:  # of a table that was made again: Grist computes what changed alone
            self.actions.append(["ModifyColumn", table.id, column.id, {"isFormula": True, "formula": "None"}])
        self.actions.append(["ModifyColumn", table.id, column.id, {"isFormula": True, "formula": formula}])
        column.is_formula = True

    def _set_cells(self, operation: SetCells) -> None:
        table = self._work.table(operation.tab)
        column = table.column(operation.column)
        for part in parts(operation.values, lambda pair: pair[1:]):
            row_ids = [table.row_id(row) for row, _ in part]
            cells = [self._work.encoded(value, column) for _, value in part]
            self.actions.append(["BulkUpdateRecord", table.id, row_ids, {column.id: cells}])

    def _append(self, operation: AppendRows) -> None:
        table = self._work.table(operation.tab)
        filled = [
            place for place, _ in enumerate(operation.columns) if any(row[place] is not None for row in operation.rows)
        ]
        columns = [table.column(operation.columns[place]) for place in filled]
        if formula := next((column for column in columns if column.is_formula), None):
            raise InapplicableOperationError(
                f"La colonne « {formula.label} » de « {table.title} » est une formule : rien ne peut y être ajouté. "
                "Convertissez-la en données"
            )
        rows = [[row[place] for place in filled] for row in operation.rows]
        self.actions.extend(self._work.added_rows(table, columns, rows))

    def _equip(self, operation: Equip) -> None:
        table = self._work.table(operation.tab)
        if operation.mark:
            self._mark(table.id, "", operation.mark)
        for place, mark in operation.columns:
            self._mark(table.id, table.column(place).id, mark)
        for place, _ in operation.released:
            self._release(table, place)
        self._signings.extend((table, signing) for signing in operation.signed)

    def _release(self, table: WorkTable, place: int) -> None:
        source = table.source
        if source and (mark := self._work.marks.get((source.ref, source.columns[place].ref))):
            self.actions.append(["RemoveRecord", MARKS, mark.row_id])


def _definitions(sheet: Sheet, table: str, zone: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The id and definition of each column of a new table."""
    shown = {place for place, _ in sheet.robot_columns}
    taken: list[str] = []
    for place, look in enumerate(sheet.columns):
        id_ = identifiers.column_in(table, look.header, taken)
        taken.append(id_)
        yield id_, _definition(sheet, place, look, zone, shown=place in shown)


def _definition(sheet: Sheet, place: int, look: Column, zone: str, *, shown: bool) -> dict[str, Any]:
    if shown:
        return looks.shown_column(look)
    if sheet.owner is not Owner.ROBOT:
        return looks.people_column(look, zone)
    return looks.robot_column(look, [row[place] for row in sheet.rows], zone)
