"""Compares what people own in two states of a spreadsheet: no call of the robot may change any of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile

from eig_sheets.workbook.robot_tab import marks_of
from tests.columns import SCHEMA
from tests.sheets_server.model import Book, Formula, Json, Row, Sheet
from tests.sheets_server.native_tables import rect_of

ROBOT_COLUMNS = {field.id for tab in SCHEMA.tabs for field in tab.robot_fields}
Line = tuple[object, ...]


def robots(book: Book) -> set[int]:
    """The ids of the tabs that are marked as the robot's, by this version or an older one, and not copies of them."""
    ids = {known for tab_id in SCHEMA.robot_tabs for known in marks_of(tab_id)}
    return {
        item["location"]["sheetId"]
        for item in book.metadata
        if item["metadataKey"] == "eig-sheets.tab"
        and item["metadataValue"] in {f"{one}@{item['location']['sheetId']}" for one in ids}
    }


def robot_columns(book: Book, sheet: Sheet) -> dict[int, str]:
    """The columns of a people's tab that are marked as the robot's, and as which."""
    return {
        place["startIndex"]: item["metadataValue"]
        for item in book.metadata
        if item["metadataKey"] == "eig-sheets.column"
        and (place := item["location"].get("dimensionRange", {})).get("sheetId") == sheet.id
        and item["metadataValue"] in {f"{one}@{sheet.id}" for one in ROBOT_COLUMNS}
    }


def lost(before: Book, after: Book) -> list[str]:
    """What a robot's call changed of people's; rows and columns that it put between theirs change nothing."""
    theirs = [sheet for sheet in before.sheets if sheet.id not in robots(before)]
    left = {sheet.id: sheet for sheet in after.sheets}
    order = [sheet.id for sheet in after.sheets if sheet.id in {one.id for one in theirs}]
    found = [] if order == [sheet.id for sheet in theirs] else [f"tabs are {order}"]
    of_all = ("title", "locale", "time_zone", "owner", "properties", "named_ranges")
    found += [f"{name} of the spreadsheet" for name in of_all if getattr(before, name) != getattr(after, name)]
    for sheet in theirs:
        if sheet.id in left:
            found.extend(f"{sheet.title}: {what}" for what in _changed(before, sheet, after, left[sheet.id]))
    return found


def _changed(before: Book, old: Sheet, after: Book, new: Sheet) -> Iterator[str]:
    if (old.title, old.properties) != (new.title, new.properties):
        yield f"its name or properties: {new.title}, {new.properties}"
    was, now = _grid(before, old), _grid(after, new)
    rows = _missing(was, now)
    columns = _missing(_columns(was), _columns(now))
    if rows and columns:
        yield f"row {rows[0][0]}: {_difference(rows[0][1], rows[0][2])}"
    if rows and not columns:  # columns were added: nothing else may be
        return
    yield from _typed_over(before, old, after, new)
    inserted = len(now) - len(was)
    for name in ("merges", "basic_filter", "filter_views", "conditional", "banding", "charts", "slicers"):
        if not inserted and _unmoved(name, old, new):
            yield f"{name}: {getattr(old, name)} became {getattr(new, name)}"
    if gone := [table["name"] for table in old.tables if not any(_is_grown(table, one) for one in new.tables)]:
        yield f"tables: {gone}"
    gone = [item for item in old.protected if not any(_same_protection(item, one) for one in new.protected)]
    if gone:
        yield f"protections: {gone}"


def _typed_over(before: Book, old: Sheet, after: Book, new: Sheet) -> Iterator[str]:
    """What people typed in the robot's columns and that is there no more; the text of a header is in its formula."""
    places = {mark: column for column, mark in robot_columns(after, new).items()}
    for column, mark in robot_columns(before, old).items():
        formulas, left = _contents(new, places.get(mark, column))
        tops = {row for row, _ in formulas}
        headers = [value for row, value in _contents(old, column)[1] if row in tops]
        for value in (_typed(_contents(old, column)[1]) - _typed(left)).elements():
            text = str(value).replace('"', '""')
            kept = any(f'"{text}"' in str(formula) for _, formula in formulas)
            if not kept and (isinstance(value, str) or value not in headers):
                yield f"{mark}: {value!r}, typed in the robot's column, is gone"


