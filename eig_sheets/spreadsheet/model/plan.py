"""The plan of a run: the operations that a backend applies, and the cells that they change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from eig_sheets.spreadsheet.model.access import CloseAccess, reader_changes
from eig_sheets.spreadsheet.model.cell_names import cell_name
from eig_sheets.spreadsheet.model.cells import Formula, WrittenValue, a1, as_read, parse_a1
from eig_sheets.spreadsheet.model.differences import differing, is_different
from eig_sheets.spreadsheet.model.sheet import Column, FilterView, Sheet
from eig_sheets.spreadsheet.model.signing import Signing
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot


@dataclass(frozen=True, slots=True)
class CreateTab:
    """A tab that the workbook lacks. `before` names the tab it goes in front of; None: last."""

    sheet: Sheet
    before: str | None = None


@dataclass(frozen=True, slots=True)
class ReplaceTab:
    """The new content of a whole robot's tab. `name` is its name in the workbook.

    `headers_lost`: our headers are not there (any more), so that its content may be people's.
    """

    name: str
    sheet: Sheet
    headers_lost: bool = False


@dataclass(frozen=True, slots=True)
class AddColumn:
    """A header in an empty column of an existing tab; `mark` is set on a robot's column.

    `lookup` is the formula that shows a robot's column where people type while we run, `field` the id of a people's
    column, for backends that can mark it.
    """

    tab: str
    header_row: int
    column: int
    look: Column
    mark: str | None = None
    lookup: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class SetCells:
    """Values of one robot's column, by 1-based row."""

    tab: str
    column: int
    look: Column
    values: tuple[tuple[int, WrittenValue], ...]


@dataclass(frozen=True, slots=True)
class SetFormula:
    """The formula of a robot's column, in its header cell, where the backend supports it.

    `blanked`: the (1-based) rows of the column to empty so that the formula can spread: plain values of the robot's,
    or a formula of ours that is elsewhere than in the header's row.
    """

    tab: str
    header_row: int
    column: int
    mark: str
    lookup: str
    blanked: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Equip:
    """Marks, protections and filter views that a tab lacks, where there are such; no content of a cell changes.

    `mark` is the id of the tab, '' when it has its own; `columns` are the (0-based column, id) to mark, `guarded` those
    to keep for the officers (column None: the whole tab), `released` the marks to take off columns that are people's,
    `views` those whose title the tab does not have, `signed` the columns of authors to add, or to make again.
    """

    tab: str
    header_row: int
    mark: str = ""
    columns: tuple[tuple[int, str], ...] = ()
    guarded: tuple[tuple[int | None, str], ...] = ()
    released: tuple[tuple[int, str], ...] = ()
    views: tuple[FilterView, ...] = ()
    signed: tuple[Signing, ...] = ()


@dataclass(frozen=True, slots=True)
class AppendRows:
    """Rows added under the last one that people filled; `columns` are the 0-based places of their values.

    `header_row`: where the headers of those columns were read.
    """

    tab: str
    first_row: int
    columns: tuple[int, ...]
    looks: tuple[Column, ...]
    rows: tuple[tuple[WrittenValue, ...], ...]
    header_row: int = 1


@dataclass(frozen=True, slots=True)
class FillCells:
    """Values of one people's column, by 1-based row, in cells that were empty when read: on request only.

    `field` is the id of the column.
    """

    tab: str
    column: int
    look: Column
    field: str
    values: tuple[tuple[int, WrittenValue], ...]


@dataclass(frozen=True, slots=True)
class DeleteRows:
    """Rows of a people's tab, from `first_row` to `last_row`, to be emptied where they are: on request only.

    They are the last ones, which an import wrote, or drafts of the outbox that the archive has: no other row moves.
    `width`: how many columns of them hold anything.
    """

    tab: str
    first_row: int
    last_row: int
    width: int


Operation = (
    CreateTab
    | ReplaceTab
    | AddColumn
    | SetCells
    | SetFormula
    | Equip
    | CloseAccess
    | AppendRows
    | FillCells
    | DeleteRows
)


@dataclass(frozen=True, slots=True)
class Change:
    """A cell whose content the plan changes, by its name; '' for a whole tab.

    `hidden`: of a column that the robot keeps for itself.
    """

    tab: str
    cell: str
    old: object
    new: object
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """Operations in the order in which they apply, computed from the snapshot of that version."""

    version: str
    operations: tuple[Operation, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.operations)

    def changes(self, snapshot: Snapshot) -> list[Change]:
        """Every cell that the plan changes, in order."""
        named = _named if snapshot.capabilities.row_ids else _changes
        return [change for operation in self.operations for change in named(operation, snapshot)]

    def change_count(self, snapshot: Snapshot) -> int:
        """How many cells the plan changes, without describing each."""
        return sum(_count(operation, snapshot) for operation in self.operations)


