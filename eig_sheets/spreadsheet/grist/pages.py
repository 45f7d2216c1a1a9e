"""Pages of new tables: cards beside lists, rows shown above the others, pages of cards. Pure.

The numbers of the sections that we add are told, so that Grist refuses them all when somebody added one meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from eig_sheets.spreadsheet.grist import wrong_numbers
from eig_sheets.spreadsheet.grist.document import Document, GristColumn, GristTable, Page, Section
from eig_sheets.spreadsheet.grist.looks import width_of
from eig_sheets.spreadsheet.model.sheet import Apart, Cards, Sheet

Action = list[Any]
_LIST, _CARD = "record", "single"
_SHARES: Final = (58, 42)
"""Of the width of a page, for the list and for the card beside it."""
_LONGEST_LABEL: Final = 18
_HEIGHTS: Final = (55, 45)
"""Of the height of a page, for the rows shown above the others, and for these."""


def own_section(table: GristTable, document: Document) -> Section | None:
    """The list on the page of a new table, unless people changed it already, or put something else beside it."""
    section = table.page_section
    there = [widget for widget in document.widgets if section and widget.view == section.view]
    is_ours = all(widget.is_plain and section and widget.row_id == section.row_id for widget in there)
    return section if table.page and is_ours else None


def place_below(page: Page, document: Document, moved: Mapping[int, float]) -> dict[str, float]:
    """The place of a new page below another: that of the one that follows it, before which Grist puts it.

    `moved` are the places that pages are being given, by their rows.
    """
    places = (moved.get(other.row_id, other.position) for other in document.pages)
    own = moved.get(page.row_id, page.position)
    following = min((place for place in places if place > own), default=None)
    return {} if following is None else {"pagePos": following}


class Pages:
    """Builds the actions for pages of new tables; `number` is that of the next section."""

    def __init__(self, document: Document, moved: Mapping[int, float]) -> None:
        self.number, self._field = document.last_section + 1, document.last_field + 1
        self._document, self._moved = document, moved
        self._view = -1  # which charts take

    def added(self, sheet: Sheet, table: GristTable) -> Iterator[Action]:
        """The actions for the page of one table, made for that sheet."""
        section = own_section(table, self._document)
        if section is None or sheet.hidden:
            return
        if sheet.apart:
            yield from self._apart(sheet.apart, sheet, table, section)
        elif sheet.cards and sheet.cards.page:
            yield from self._page_of_cards(sheet.cards, sheet, table)
        elif sheet.cards:
            card = self._next()
            yield from self._card(card, sheet.cards, sheet, table, section.view, section.row_id)
            yield ["UpdateRecord", "_grist_Views", section.view, {"layoutSpec": _beside(section.row_id, card)}]

    def _rows(self, columns: Sequence[GristColumn]) -> list[int]:
        """Numbers for the columns of a section."""
        self._field += len(columns)
        return [*range(self._field - len(columns), self._field)]

    def _listed(
        self, number: int, places: Sequence[int], sheet: Sheet, table: GristTable, view: int, title: str = ""
    ) -> Iterator[Action]:
        columns = [table.columns[place] for place in places]
        shown = columns if title else _with_mistakes(columns, sheet, table)
        cells = {"title": title, "options": json.dumps({"rowHeight": 3})}
        looks = {column.ref: look for column, look in zip(table.columns, sheet.columns, strict=False)}
        widths = [width_of(looks.get(column.ref, wrong_numbers.LOOK)) for column in shown]
        yield ["AddRecord", "_grist_Views_section", number, _section(table, view, _LIST) | cells]
        yield _fields(number, shown, {"width": widths}, self._rows(shown))

    def _before(self, table: GristTable) -> dict[str, float]:
        """The place just before the page of the table, on which jurors would land otherwise."""
        page = table.page
        return {"pagePos": self._moved.get(page.row_id, page.position)} if page else {}

    def _next(self) -> int:
        self.number += 1
        return self.number - 1

    def _card(
        self, number: int, cards: Cards, sheet: Sheet, table: GristTable, view: int, source: int
    ) -> Iterator[Action]:
        columns = _with_mistakes([table.columns[place] for place in cards.shown], sheet, table)
        rows = self._rows(columns)
        wide = {row for row, column in zip(rows, columns, strict=True) if _is_long(column)}
        more = {"title": cards.title, "linkSrcSectionRef": source, "layoutSpec": _lines(rows, wide)}
        yield ["AddRecord", "_grist_Views_section", number, _section(table, view, _CARD) | more]
        yield _fields(number, columns, {"widgetOptions": [_whole_text(column) for column in columns]}, rows)

    def _page_of_cards(self, cards: Cards, sheet: Sheet, table: GristTable) -> Iterator[Action]:
        self._view -= 1
        listed, card = self._next(), self._next()
        named = {"name": cards.page, "layoutSpec": _beside(listed, card)}
        yield ["AddRecord", "_grist_Views", self._view, named]
        yield ["AddRecord", "_grist_Pages", None, {"viewRef": self._view, "indentation": 0, **self._before(table)}]
        yield from self._listed(listed, cards.listed, sheet, table, self._view)
        yield from self._card(card, cards, sheet, table, self._view, listed)

    def _apart(self, apart: Apart, sheet: Sheet, table: GristTable, section: Section) -> Iterator[Action]:
        rest = self._next()
        yield ["UpdateRecord", "_grist_Views_section", section.row_id, {"title": apart.title}]
        yield from self._listed(rest, apart.other_columns, sheet, table, section.view, apart.rest)
        column = table.columns[apart.column].ref
        for number, kind in ((section.row_id, "included"), (rest, "excluded")):
            cells = {"viewSectionRef": number, "colRef": column, "filter": json.dumps({kind: [apart.text]})}
            yield ["AddRecord", "_grist_Filters", None, cells]
        yield ["UpdateRecord", "_grist_Views", section.view, {"layoutSpec": _above(section.row_id, rest)}]


def shown_places(sheet: Sheet) -> Sequence[int] | None:
    """The columns that the list on the page of a new tab shows, in their order; None for all of them."""
    if sheet.apart:
        return sheet.apart.columns
    return sheet.cards.listed or None if sheet.cards and not sheet.cards.page else None


def options_of(sheet: Sheet) -> str:
    """The options of the lists of a new tab: columns that stay on the screen, lines that a row has at most."""
    frozen = {"numFrozen": sheet.frozen_columns} if sheet.frozen_columns else {}
    return json.dumps({**frozen, "rowHeight": _lines_of_row(sheet)})


def _lines_of_row(sheet: Sheet) -> int:
    """One where a card beside the list tells all, few in a table that is looked through, more in one that is read."""
    if sheet.cards is not None and not sheet.cards.page:
        return 1
    return 2 if sheet.apart else 3 if sheet.frozen_columns else 5


def _with_mistakes(columns: Sequence[GristColumn], sheet: Sheet, table: GristTable) -> list[GristColumn]:
    """The columns, and after the last with limits the one that tells mistakes, where the table has it."""
    limited = {column.ref for column, look in zip(table.columns, sheet.columns, strict=False) if look.limits}
    last = max((place for place, column in enumerate(columns) if column.ref in limited), default=len(columns) - 1)
    mistakes = [column for column in table.columns if column.id == wrong_numbers.column_of(table.id)]
    return [*columns[: last + 1], *mistakes, *columns[last + 1 :]]


def _section(table: GristTable, view: int, kind: str) -> dict[str, Any]:
    return {"tableRef": table.ref, "parentId": view, "parentKey": kind, "borderWidth": 1, "defaultWidth": 100}


def _fields(number: int, columns: Sequence[GristColumn], more: dict[str, list[Any]], rows: Sequence[int]) -> Action:
    cells = {"parentId": [number] * len(columns), "colRef": [column.ref for column in columns], **more}
    return ["BulkAddRecord", "_grist_Views_section_field", [*rows], cells]


def _is_long(column: GristColumn) -> bool:
    """Whether a field needs the width of a card: a text of several lines, a label that half of a phone would cut."""
    return bool(column.options.get("wrap")) or len(column.label) > _LONGEST_LABEL


def _lines(rows: Sequence[int], wide: Collection[int]) -> str:
    """The lines of a card, from the top: two fields in each, but for those that are wide."""
    lines: list[dict[str, Any]] = []
    waiting: list[dict[str, Any]] = []
    for row in rows:
        if row not in wide:
            waiting.append({"leaf": row})
        if waiting and (row in wide or len(waiting) == 2):  # one alone, before a wide one, has the line
            lines.append({"children": waiting} if len(waiting) == 2 else waiting[0])
            waiting = []
        if row in wide:
            lines.append({"leaf": row})
    return json.dumps({"children": [*lines, *waiting]})


def _whole_text(column: GristColumn) -> str:
    """The options of a text in a card, all of which is shown there; '' for those of its column."""
    return json.dumps({**column.options, "wrap": True}) if column.type == "Text" else ""


def _beside(listed: int, card: int) -> str:
    left, right = _SHARES
    return json.dumps({"children": [{"children": [{"leaf": listed, "size": left}, {"leaf": card, "size": right}]}]})


def _above(first: int, rest: int) -> str:
    top, bottom = _HEIGHTS
    return json.dumps({"children": [{"leaf": first, "size": top}, {"leaf": rest, "size": bottom}]})
