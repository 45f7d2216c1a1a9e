"""Conversion of a plan to the requests of one batch; in people's tabs it writes only to what it inserts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from eig_sheets.spreadsheet.google import cells, formatting, marks, objects, tables
from eig_sheets.spreadsheet.google.areas import (
    Json,
    copy_values,
    extend,
    grid_coordinate,
    grid_range,
    insert_dimension,
    update_cells,
)
from eig_sheets.spreadsheet.google.reading import SpreadsheetProperties, TabProperties
from eig_sheets.spreadsheet.google.repair import FormulaRepair
from eig_sheets.spreadsheet.model.cells import Link, WrittenValue
from eig_sheets.spreadsheet.model.plan import (
    AddColumn,
    AppendRows,
    CreateTab,
    Equip,
    Operation,
    Plan,
    ReplaceTab,
    SetFormula,
)
from eig_sheets.spreadsheet.model.sheet import Format, Owner, Sheet
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot

_BLANK_ROWS = 500
"""Blank rows of a new tab of people's: they are read too, so not too many; the outbox grows as rows are added."""


class InapplicableOperationError(Exception):
    """An operation cannot be applied to this spreadsheet. The message says why in French."""


@dataclass
class Batch:
    """The requests of a plan; `account` (the robot's) and `officers` may edit what it protects.

    `token` names the run, and is the identity of a spreadsheet that has none.

    `additions` has, for each request, the people's tab to which it adds something, or the robot's tab that it writes
    anew; None for any other: a precondition is one, since it only fails when people moved a column.
    """

    snapshot: Snapshot
    properties: SpreadsheetProperties
    account: str | None
    officers: Sequence[str]
    token: str
    requests: list[Json] = field(default_factory=list)
    repairs: list[FormulaRepair] = field(default_factory=list)
    additions: list[str | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._tabs = dict(self.properties.tabs)
        self._tab_order = [tab.name for tab in self.snapshot.tabs]
        self._replaced: set[str] = set()
        self._created: set[str] = set()

    def add(self, plan: Plan) -> None:
        """Add every operation in order, and the run's mark. Raises InapplicableOperationError, ValueError."""
        for operation in plan.operations:
            added = [*self._requests_of(operation)]
            self.requests.extend(added)
            tab = self._addition_of(operation)
            self.additions.extend(None if "updateDeveloperMetadata" in request else tab for request in added)
        if self.requests:
            self.requests.insert(0, marks.mark_run(self.properties.next_run, self.token))
            self.additions.insert(0, None)
            old = self.properties.runs[: -marks.KEPT_RUNS]
            expired = [marks.delete_mark(marks.FIRST_RUN + number) for number in old]
            new = [] if self.snapshot.identity else [marks.mark_workbook(self.token)]
            self.requests.extend([*expired, *new])
            self.additions.extend([None] * len([*expired, *new]))

    def _addition_of(self, operation: Operation) -> str | None:
        """The people's tab to which an operation adds rows, a column, marks or protections; the robot's that it writes.

        A tab that it creates is none: nobody can have protected it.
        """
        if isinstance(operation, AppendRows | AddColumn) or (isinstance(operation, Equip) and operation.columns):
            return operation.tab
        if isinstance(operation, ReplaceTab):
            self._replaced.add(operation.name)
            return operation.name
        return None

    def refused_tabs(self, place: int | None) -> set[str]:
        """The tabs that a refusal concerns: that of the request at this place; all people's tabs when it names none."""
        if place is None:
            return {tab for tab in self.additions if tab is not None} - self._replaced
        return {tab for tab in self.additions[place : place + 1] if tab is not None}

    def _requests_of(self, operation: Operation) -> Iterator[Json]:
        match operation:
            case CreateTab():
                yield from self._create_tab(operation)
            case ReplaceTab():
                yield from self._replace_tab(operation)
            case AddColumn():
                yield from self._add_column(operation)
            case AppendRows():
                yield from self._append_rows(operation)
            case Equip():
                yield from objects.equip(operation, self._tab(operation.tab), self.editors)
                yield from self._add_views(operation)
            case SetFormula():
                self._add_repair(operation)
            case _:
                raise InapplicableOperationError(
                    f"{type(operation).__name__} : une place fixe dans un onglet de l’équipe"
                )

    @property
    def editors(self) -> list[str]:
        """The accounts that may edit what we protect, besides the owner of the spreadsheet."""
        return [*([self.account] if self.account else []), *self.officers]

    @property
    def titles(self) -> dict[int, str]:
        """Id → name of each tab, those that the batch creates included."""
        return {tab.id: name for name, tab in self._tabs.items()}

    def id_of(self, name: str) -> int:
        """The id of a tab. Raises InapplicableOperationError."""
        return self._tab(name).id

    def joins_table(self, operation: AppendRows) -> bool:
        """Whether the rows come right under a row of a table that people made."""
        tab, row = self.snapshot.tab(operation.tab), operation.first_row - 1
        return tab is not None and any(tab.in_table(row, column) for column in operation.columns)

    def _has_tables(self, name: str) -> bool:
        tab = self.snapshot.tab(name)
        return tab is not None and bool(tab.tables)

    def _tab(self, name: str) -> TabProperties:
        if name not in self._tabs:
            raise InapplicableOperationError(f"l’onglet « {name} » n’existe pas")
        return self._tabs[name]

    def _create_tab(self, operation: CreateTab) -> Iterator[Json]:
        sheet = operation.sheet
        if any(sheet.name.casefold() == name.casefold() for name in self._tab_order):
            raise InapplicableOperationError(f"un onglet « {sheet.name} » existe déjà")
        sheet_id = tables.unused_id(f"{self.token} {sheet.name}", {tab.id for tab in self._tabs.values()})
        index = self._tab_order.index(operation.before) if operation.before in self._tab_order else len(self._tab_order)
        rows, columns = objects.grid_size(sheet)
        people = sheet.header_row + _BLANK_ROWS if sheet.owner is Owner.PEOPLE else 0
        made = TabProperties(sheet_id, max(rows, people), columns)
        self._tab_order.insert(index, sheet.name)
        self._created.add(sheet.name)
        self._tabs[sheet.name] = made
        yield tables.add_sheet(sheet, made, index)
        yield from objects.tab_marks(sheet, sheet_id)
        yield from tables.write_table(sheet, sheet_id, self._link_to)
        yield tables.tab_colour(sheet, sheet_id)
        yield from formatting.tab_formatting(sheet, sheet_id)
        yield from formatting.requests(sheet, sheet_id)
        yield from objects.tab_protections(sheet, sheet_id, self.editors, self.officers)
        yield from objects.replacement(sheet, sheet_id, (), self.titles)
        yield from objects.views(sheet, sheet_id)

    def _replace_tab(self, operation: ReplaceTab) -> Iterator[Json]:
        properties, sheet = self._tab(operation.name), operation.sheet
        tab = self.snapshot.tab(operation.name)
        if tab is None or tab.mark not in sheet.marks or operation.headers_lost:
            yield from self._insert_table(sheet, properties, tab)
            return
        yield from objects.delete_tables(properties)
        yield from objects.unmerge(tab, properties.id)
        rows, columns = objects.grid_size(sheet)
        yield from objects.enlarged(properties, rows, columns)
        if rows > properties.rows and not tab.tables:  # whether Google formats the rows it adds was never observed
            yield from formatting.row_formatting(sheet, properties.id, properties.rows)
        yield from tables.write_changes(tables.without_tables(tab), sheet, properties.id, self._link_to, self._created)
        yield from formatting.folding(sheet, properties.id, properties.row_groups)
        redrawn = any(chart.tab in self._created for chart in sheet.charts)  # of a tab that is another one now
        if redrawn or tab.tables or tab.look != sheet.look or tables.headers_moved(tab, sheet):
            yield from self._format_tab(sheet, properties)

    def _insert_table(self, sheet: Sheet, properties: TabProperties, tab: TabSnapshot | None) -> Iterator[Json]:
        """Insert the whole table in new rows on top: where our headers are missing, people may be typing something.

        What is below is left to people until the next run, which reports it. Only a tab with our mark is formatted. One
        that was emptied keeps its rows, to which formulas refer: what may stand in them by then is copied below first.
        """
        rows, columns = objects.grid_size(sheet)
        yield from objects.enlarged(properties, 0, columns)
        emptied = tab is not None and tab.mark in sheet.marks and objects.is_blank(tab)
        below = max(properties.rows, rows) if emptied else rows
        if emptied:
            yield extend(properties.id, "ROWS", properties.rows, below + properties.rows)
            yield copy_values(properties.id, properties.rows, below)
        else:
            yield insert_dimension(properties.id, "ROWS", 0, rows)
        grown = replace(properties, rows=properties.rows + below, columns=max(properties.columns, columns))
        self._tabs[sheet.name if tab is None else tab.name] = grown
        yield from tables.write_table(sheet, properties.id, self._link_to)
        if tab is None or tab.mark not in sheet.marks:
            yield marks.mark_tab(properties.id, sheet.id)
        else:
            yield from self._format_tab(sheet, grown)

    def _format_tab(self, sheet: Sheet, properties: TabProperties) -> Iterator[Json]:
        yield from tables.clear_colour_rules(properties)
        yield from formatting.tab_formatting(sheet, properties.id)
        yield from objects.replacement(sheet, properties.id, properties.charts, self.titles)
        yield marks.mark_look(properties.id, sheet.look, properties.look_id)

    def _add_column(self, operation: AddColumn) -> Iterator[Json]:
        """Insert a new column, wherever people's columns are by then: it cannot hold anything of theirs."""
        properties, place, top = self._tab(operation.tab), operation.column, operation.header_row - 1
        yield from objects.enlarged(properties, operation.header_row, place)
        columns = max(properties.columns, place)
        yield insert_dimension(properties.id, "COLUMNS", place, place + 1, like_before=place == columns)
        self._tabs[operation.tab] = replace(
            properties, columns=columns + 1, rows=max(properties.rows, operation.header_row)
        )
        shown = (
            cells.formula(operation.lookup) if operation.lookup else cells.written(operation.look.header, self._link_to)
        )
        if not self._has_tables(operation.tab):
            yield from formatting.column_formatting(
                operation.look, properties.id, place, top, robot=operation.mark is not None
            )
        yield update_cells(grid_coordinate(properties.id, top, place), [[shown]])
        name = operation.mark or operation.field
        if name:
            yield marks.mark_column(properties.id, place, name)
        if operation.look.guarded and self.officers:
            yield objects.protection(properties.id, name, self.editors, (place, operation.header_row))

    def _append_rows(self, operation: AppendRows) -> Iterator[Json]:
        """Insert new rows under the last one, wherever it is by then; the batch fails if their columns were moved.

        Under the last row of a table, they join it as they are formatted like those before; a table takes neither
        formats nor drop-downs, it has its own.
        """
        properties, first, count = self._tab(operation.tab), operation.first_row - 1, len(operation.rows)
        width = max(operation.columns, default=-1) + 1
        yield from self._column_preconditions(operation, properties)
        yield from objects.enlarged(properties, 0, width)
        top = min(first, properties.rows)
        like_before = first >= properties.rows or self.joins_table(operation)
        yield insert_dimension(properties.id, "ROWS", top, first + count, like_before=like_before)
        rows = properties.rows + first + count - top
        self._tabs[operation.tab] = replace(properties, rows=rows, columns=max(properties.columns, width))
        yield update_cells(
            grid_coordinate(properties.id, first, 0), [self._row(operation, values, width) for values in operation.rows]
        )
        looks = () if self._has_tables(operation.tab) else zip(operation.columns, operation.looks, strict=True)
        for column, look in looks:
            where = grid_range(properties.id, (first, first + count), (column, column + 1))
            if look.tick:
                yield {"setDataValidation": {"range": where, "rule": formatting.validation(look)}}
            if look.format in (Format.DATE, Format.DATETIME):
                shown = {"userEnteredFormat": {"numberFormat": formatting.number_format(look.format)}}
                yield {"repeatCell": {"range": where, "cell": shown, "fields": formatting.NUMBER_FORMAT_FIELD}}

    def _column_preconditions(self, operation: AppendRows, properties: TabProperties) -> Iterator[Json]:
        tab = self.snapshot.tab(operation.tab)
        for column in operation.columns:
            mark = tab.column_marks.get(column) if tab else None
            mark_id = None if mark is None else properties.column_ids.get((mark, column))
            if mark is not None and mark_id is not None:
                yield marks.column_precondition(mark_id, mark, properties.id, column)

    def _row(self, operation: AppendRows, values: Sequence[WrittenValue], width: int) -> list[Json]:
        row: list[Json] = [{} for _ in range(width)]
        for column, value in zip(operation.columns, values, strict=True):
            row[column] = cells.written(value, self._link_to)
        return row

    def _add_repair(self, operation: SetFormula) -> None:
        properties = self._tab(operation.tab)
        mark_id = properties.column_ids.get((operation.mark, operation.column))
        if mark_id is None:
            raise InapplicableOperationError(
                f"la colonne « {operation.mark} » de « {operation.tab} » n’a plus son repère"
            )
        self.repairs.append(FormulaRepair(mark_id, properties.id, operation))

    def _add_views(self, operation: Equip) -> Iterator[Json]:
        for view in operation.views:
            properties = self._tab(operation.tab)
            taken = {id_ for tab in self._tabs.values() for id_ in tab.views.values()}
            view_id = tables.unused_id(f"eig-sheets {properties.id} {view.title}", taken)
            self._tabs[operation.tab] = replace(properties, views={**properties.views, view.title: view_id})
            yield objects.named_view(view, properties.id, operation.header_row, view_id)

    def _link_to(self, link: Link) -> str | None:
        return objects.link_address(link, self._tabs)