Contents = list[tuple[int, object]]


def _contents(sheet: Sheet, column: int) -> tuple[Contents, Contents]:
    """The formulas of a column, and what else is in it, each with its row."""
    held = [(row, line[column].value) for row, line in enumerate(sheet.cells) if column in line]
    formulas: Contents = [(row, str(value)) for row, value in held if isinstance(value, Formula)]
    return formulas, [(row, value) for row, value in held if value is not None and not isinstance(value, Formula)]


def _typed(contents: Contents) -> Counter[object]:
    return Counter(value for _, value in contents)


def _unmoved(name: str, old: Sheet, new: Sheet) -> bool:
    was, now = getattr(old, name), getattr(new, name)
    if name == "filter_views":  # some may be added, which change nothing for anybody
        return any(view not in now for view in was)
    return bool(was != now)


def _is_grown(one: Json, other: Json) -> bool:
    """Whether a table is another, as it was or with what the robot added to it."""
    return one["tableId"] == other["tableId"] and one["name"] == other["name"] and _size(one) <= _size(other)


def _size(table: Json) -> tuple[int, int]:
    area = rect_of(table)
    return area.height, area.width


def _same_protection(one: Json, other: Json) -> bool:
    same = ("protectedRangeId", "description", "editors", "warningOnly")
    return all(one.get(name) == other.get(name) for name in same)


def _grid(book: Book, sheet: Sheet) -> list[Line]:
    """The cells of people's columns, row by row: value, format, note, drop-down, rich text, chips."""
    ours = robot_columns(book, sheet)
    columns = [column for column in range(sheet.columns) if column not in ours]
    width = max((max(line, default=-1) for line in sheet.cells), default=-1) + 1
    return [tuple(_cell(line, column) for column in columns if column < width) for line in sheet.cells[: sheet.rows]]


def _cell(line: Row, column: int) -> object:
    cell = line.get(column)
    if cell is None:
        return None
    value = f"={cell.value}" if isinstance(cell.value, Formula) else (type(cell.value).__name__, cell.value)
    return value, repr(cell.format), cell.note, repr(cell.validation), repr(cell.text_runs), repr(cell.chips)


def _columns(rows: Sequence[Line]) -> list[Line]:
    width = max(map(len, rows), default=0)
    height = max((place for place, row in enumerate(rows, 1) if any(row)), default=0)
    return [tuple(row[place] if place < len(row) else None for row in rows[:height]) for place in range(width)]


def _missing(was: Sequence[Line], now: Sequence[Line]) -> list[tuple[int, Line, Line]]:
    """The first line that is not where it was, once one block of new lines is left out."""
    was, now = [*map(_trimmed, was)], [*map(_trimmed, now)]
    while was and not was[-1]:
        was.pop()
    while now and not now[-1]:
        now.pop()
    kept = len([*takewhile(lambda pair: pair[0] == pair[1], zip(was, now, strict=False))])
    rest, later = was[kept:], now[kept + max(0, len(now) - len(was)) :]
    if rest == later:
        return []
    place = next(n for n in range(len(rest)) if n >= len(later) or rest[n] != later[n])
    return [(kept + place + 1, rest[place], later[place] if place < len(later) else ())]


def _trimmed(line: Line) -> Line:
    end = len(line)
    while end and line[end - 1] is None:
        end -= 1
    return line[:end]


def _difference(one: Line, other: Line) -> str:
    for place in range(max(len(one), len(other))):
        a, b = (line[place] if place < len(line) else None for line in (one, other))
        if a != b:
            return f"column {place}: {a!r} became {b!r}"
    return "nothing"
