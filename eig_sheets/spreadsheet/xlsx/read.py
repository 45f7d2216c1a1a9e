"""Conversion of an .xlsx package to a Snapshot: typed values at their addresses, nothing interpreted."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from eig_sheets.spreadsheet.model.cells import CellError, CellValue, Uncomputed, a1, parse_a1
from eig_sheets.spreadsheet.model.snapshot import Area, Snapshot, TabSnapshot
from eig_sheets.spreadsheet.xlsx import grid, marks
from eig_sheets.spreadsheet.xlsx.cell_values import (
    NumberKind,
    as_people_read,
    from_iso,
    from_serial,
    kind_of_format,
    shifted,
)
from eig_sheets.spreadsheet.xlsx.contents import Contents
from eig_sheets.spreadsheet.xlsx.markup import DamagedError, TooLargeError, check, scan, unescape, unescape_text
from eig_sheets.spreadsheet.xlsx.package import Package

LISTS_TAB_MARK = "_listes"
"""Mark of the hidden tab that holds long drop-down lists: it is left out of snapshots."""


class _Texts(dict[bytes, str]):
    """The text that bytes of a part stand for: decoded, and kept in memory, once for all cells that hold it."""

    def __missing__(self, raw: bytes) -> str:
        text = self[raw] = unescape_text(raw)
        return text


@dataclass(frozen=True, slots=True)
class _CellContext:
    """The context to read cells: shared strings, kinds of numbers by style, date system, texts that were met."""

    strings: list[str]
    shown: list[NumberKind]
    since_1904: bool
    texts: _Texts = field(default_factory=_Texts)


_MOST_SLOTS = 8_000_000
"""Maximum of cells of one tab, including the empty ones before a filled cell of their row."""


@dataclass(slots=True)
class _SheetContent:
    """The content of one sheet part. Raises TooLargeError."""

    rows: list[list[CellValue]] = field(default_factory=list)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    shared: dict[bytes, tuple[str, int, int]] = field(default_factory=dict)
    slots: int = 0

    def put(self, row: int, column: int, value: CellValue) -> None:
        rows = self.rows
        while len(rows) < row:
            rows.append([])
        cells = rows[row - 1]
        missing = column - len(cells)
        if missing < 0:
            cells[column] = value
            return
        self.slots += missing + 1
        if self.slots > _MOST_SLOTS:
            raise TooLargeError("too many cells", cell=a1(row, column))
        if missing:
            cells.extend([None] * missing)
        cells.append(value)


def snapshot(package: Package, version: str) -> Snapshot:
    """The Snapshot of a package, with hidden tabs; a tab that is a chart has no cells. Raises DamagedError."""
    contents = Contents(package)
    context = _CellContext(_strings(contents), kinds_by_style(contents), contents.since_1904)
    tab_marks, column_marks = marks.tab_marks(contents), marks.column_marks(contents)
    tabs = []
    for tab in contents.tabs:
        mark = tab_marks.get(tab.name)
        if mark == LISTS_TAB_MARK:
            continue
        try:
            content, merges = _sheet(package.read(tab.part), context) if tab.part else (_SheetContent(), ())
        except TooLargeError as error:
            raise TooLargeError(str(error), tab.name, error.cell) from None
        columns = column_marks.get(tab.name, {})
        tabs.append(TabSnapshot(tab.name, content.rows, merges, content.formulas, mark, columns, hidden=tab.hidden))
    return Snapshot(tuple(tabs), version, identity=marks.identity(contents))


def tab_values(contents: Contents, part: str) -> list[list[CellValue]]:
    """The values of one sheet part."""
    return _tab(contents, part).rows


def tab_formulas(contents: Contents, part: str) -> dict[tuple[int, int], str]:
    """The formulas of one sheet part, with shared ones expanded."""
    return _tab(contents, part).formulas


def _tab(contents: Contents, part: str) -> _SheetContent:
    context = _CellContext(_strings(contents), kinds_by_style(contents), contents.since_1904)
    return _sheet(contents.package.read(part), context)[0]


def _strings(contents: Contents) -> list[str]:
    part = contents.related("sharedStrings")
    if part is None:
        return []
    data = grid.plain(contents.package.read(part))
    root_tag = re.search(rb"<((?:[\w.\-]+:)?)sst(?=[\s/>])", data)
    check(data)
    if root_tag is None:
        raise DamagedError(part)
    prefix = root_tag[1].decode()
    return [_text(match[2] or b"", prefix) for match in grid.element_pattern(prefix, "si").finditer(data)]


def _text(content: bytes, prefix: str) -> str:
    """The text of a string item: its runs joined, without phonetic guides."""
    if b"rPh" in content:
        content = grid.element_pattern(prefix, "rPh").sub(b"", content)
    runs = [match[2] or b"" for match in grid.element_pattern(prefix, "t").finditer(content)]
    return unescape_text(runs[0] if len(runs) == 1 else b"".join(runs))


def kinds_by_style(contents: Contents) -> list[NumberKind]:
    """The kind of number of each cell style, in the order of `cellXfs`."""
    part = contents.related("styles")
    if part is None:
        return []
    root = scan(contents.package.read(part))
    formats, styles = root.find("numFmts"), root.find("cellXfs")
    codes = {
        f.attributes.get("numFmtId"): f.attributes.get("formatCode") for f in (formats.children if formats else [])
    }
    numbers = [style.attributes.get("numFmtId", "0") for style in (styles.all("xf") if styles else [])]
    return [kind_of_format(int(number), codes.get(number)) for number in numbers]


def _sheet(data: bytes, context: _CellContext) -> tuple[_SheetContent, tuple[Area, ...]]:
    check(data)
    parts = grid.split(grid.plain(data), is_plain=True)
    return _cells(parts.body, parts.prefix, context), _merges(parts)


def _located(body: bytes, prefix: str) -> Iterator[tuple[int, int, bytes, bytes, bytes | None, bytes | None]]:
    """Row, column, style, type, plain value and other content of each cell that is not empty."""
    row, column, row_digits = 0, -1, b""
    for match in grid.cell_pattern(prefix).finditer(body):
        letters, digits, style, kind, value, own, content, attributes, unusual, row_tag = match.groups()
        if letters is not None:
            column = grid.column_of(letters)
            if digits != row_digits:
                row, row_digits = int(digits), digits
        elif row_tag is not None:
            row, column, row_digits = grid.row_number(row_tag, row), -1, b""
            continue
        else:
            column = grid.column_number(attributes, column)
            style, kind = grid.attribute(attributes, "s"), grid.attribute(attributes, "t")
            content = unusual
        if own is not None:
            value, kind = own, b"str"  # an inline text is read like the text of a formula
        if value is not None or content:
            if row > grid.MAX_ROW or column >= grid.MAX_COLUMN:
                raise DamagedError(f"cell at row {row}, column {column}")
            yield row, column, style or b"0", kind or b"n", value, content


def _cells(body: bytes, prefix: str, context: _CellContext) -> _SheetContent:
    sheet = _SheetContent()
    strings, texts, shown, put = context.strings, context.texts, context.shown, sheet.put
    plain_numbers = {str(i).encode() for i, what in enumerate(shown) if what is NumberKind.NUMBER} or {b"0"}
    try:
        for row, column, style, kind, value, content in _located(body, prefix):
            if value is None:
                read: CellValue = _compound(sheet, (row, column), (style, kind, content or b""), prefix, context)
            elif kind == b"s":
                read = strings[int(value)]
            elif kind == b"str":
                read = texts[value]
            elif kind == b"n" and style in plain_numbers and value:
                read = float(value)
            else:
                read = _value(value, style, kind, context)
            if read is not None and read != "":
                put(row, column, read)
    except (ValueError, IndexError, OverflowError) as error:
        raise DamagedError(f"cell value: {error}") from None
    return sheet


def _compound(
    sheet: _SheetContent, place: tuple[int, int], cell: tuple[bytes, bytes, bytes], prefix: str, context: _CellContext
) -> CellValue:
    """The value of a cell with a formula, an inline text, or unusual markup."""
    style, kind, content = cell
    inline = grid.element_pattern(prefix, "is").search(content)
    if kind == b"inlineStr":
        return _text(inline[2] or b"", prefix) if inline else None
    value = grid.element_pattern(prefix, "v").search(content)
    formula = grid.element_pattern(prefix, "f").search(content)
    raw = (value[2] or b"") if value else None
    if formula:
        text = _formula(sheet, place, formula)
        if raw is None or (not raw and kind != b"str"):
            return Uncomputed(text)
    return None if raw is None else _value(raw, style, kind, context)


def _formula(sheet: _SheetContent, place: tuple[int, int], match: re.Match[bytes]) -> str:
    text = as_people_read(unescape(match[2] or b""))
    group = grid.attribute(match[1], "si")
    if grid.attribute(match[1], "t") == b"shared" and group is not None:
        if text:
            sheet.shared[group] = (text, *place)
        elif group in sheet.shared:
            origin, row, column = sheet.shared[group]
            text = shifted(origin, place[0] - row, place[1] - column)
    sheet.formulas[place] = text
    return text


def _value(raw: bytes, style: bytes, kind: bytes, context: _CellContext) -> CellValue:
    if kind == b"s":
        return context.strings[int(raw)] if raw else None
    if kind == b"str":
        return context.texts[raw]
    if kind == b"b":
        return raw.strip() in (b"1", b"true")
    if kind == b"e":
        return CellError(unescape(raw))
    if kind == b"d":
        return from_iso(raw.decode())
    return _number(raw, style, context) if raw.strip() else None


def _number(raw: bytes, style: bytes, context: _CellContext) -> CellValue:
    number, index = float(raw), int(style)
    if not math.isfinite(number):
        return CellError("#NUM!")
    shown = context.shown[index] if index < len(context.shown) else NumberKind.NUMBER
    return from_serial(number, shown, since_1904=context.since_1904)


def _merges(parts: grid.Parts) -> tuple[Area, ...]:
    root = scan(parts.head + parts.tail)
    merged = root.find("mergeCells")
    references = [cell.attributes.get("ref", "") for cell in (merged.all("mergeCell") if merged else [])]
    try:
        return tuple(_area(reference) for reference in references)
    except ValueError as error:
        raise DamagedError(str(error)) from None


def _area(reference: str) -> Area:
    first, _, last = reference.partition(":")
    first_row, first_column = parse_a1(first)
    last_row, last_column = parse_a1(last or first)
    return Area(first_row, first_column, last_row, last_column)