def _named(operation: Operation, snapshot: Snapshot) -> Iterator[Change]:
    """The changes of an operation, each cell by the name that people know where rows have ids."""
    match operation:
        case CreateTab(sheet=sheet) | ReplaceTab(sheet=sheet):
            tab = TabSnapshot(sheet.name, (tuple(column.header for column in sheet.columns),))
        case AddColumn(column=place):
            tab = TabSnapshot(operation.tab, ((*(None,) * place, operation.look.header),))
        case _:
            tab = snapshot.tab(operation.tab) or TabSnapshot(operation.tab)
    for change in _changes(operation, snapshot):
        name = cell_name(tab, *parse_a1(change.cell), by_id=True) if change.cell else ""
        yield replace(change, cell=name)


def differs(operation: Operation, snapshot: Snapshot) -> bool:
    """Whether the operation changes any cell; stops at the first."""
    return next(_changes(operation, snapshot), None) is not None


def _count(operation: Operation, snapshot: Snapshot) -> int:
    match operation:
        case CreateTab(sheet=sheet) | ReplaceTab(sheet=sheet):
            name = operation.name if isinstance(operation, ReplaceTab) else sheet.name
            return sum(1 for _ in differing(snapshot.tab(name), sheet))
        case _:
            return sum(1 for _ in _changes(operation, snapshot))


def _changes(operation: Operation, snapshot: Snapshot) -> Iterator[Change]:
    match operation:
        case CreateTab(sheet=sheet):
            yield from _grid_changes(sheet.name, sheet, snapshot)
        case ReplaceTab(name=name, sheet=sheet):
            yield from _grid_changes(name, sheet, snapshot)
        case AddColumn():
            yield Change(operation.tab, a1(operation.header_row, operation.column), None, operation.look.header)
        case Equip():
            yield from _equipment_changes(operation)
        case CloseAccess(readers=readers):
            yield from (Change("", "", old, new) for old, new in reader_changes(snapshot.access, readers))
        case DeleteRows():
            yield from _rows_deleted(operation, snapshot)
        case _:
            yield from _cell_changes(operation.tab, _cells_of(operation), snapshot)


def _equipment_changes(operation: Equip) -> Iterator[Change]:
    """Marks, protections and views, described in French where other changes have the cell's new value."""
    if operation.mark:
        yield Change(operation.tab, "", None, "(repère invisible de l’onglet)")
    for column, _ in operation.columns:
        yield Change(operation.tab, a1(operation.header_row, column), None, "(repère invisible de la colonne)")
    for place, _ in operation.guarded:
        description = "(protection de l’onglet)" if place is None else "(colonne protégée pour les responsables)"
        cell = "" if place is None else a1(operation.header_row, place)
        yield Change(operation.tab, cell, None, description)
    for column, _ in operation.released:
        yield Change(operation.tab, a1(operation.header_row, column), None, "(repère invisible retiré de la colonne)")
    for view in operation.views:
        yield Change(operation.tab, a1(operation.header_row, view.column), None, f"(vue filtrée « {view.title} »)")
    for signing in operation.signed:
        yield Change(operation.tab, a1(operation.header_row, signing.column), None, f"(colonne « {signing.header} »)")
        for row in signing.rows:
            yield Change(operation.tab, a1(row, signing.column), None, "(valeur reprise, au nom du robot)")


def _rows_deleted(operation: DeleteRows, snapshot: Snapshot) -> Iterator[Change]:
    rows, columns = range(operation.first_row, operation.last_row + 1), range(operation.width)
    yield from _cell_changes(operation.tab, ((row, column, None) for row in rows for column in columns), snapshot)


def _cells_of(operation: SetCells | FillCells | SetFormula | AppendRows) -> Iterator[tuple[int, int, WrittenValue]]:
    """1-based row, 0-based column and value of each cell written."""
    match operation:
        case SetCells(column=column, values=values) | FillCells(column=column, values=values):
            yield from ((row, column, value) for row, value in values)
        case SetFormula():
            yield operation.header_row, operation.column, Formula(operation.lookup)
            yield from ((row, operation.column, None) for row in operation.blanked)
        case AppendRows():
            for row, cells in enumerate(operation.rows, operation.first_row):
                yield from ((row, column, value) for column, value in zip(operation.columns, cells, strict=True))


def _grid_changes(name: str, sheet: Sheet, snapshot: Snapshot) -> Iterator[Change]:
    tab = snapshot.tab(name)
    hidden = {place for place, column in enumerate(sheet.columns) if column.hidden}
    for row, column, value in differing(tab, sheet):
        change = _change(name, tab, row, column, value)
        yield replace(change, hidden=True) if column in hidden else change


def _cell_changes(name: str, cells: Iterable[tuple[int, int, WrittenValue]], snapshot: Snapshot) -> Iterator[Change]:
    tab = snapshot.tab(name)
    for row, column, value in cells:
        known, formula = (tab.value(row, column), tab.formulas.get((row, column))) if tab else (None, None)
        if is_different(known, formula, value):
            yield _change(name, tab, row, column, value)


def _change(name: str, tab: TabSnapshot | None, row: int, column: int, value: WrittenValue) -> Change:
    formula = tab.formulas.get((row, column)) if tab else None
    old = f"={formula}" if formula is not None else tab.value(row, column) if tab else None
    return Change(name, a1(row, column), old, f"={value.text}" if isinstance(value, Formula) else as_read(value))
