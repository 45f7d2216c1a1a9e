"""Widths, styles and pages of new tables, charts, and the settings that a document gets once. Pure.

They need the numbers that Grist gives to what a write makes, so they follow that write. What is still lacking is
recorded among the marks until it is done: a run may be killed in between, and the next one finds it there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from eig_sheets.spreadsheet.grist import charts, pages, style_rules, wrong_numbers
from eig_sheets.spreadsheet.grist.document import MARKS, SETTINGS_MARK, UNDRESSED_MARK, Document, GristTable, Section
from eig_sheets.spreadsheet.grist.looks import width_of
from eig_sheets.spreadsheet.model.plan import CreateTab, Plan, ReplaceTab
from eig_sheets.spreadsheet.model.sheet import Column, Owner, Sheet

_UNTIED = "untieColIdFromLabel"


def new_table_actions(
    created: Sequence[CreateTab], document: Document, drawn: Sequence[Sheet] = ()
) -> Iterator[list[Any]]:
    """The actions that set widths, styles and pages of new tables and add charts, in the document read after the write.

    `drawn` are the sheets, made now or before, that have charts.
    """
    tables = ((operation.sheet, document.table(operation.sheet.name)) for operation in created)
    made = [(sheet, table) for sheet, table in tables if table is not None]
    for sheet, table in made:
        by_header = {look.header: look for look in sheet.columns}
        looks = {column.ref: by_header[column.label] for column in table.columns if column.label in by_header}
        if table.columns:  # whose ids then stay, whatever people call them: no other table has them
            refs = [column.ref for column in table.columns]
            yield ["BulkUpdateRecord", "_grist_Tables_column", refs, {_UNTIED: [True] * len(refs)}]
        yield from _fields(sheet, table, looks, document)
        styled = any(style_rules.RULES in column.options for column in table.columns)  # by people, meanwhile
        if not styled:
            yield from style_rules.actions(table, looks, robots=sheet.owner is Owner.ROBOT)
    if positions := _positions(created, document):
        yield ["BulkUpdateRecord", "_grist_Pages", [*positions], {"pagePos": [*positions.values()]}]
    added = pages.Pages(document, positions)
    for sheet, table in made:
        yield from added.added(sheet, table)
    yield from charts.added(drawn, document, positions, added.number)
    if views := [*_hidden_views(created, document)]:
        yield ["BulkRemoveRecord", "_grist_Views", views]


def _fields(sheet: Sheet, table: GristTable, looks: Mapping[int, Column], document: Document) -> Iterator[list[Any]]:
    """Actions on the lists of a new table, in raw data and on its page: widths, hidden columns, their order."""
    told = {
        column.ref: wrong_numbers.LOOK for column in table.columns if column.id == wrong_numbers.column_of(table.id)
    }
    looks = {**told, **looks}
    page = pages.own_section(table, document)
    sections = [section for section in table.sections if section.row_id in (table.raw_section, page and page.row_id)]
    for section in sections:
        shown = {ref: row for ref, (row, _) in section.fields.items() if ref in looks}
        if shown:
            widths = [width_of(looks[ref]) for ref in shown]
            yield ["BulkUpdateRecord", "_grist_Views_section_field", [*shown.values()], {"width": widths}]
    if sections:
        rows = [section.row_id for section in sections]
        yield ["BulkUpdateRecord", "_grist_Views_section", rows, {"options": [pages.options_of(sheet)] * len(rows)}]
    if page is not None:
        yield from _shown(sheet, table, page)


def _shown(sheet: Sheet, table: GristTable, page: Section) -> Iterator[list[Any]]:
    """Leave out of the page what it does not show, and put the rest in its order."""
    places = pages.shown_places(sheet)
    every = range(len(sheet.columns)) if places is None else places
    wanted = [table.columns[place].ref for place in every if not sheet.columns[place].hidden]
    left_out = [page.fields[column.ref][0] for column in table.columns[: len(sheet.columns)]
                if column.ref in page.fields and column.ref not in wanted]  # fmt: skip
    if left_out:
        yield ["BulkRemoveRecord", "_grist_Views_section_field", left_out]
    rows = [page.fields[ref][0] for ref in wanted if ref in page.fields]
    if places is not None:
        positions = [place + 1.0 for place in range(len(rows))]
        yield ["BulkUpdateRecord", "_grist_Views_section_field", rows, {"parentPos": positions}]


def _hidden_views(created: Sequence[CreateTab], document: Document) -> Iterator[int]:
    """The pages of the tables that are made hidden, which « Données brutes » shows without one."""
    for operation in created:
        table = document.table(operation.sheet.name)
        if operation.sheet.hidden and table is not None and table.page:
            yield table.primary_view


def _positions(created: Sequence[CreateTab], document: Document) -> dict[int, float]:
    """The new place of each page, by its row, so that each created table is before the one that the plan names."""
    order = [table for table in document.tables if table.page]
    for operation in created:
        table = document.table(operation.sheet.name)
        follower = document.table(operation.before) if operation.before else None
        if table in order and follower in order:
            order.remove(table)
            order.insert(order.index(follower), table)
    rows = [table.page.row_id for table in order if table.page]
    places = sorted(table.page.position for table in order if table.page)
    now = [table.page.position for table in order if table.page]
    return {row: place for row, place, before in zip(rows, places, now, strict=True) if place != before}


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


def pending_mark(table_id: str, made: CreateTab, *, is_new: bool) -> list[Any]:
    """The action that keeps what a table lacks, beside its marks."""
    columns = tuple(  # without what it has; whether there is a note tells how wide a header is
        replace(column, note="…" if column.note else "", choices=(), tones=()) for column in made.sheet.columns
    )
    sheet = replace(made.sheet, columns=columns, rows=(), banner=(), lookups=())
    look = _Look(replace(made, sheet=sheet), is_new)
    text = _adapter().dump_json(look, exclude_defaults=True).decode()
    cells = {"table_id": table_id, "col_id": "", "repere": UNDRESSED_MARK, "aspect": text, "robot": False}
    return ["AddRecord", MARKS, None, cells]


def pending_actions(document: Document) -> Iterator[list[Any]]:
    """The actions that give the tables what they lack, and forget it; Grist refuses them once another run did so."""
    if not document.undressed:
        return
    created, drawn = _lacking(document)
    rows = [pending.row_id for pending in document.undressed]
    yield ["BulkUpdateRecord", MARKS, rows, {"robot": [False] * len(rows)}]  # a removal alone is never refused
    yield from new_table_actions(created, document, drawn)
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


_LOCALE, _CURRENCY, _LANGUAGE = "fr-FR", "EUR", "fr-"
_DEFAULT: Final = "en-US"
"""The locale that Grist gives a document made through its API."""
_BLANK: Final = "Table1"
"""The table that Grist puts into a new document."""


def actions(document: Document, zone: str, *, makes_tables: bool) -> Iterator[list[Any]]:
    """The actions that set up the document, whose moments are in that zone; none in one that was set up before.

    `makes_tables`: whether there will be tables of ours to show, without which Grist shows the blank one.
    """
    if document.has_settings:
        return
    yield ["AddRecord", MARKS, None, {"table_id": "", "col_id": "", "repere": SETTINGS_MARK, "robot": False}]
    if _is_foreign(document):
        values = {**document.settings.values, "locale": _LOCALE, "currency": _CURRENCY}
        settings = json.dumps(values, ensure_ascii=False)
        yield ["UpdateRecord", "_grist_DocInfo", 1, {"documentSettings": settings, "timezone": zone}]
    for table in document.tables if makes_tables else ():
        if is_blank_first(table, document):
            # Grist refuses a row whose number is taken, and with it the list, when somebody has typed there meanwhile.
            yield ["AddRecord", table.id, 1, {}]
            yield ["RemoveTable", table.id]


def _is_foreign(document: Document) -> bool:
    """Whether its numbers are not written as in France: by the server's choice, where we have written before."""
    locale = str(document.settings.values.get("locale") or _DEFAULT)
    return locale == _DEFAULT if document.identity else not locale.startswith(_LANGUAGE)


def is_blank_first(table: GristTable, document: Document) -> bool:
    """Whether it is the table that Grist makes in a new document, as it makes it, on its page alone."""
    own = [widget for widget in document.widgets if widget.view == table.primary_view]
    is_alone = len(own) == 1 and own[0].is_plain
    names = [(column.id, column.label) for column in table.columns]
    return (
        table.is_unused
        and table.id == table.title == _BLANK
        and is_alone
        and names == [*zip("ABC", "ABC", strict=True)]
    )
