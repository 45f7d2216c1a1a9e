"""Integrity check of one sheet: only allowed cells changed, and what surrounds them was only added to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from eig_sheets.spreadsheet.model.cells import a1
from eig_sheets.spreadsheet.xlsx import grid
from eig_sheets.spreadsheet.xlsx.contents import Contents, Tab
from eig_sheets.spreadsheet.xlsx.markup import Element, scan
from eig_sheets.spreadsheet.xlsx.read import tab_formulas

_FORMULA = re.compile(rb"<(?:[\w.\-]+:)?f(?=[\s/>])[^>]*?(?:/>|>[^<]*</(?:[\w.\-]+:)?f>)")
_AREA_ATTRIBUTES = {"ref", "sqref"}
_ADDABLE_ELEMENTS = {
    "sheet": {
        "dataValidations", "dataValidation", "formula1", "conditionalFormatting", "cfRule", "formula",
        "colorScale", "dataBar", "cfvo", "color", "hyperlinks", "hyperlink", "legacyDrawing",
    },
    "table": {"tableColumn"},
    "comments": {"author", "comment", "text", "r", "rPr", "sz", "rFont", "family", "t"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AllowedCells:
    """The allowed changes in one tab: cells by 1-based row and 0-based column, added columns, added rows."""

    tab: str
    cells: Collection[tuple[int, int]]
    columns: Collection[int]
    rows: Collection[int] = ()


def sheet_differences(old: tuple[Contents, Tab], new: tuple[Contents, Tab], allowed: AllowedCells) -> Iterator[str]:
    """The changes of a tab that are not allowed."""
    old_parts, new_parts = _split(*old), _split(*new)
    different = list(_cells(old_parts, new_parts, allowed))
    if different and _only_formulas_unshared(old_parts, new_parts, different):
        before, after = tab_formulas(old[0], old[1].part), tab_formulas(new[0], new[1].part)
        different = [place for place in different if before.get(place) != after.get(place)]
    for row, column in different:
        yield f"{allowed.tab}!{a1(row, column) if column >= 0 else f'{row}:{row}'}"
    if not _same_frame(scan(old_parts.head + old_parts.tail), scan(new_parts.head + new_parts.tail), allowed):
        yield f"{allowed.tab}: {old[1].part}"
    yield from _related_parts(old[0], new[0], old[1])


def _split(contents: Contents, tab: Tab) -> grid.Parts:
    return grid.split(contents.package.read(tab.part))


def _only_formulas_unshared(old: grid.Parts, new: grid.Parts, places: list[tuple[int, int]]) -> bool:
    """Whether the cells differ only in their formulas, which may be the same once shared formulas are expanded.

    When the cell that holds a shared formula is overwritten, the others get a formula of their own.
    """
    first, second = _rows(old), _rows(new)
    return all(
        column >= 0
        and _without_formula(_row_cells(first.get(row), old.prefix, row).get(column))
        == _without_formula(_row_cells(second.get(row), new.prefix, row).get(column))
        for row, column in places
    )


def _without_formula(cell: bytes | None) -> bytes:
    return _FORMULA.sub(b"", cell or b"")


def _same_frame(old: Element, new: Element, allowed: AllowedCells) -> bool:
    links = {a1(row, column) for row, column in allowed.cells}
    return _only_added(old, new, "sheet", links) and _same_columns(old, new, allowed.columns)


def _same_columns(old: Element, new: Element, allowed: Collection[int]) -> bool:
    """Whether every other column keeps its width and style; ranges of columns may be split."""
    before, after = _columns(old), _columns(new)
    return all(
        before.get(column) == after.get(column) for column in before.keys() | after.keys() if column not in allowed
    )


def _columns(root: Element) -> dict[int, tuple[tuple[str, str], ...]]:
    listed = root.find("cols")
    columns = {}
    for element in listed.children if listed else []:
        flat = tuple(sorted(item for item in element.attributes.items() if item[0] not in ("min", "max")))
        first, last = int(element.attributes["min"]), int(element.attributes["max"])
        columns.update(dict.fromkeys(range(first - 1, min(last, grid.MAX_COLUMN)), flat))
    return columns


def _cells(old: grid.Parts, new: grid.Parts, allowed: AllowedCells) -> Iterator[tuple[int, int]]:
    """Cells that differ and are not allowed to; a row whose tag differs has the column -1."""
    first, second = _rows(old), _rows(new)
    allowed_rows = {row for row, _ in allowed.cells}
    for number in sorted(first.keys() | second.keys()):
        before, after = first.get(number), second.get(number)
        if before == after:
            continue
        made = before is None and number in allowed_rows
        if old.prefix == new.prefix == "" and after and _differ_as_allowed(before, after, number, allowed, made=made):
            continue
        tags = [_row_tag(before, old.prefix), _row_tag(after, new.prefix)]
        if number in allowed.rows:
            tags = [tag and _HIDDEN.sub(b"", tag).strip() for tag in tags]
        if not made and tags[0] != tags[1]:
            yield number, -1
        old_cells, new_cells = _row_cells(before, old.prefix, number), _row_cells(after, new.prefix, number)
        for column in sorted(old_cells.keys() | new_cells.keys()):
            if old_cells.get(column) != new_cells.get(column) and (number, column) not in allowed.cells:
                yield number, column


_UNUSUAL = re.compile(rb"<[!?]|<c[\t\r\n>/]")
"""In a row: a comment, which could look like a cell; a cell that `<c ` does not begin."""


def _differ_as_allowed(before: bytes | None, after: bytes, number: int, allowed: AllowedCells, *, made: bool) -> bool:
    """Whether two rows, written as programs usually do, differ in allowed cells alone; False when in doubt.

    Four times as quick as a look at each cell: most rows that change are rows of which the robot has a column.
    """
    if _UNUSUAL.search(before or b"") or _UNUSUAL.search(after):
        return False
    old_tag, *old_cells = _usual_pieces(before or b"")
    new_tag, *new_cells = _usual_pieces(after)
    if new_tag.count(b"<") != 1 or not (made or _row_tag(old_tag, "") == _row_tag(new_tag, "")):
        return False
    changed = {*old_cells}.symmetric_difference(new_cells)
    if [cell for cell in old_cells if cell not in changed] != [cell for cell in new_cells if cell not in changed]:
        return False
    return all(_is_allowed(cell, number, allowed) for cell in changed)


def _usual_pieces(row: bytes) -> list[bytes]:
    """The tag of a row, then each of its cells without `<c `."""
    return row.removesuffix(b"</row>").split(b"<c ")


def _is_allowed(cell: bytes, number: int, allowed: AllowedCells) -> bool:
    """Whether this is an allowed cell of that row, without anything after it; False when in doubt."""
    letters, _, rest = cell.removeprefix(b'r="').partition(f'{number}"'.encode())
    if (
        not letters.isalpha()
        or not cell.startswith(b'r="')
        or (number, grid.column_of(letters.upper())) not in allowed.cells
    ):
        return False
    return rest.find(b"</c>") == len(rest) - 4 if b"<" in rest else rest.endswith(b"/>")


def _rows(parts: grid.Parts) -> dict[int, bytes]:
    spans = grid.row_spans(grid.masked(parts.body), parts.prefix)
    return {number: parts.body[start:end] for number, start, end, _ in spans}


_HIDDEN = re.compile(rb"""(?:^|\s)hidden\s*=\s*(?:"[^"]*"|'[^']*')""")
_VARIABLE = re.compile(rb"""\s(?:spans|r)\s*=\s*(?:"[^"]*"|'[^']*')""")


