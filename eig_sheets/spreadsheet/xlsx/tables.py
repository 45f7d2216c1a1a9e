"""Excel tables of a sheet, extended to the rows and columns that we add at their edge."""

from __future__ import annotations

from eig_sheets.spreadsheet.model.snapshot import Area
from eig_sheets.spreadsheet.xlsx import ranges
from eig_sheets.spreadsheet.xlsx.markup import (
    Edit,
    Element,
    escape_attribute,
    insert_inside,
    prefix_of,
    scan,
    set_attribute,
    splice,
)
from eig_sheets.spreadsheet.xlsx.package import Package


class Tables:
    """The table parts of one sheet; `finish` writes those that changed."""

    def __init__(self, package: Package, sheet_part: str) -> None:
        self._package = package
        related = (relation for relation in package.relations(sheet_part) if relation.kind == "table")
        self._parts = {relation.target: package.read(relation.target) for relation in related}
        self._changed: set[str] = set()

    def add_rows(self, first: int, last: int, columns: tuple[int, ...]) -> None:
        """Extend a table that ends just above added rows to these, unless it has a row of totals."""
        for part, data in self._parts.items():
            root = scan(data)
            if int(root.attributes.get("totalsRowCount", "0")):
                continue
            area = root.attributes.get("ref", "")
            longer = ranges.extend_down(area, first, last, columns)
            if longer != area:
                self._rewrite(part, _with_area(data, root, longer))

    def remove_rows(self, first: int, last: int) -> None:
        """Shorten a table that ends with removed rows."""
        for part, data in self._parts.items():
            root = scan(data)
            area = root.attributes.get("ref", "")
            shorter = ranges.shorten(area, first, last)
            if shorter != area:
                self._rewrite(part, _with_area(data, root, shorter))

    def add_column(self, header_row: int, column: int, header: str) -> None:
        """Extend a table that ends just left of a new header to it, unless it has a column of that name already."""
        for part, data in self._parts.items():
            root = scan(data)
            area = root.attributes.get("ref", "")
            wider = ranges.extend_right(area, header_row, column)
            listed = root.find("tableColumns")
            if wider == area or listed is None or root.attributes.get("headerRowCount") == "0":
                continue
            if _folded(header) in {_folded(column.attributes.get("name", "")) for column in listed.children}:
                continue
            new = self._column(data, root, listed, header)
            self._rewrite(part, [*_with_area(data, root, wider), *new])

    def _column(self, data: bytes, root: Element, listed: Element, header: str) -> list[Edit]:
        known = listed.all("tableColumn")
        number = 1 + max((int(column.attributes.get("id", "0")) for column in known), default=0)
        name = escape_attribute(header).replace("&#10;", "_x000a_")
        new = f'<{prefix_of(data, root)}tableColumn id="{number}" name="{name}"/>'.encode()
        return [set_attribute(data, listed, "count", str(len(known) + 1)), insert_inside(data, listed, new)]

    def _rewrite(self, part: str, edits: list[Edit]) -> None:
        self._parts[part] = splice(self._parts[part], edits)
        self._changed.add(part)

    def header_rows(self) -> set[int]:
        """The rows that hold the headers of a table."""
        areas = (ranges.parse(scan(data).attributes.get("ref", "")) for data in self._parts.values())
        return {area.first_row for area in areas if area is not None}

    def finish(self) -> None:
        """Write the table parts that changed."""
        for part in sorted(self._changed):
            self._package.write(part, self._parts[part])


def _folded(name: str) -> str:
    """A column's name normalised for comparison, as in Excel; table parts write line breaks as `_x000a_`."""
    return name.casefold().replace("_x000a_", "\n")


def _with_area(data: bytes, root: Element, area: str) -> list[Edit]:
    """The edits that set the area of a table; its filter ends above the row of totals."""
    edits = [set_attribute(data, root, "ref", area)]
    known, whole = root.find("autoFilter"), ranges.parse(area)
    if known is not None and whole is not None:
        last_row = whole.last_row - int(root.attributes.get("totalsRowCount", "0"))
        filtered = Area(whole.first_row, whole.first_column, last_row, whole.last_column)
        edits.append(set_attribute(data, known, "ref", ranges.text(filtered)))
    return edits
