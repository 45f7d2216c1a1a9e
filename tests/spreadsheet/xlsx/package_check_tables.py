"""The part of package_check that looks at tables, and the geometry of ranges."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from xml.etree import ElementTree as ET

from eig_sheets.spreadsheet.model.cells import a1, parse_a1
from eig_sheets.spreadsheet.model.snapshot import Area
from tests.spreadsheet.xlsx.opc import OFFICE, Parts, main, related, relations, sheets, workbook_part
from tests.spreadsheet.xlsx.package_check import MAX_COLUMN, MAX_ROW, Problem, counts, plain_text, twice, unescaped


def area(reference: str) -> Area:
    """A1 or A1:B2 (relative). Raises ValueError on anything else, on a range upside down or outside a sheet."""
    first, _, last = reference.partition(":")
    if "$" in reference or ":" in last:
        raise ValueError(reference)
    (row, column), (last_row, last_column) = parse_a1(first), parse_a1(last or first)
    if not (0 < row <= last_row <= MAX_ROW and 0 <= column <= last_column < MAX_COLUMN):
        raise ValueError(reference)
    return Area(row, column, last_row, last_column)


def overlap(first: Area, other: Area) -> bool:
    """Whether two rectangles share a cell."""
    rows = first.first_row <= other.last_row and other.first_row <= first.last_row
    return rows and first.first_column <= other.last_column and other.first_column <= first.last_column


def table_problems(part: str, root: ET.Element, parts: Parts) -> Iterator[Problem]:
    """What is wrong with the tables of a sheet."""
    listed, targets = [], relations(parts, part)
    for link in root.iter(main("tablePart")):
        relation = targets.get(link.attrib[f"{{{OFFICE}}}id"])
        if relation:
            listed.append(relation.target)
    yield from (Problem(part, "table_not_listed", name) for name in set(related(parts, part, "table")) - set(listed))
    places = []
    for name in listed:
        table = ET.fromstring(parts[name])
        try:
            place = area(table.attrib["ref"])
        except ValueError:
            yield Problem(name, "range_form", table.attrib["ref"])
            continue
        places.append((name, place))
        yield from _table(name, table, place, _header_texts(parts, root, place))
    others = [
        (e.tag, area(e.attrib["ref"])) for n in ("mergeCell", "autoFilter") for e in root.findall(f".//{main(n)}")
    ]
    for (name, first), (_, other) in [*combinations(places, 2), *((p, o) for p in places for o in others)]:
        if overlap(first, other):
            yield Problem(name, "table_overlap")


def _header_texts(parts: Parts, root: ET.Element, place: Area) -> list[str | None]:
    strings = [
        item for part in related(parts, workbook_part(parts), "sharedStrings") for item in ET.fromstring(parts[part])
    ]
    cells = {
        cell.get("r"): cell for row in root.iter(main("row")) if row.get("r") == str(place.first_row) for cell in row
    }
    columns = range(place.first_column, place.last_column + 1)
    return [_header_text(cells.get(a1(place.first_row, column)), strings) for column in columns]


def _header_text(cell: ET.Element | None, strings: list[ET.Element]) -> str | None:
    if cell is None:
        return None
    value, inline = cell.findtext(main("v"), ""), cell.find(main("is"))
    if cell.get("t") == "s":
        return plain_text(strings[int(value)]) if int(value) < len(strings) else None
    return plain_text(inline) if inline is not None else unescaped(value) if cell.get("t") == "str" else None


def _table(name: str, table: ET.Element, place: Area, headers: list[str | None]) -> Iterator[Problem]:
    columns = list(table.iter(main("tableColumn")))
    names = [unescaped(column.attrib["name"]) for column in columns]
    yield from counts(name, table, ("tableColumns",))
    yield from twice(name, "table_column_twice", names)
    yield from twice(name, "table_column_id_twice", [column.attrib["id"] for column in columns])
    if table.get("headerRowCount", "1") != "0" and names != headers:
        yield Problem(
            name, "table_headers", str([pair for pair in zip(names, headers, strict=False) if pair[0] != pair[1]][:2])
        )
    totals = int(table.get("totalsRowCount", "0"))
    if place.last_row - place.first_row - totals < 1:
        yield Problem(name, "table_without_rows")
    for filter_element in table.iter(main("autoFilter")):
        expected = Area(place.first_row, place.first_column, place.last_row - totals, place.last_column)
        if area(filter_element.attrib["ref"]) != expected:
            yield Problem(name, "table_filter", filter_element.attrib["ref"])


def table_identities(parts: Parts) -> Iterator[Problem]:
    """Names and ids that two tables share."""
    tables = [ET.fromstring(parts[name]) for tab in sheets(parts).values() for name in related(parts, tab, "table")]
    book = ET.fromstring(parts[workbook_part(parts)])
    names = [name.attrib["name"] for name in book.iter(main("definedName")) if name.get("localSheetId") is None]
    yield from twice("", "table_name_twice", [*names, *(table.attrib["displayName"] for table in tables)])
    yield from twice("", "table_id_twice", [table.attrib["id"] for table in tables])