def _row_tag(row: bytes | None, prefix: str) -> bytes | None:
    match = grid.row_tag_pattern(prefix).match(grid.masked(row)) if row else None
    return _VARIABLE.sub(b"", match[1]).strip() if match else None


def _row_cells(row: bytes | None, prefix: str, number: int) -> dict[int, bytes]:
    return grid.cells_of_row(row, prefix, number) if row else {}


def _related_parts(old: Contents, new: Contents, tab: Tab) -> Iterator[str]:
    """Related parts in which anything changed but tables that grew and notes that were added."""
    for relation in old.package.relations(tab.part):
        name = relation.target
        if name not in old.package or name not in new.package or old.package.raw(name) == new.package.raw(name):
            continue
        before, after = old.package.raw(name), new.package.raw(name)
        if relation.kind == "vmlDrawing":
            same = _only_inserted(before, after)
        else:
            same = relation.kind in _ADDABLE_ELEMENTS and _only_added(scan(before), scan(after), relation.kind, set())
        if not same:
            yield name


def _only_inserted(before: bytes, after: bytes) -> bool:
    """Whether the second part is the first with shapes added at its end."""
    place = before.rindex(b"</xml>")
    return after.startswith(before[:place]) and after.endswith(before[place:])


def _only_added(before: Element, after: Element, kind: str, links: set[str]) -> bool:
    """Whether the second has all elements of the first in the same order, and beside them only addable ones."""
    first, second = _flattened(before, links), iter(_flattened(after, links))
    for flat in first:
        for other in second:
            if other == flat:
                break
            if other[0] not in _ADDABLE_ELEMENTS[kind]:
                return False
        else:
            return False
    return all(other[0] in _ADDABLE_ELEMENTS[kind] for other in second)


def _flattened(root: Element, links: set[str]) -> list[tuple[str, str, tuple[tuple[str, str], ...]]]:
    flat = []
    for element in root.walk():
        if element.name in ("dimension", "hyperlinks", "cols", "col") or (
            element.name == "hyperlink" and element.attributes.get("ref") in links
        ):
            continue
        attributes = {
            key: _first_cells(value) if key in _AREA_ATTRIBUTES and element.name not in _FIXED_AREAS else value
            for key, value in element.attributes.items()
            if key != "count"
        }
        text = (
            _first_cells(element.text)
            if element.name == "sqref"
            else element.text.strip()
            if not element.children
            else ""
        )
        flat.append((element.name, text, tuple(sorted(attributes.items()))))
    return flat


_FIXED_AREAS = {
    "mergeCell",
    "comment",
    "hyperlink",
    "sortState",
    "protectedRange",
    "sheetView",
    "selection",
    "ignoredError",
}


def _first_cells(areas: str) -> str:
    """The first cell of each area: only the end of an area may move."""
    return " ".join(area.split(":")[0] for area in areas.split())
