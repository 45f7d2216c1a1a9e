"""Makes columns of authors, and takes over the values that were there before, in the robot's name. Pure.

They need the numbers of columns that may be of the same batch, so they follow the write, as dressing does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from eig_sheets.spreadsheet.grist import authors, identifiers, looks
from eig_sheets.spreadsheet.grist.document import MARKS, Document, GristColumn, GristTable, Mark
from eig_sheets.spreadsheet.grist.looks import width_of
from eig_sheets.spreadsheet.grist.own_tables import marks_of
from eig_sheets.spreadsheet.grist.reading import cells_of
from eig_sheets.spreadsheet.grist.work import WorkTable
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.spreadsheet.model.sheet import Column
from eig_sheets.spreadsheet.model.signing import MARK, TAKEN_OVER, Signature, Signing, digest, is_signed
from eig_sheets.text.french import typographic

_NOTE: Final = typographic(
    "Écrit par Grist, jamais par une personne : qui a saisi, quand, et une empreinte de ce qui a été saisi."
)
_WIDTH: Final = 30
_MOST_ROWS: Final = 1_000
"""Of one action: a signature is a hundred bytes or so."""


@dataclass(frozen=True, slots=True)
class NewColumn:
    """A column of authors to make, by ids: of its table, of the field that it is about.

    `signs` are the columns that are signed, the field's own last, `triggers` those whose change signs again, `rows`
    those whose value is to be taken over.
    """

    table: str
    field: str
    header: str
    signs: tuple[str, ...]
    triggers: tuple[str, ...]
    rows: tuple[int, ...] = ()


def new_column(table: WorkTable, signing: Signing) -> NewColumn:
    """A column of authors by ids: those of the table as a batch leaves it. Raises InapplicableOperationError."""
    signs, triggers = ([table.column(place).id for place in places] for places in (signing.signs, signing.triggers))
    rows = tuple(row - 1 for row in signing.rows)  # of people's tables, by their ids
    return NewColumn(table.id, signing.field, signing.header, tuple(signs), tuple(triggers), rows)


def actions(columns: Sequence[NewColumn], before: Document, document: Document, robot: str) -> Iterator[list[Any]]:
    """The actions that make these columns in the document, read again since the batch that needs them.

    `before`: as it was when the values to take over were read; one that changed since is left for people.
    """
    tables, earlier = ({table.id: table for table in read.tables} for read in (document, before))
    marks = marks_of(document)
    for new in columns:
        table = tables.get(new.table)
        there = {column.id: column for column in table.columns} if table else {}
        if table is not None and {*new.signs, *new.triggers} <= there.keys():
            known = {mark.id: (mark, column) for mark, column in authors.author_columns(table, marks)}
            mark, column = known.get(f"{MARK}{new.field}", (None, None))
            signs, triggers = ([there[name] for name in names] for names in (new.signs, new.triggers))
            column_id = column.id if column else identifiers.column_id(f"eig_auteur_{new.field}", there)
            yield from _made(new, column_id, signs, triggers, mark)
            yield from _taken_over(new, column_id, table, earlier.get(new.table), robot)


def widths(document: Document) -> Iterator[list[Any]]:
    """The actions that make the columns of authors as wide as their headers, where nobody has set another width."""
    marks = marks_of(document)
    for table in document.tables:
        looks = {
            column.ref: Column(column.label, width=_WIDTH, note=_NOTE)
            for _, column in authors.author_columns(table, marks)
        }
        fields = [field for section in table.sections for field in section.fields.items()]
        new_widths = {row: width_of(looks[ref]) for ref, (row, width) in fields if ref in looks and not width}
        if new_widths:
            yield ["BulkUpdateRecord", "_grist_Views_section_field", [*new_widths], {"width": [*new_widths.values()]}]


def _made(
    new: NewColumn, column_id: str, signs: Sequence[GristColumn], triggers: Sequence[GristColumn], mark: Mark | None
) -> Iterator[list[Any]]:
    """The column with its trigger, and the mark that says what it is: a new one, or one that somebody altered."""
    refs = ([column.ref for column in columns] for columns in (signs, triggers))
    definition = authors.Definition(*map(tuple, refs))
    trigger = {
        "type": "Text", "isFormula": False, "formula": authors.trigger_of(signs),
        "recalcWhen": authors.ON_NEW_ROWS_AND_CHANGES, "recalcDeps": [["L", *definition.triggers]],
    }  # fmt: skip
    if mark is not None:
        yield ["ModifyColumn", new.table, column_id, trigger]
        yield ["UpdateRecord", MARKS, mark.row_id, {"aspect": str(definition)}]
        return
    look = looks.people_column(Column(new.header, width=_WIDTH, note=_NOTE), "")
    yield ["AddVisibleColumn", new.table, column_id, {**look, **trigger, "untieColIdFromLabel": True}]
    cells = {"table_id": new.table, "col_id": column_id, "repere": f"{MARK}{new.field}", "aspect": str(definition)}
    yield ["AddRecord", MARKS, None, {**cells, "robot": True}]


def _taken_over(
    new: NewColumn, column_id: str, table: GristTable, before: GristTable | None, robot: str
) -> Iterator[list[Any]]:
    now = _signed_cells(table, new.signs)
    then = now if before is None else _signed_cells(before, new.signs)
    rows = [row for row in new.rows if row in now and now[row] == then.get(row) and is_signed(now[row][-1])]
    for start in range(0, len(rows), _MOST_ROWS):
        part = rows[start : start + _MOST_ROWS]
        signatures = [str(Signature(robot, TAKEN_OVER, digest(now[row]))) for row in part]
        yield ["BulkUpdateRecord", new.table, part, {column_id: signatures}]


def _signed_cells(table: GristTable, ids: Sequence[str]) -> dict[int, tuple[CellValue, ...]]:
    """What is signed of each row, by its id; a column that was not there yet is blank."""
    columns: dict[str, GristColumn] = {column.id: column for column in table.columns}
    blank = [None] * len(table.row_ids)
    read = [cells_of(table, columns[name]) if name in columns else blank for name in ids]
    return dict(zip(table.row_ids, zip(*read, strict=True), strict=True))
