"""What new tables and charts still lack (widths, styles, pages), recorded among the marks until it is done. Pure.

It needs the numbers that Grist gives to what a write makes, so it follows that write, and a run may be killed in
between: the next one that writes, or would, finds it here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from eig_sheets.workbook.grist import charts, dressing
from eig_sheets.workbook.grist.document import MARKS, UNDRESSED_MARK, Document
from eig_sheets.workbook.model.plan import CreateTab, Plan, ReplaceTab
from eig_sheets.workbook.model.sheet import Sheet


@dataclass(frozen=True, slots=True)
class _Look:
    """The look that a table should get. Not `is_new`: it only lacks its charts."""

    made: CreateTab
    is_new: bool


@cache
def _adapter() -> TypeAdapter[_Look]:
    return TypeAdapter(_Look)


def with_new_charts(plan: Plan, document: Document) -> Iterator[tuple[str, Sheet]]:
    """The (title, sheet) of the tables that are not new, but have charts that are, or may draw tables that are."""
    creates = any(isinstance(operation, CreateTab) for operation in plan.operations)
    replaced = [operation for operation in plan.operations if isinstance(operation, ReplaceTab)]
    for sheet, name in ((operation.sheet, operation.name) for operation in replaced if operation.sheet.charts):
        if creates or any(charts.added([sheet], document, {})):
            yield name, sheet


def mark(table_id: str, made: CreateTab, *, is_new: bool) -> list[Any]:
    """The action that keeps what a table lacks, beside its marks."""
    columns = tuple(  # without what it has; whether there is a note tells how wide a header is
        replace(column, note="…" if column.note else "", choices=(), tones=()) for column in made.sheet.columns
    )
    sheet = replace(made.sheet, columns=columns, rows=(), banner=(), lookups=())
    look = _Look(replace(made, sheet=sheet), is_new)
    text = _adapter().dump_json(look, exclude_defaults=True).decode()
    cells = {"table_id": table_id, "col_id": "", "repere": UNDRESSED_MARK, "aspect": text, "robot": False}
    return ["AddRecord", MARKS, None, cells]


def actions(document: Document) -> Iterator[list[Any]]:
    """The actions that give the tables what they lack, and forget it; Grist refuses them once another run did so."""
    if not document.undressed:
        return
    created, drawn = _lacking(document)
    rows = [pending.row_id for pending in document.undressed]
    yield ["BulkUpdateRecord", MARKS, rows, {"robot": [False] * len(rows)}]  # a removal alone is never refused
    yield from dressing.actions(created, document, drawn)
    yield ["BulkRemoveRecord", MARKS, rows]


def new_titles(document: Document) -> list[str]:
    """The titles of the tables that lack everything."""
    return [operation.sheet.name for operation in _lacking(document)[0]]


def _lacking(document: Document) -> tuple[list[CreateTab], list[Sheet]]:
    """The tables that are new, and the sheets that have charts, under the titles that people may have given them."""
    titles = {table.ref: table.title for table in document.tables}
    created, drawn = [], []
    for pending in document.undressed:
        look = _read(pending.text)
        if look is not None and pending.table in titles:
            sheet = replace(look.made.sheet, name=titles[pending.table])
            created += [replace(look.made, sheet=sheet)] if look.is_new else []
            drawn += [sheet] if sheet.charts else []
    return created, drawn


def _read(text: str) -> _Look | None:
    """None for a text that people changed."""
    try:
        return _adapter().validate_json(text)
    except ValidationError:
        return None
