"""Values written by the values.* methods, and what people type: RAW and USER_ENTERED."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.sheets_server import typed
from tests.sheets_server.addresses import Rect, letters, quoted
from tests.sheets_server.errors import invalid
from tests.sheets_server.formulas.calculation import local_now
from tests.sheets_server.locales import locale
from tests.sheets_server.model import EMPTY, MAX_CHARACTERS, Book, Cell, Row, Sheet, Value
from tests.sheets_server.protection import Writer
from tests.sheets_server.ranges import Area, beyond

Typist = Callable[[Cell, Any], Cell]


def type_in(book: Book, sheet: Sheet, row: int, column: int, given: Any) -> None:
    """Put in a cell what someone types in it."""
    sheet.put(row, column, typist(book)(sheet.cell(row, column), given))


def typist(book: Book) -> Typist:
    """Return what makes a cell of what someone types in it; a number format comes with it where the cell has none."""
    habits, today = locale(book.locale), local_now(book).date()

    def typed_in(cell: Cell, given: Any) -> Cell:
        if not isinstance(given, str):
            return cell.with_value(given)
        form = cell.format or {}
        entry = typed.read(given, habits, today, form.get("numberFormat"))
        new = cell.with_value(entry.value)
        if entry.number_format and "numberFormat" not in form:
            new.format = form | {"numberFormat": entry.number_format}
        return new

    return typed_in


def _raw(given: Any) -> Value:
    if isinstance(given, str):
        if len(given) > MAX_CHARACTERS:
            raise invalid(f"Your input contains more than the maximum of {MAX_CHARACTERS} characters in a single cell.")
        return given or None
    value: Value = given
    return value


def _raw_cell(cell: Cell, given: Any) -> Cell:
    return cell.with_value(_raw(given))


@dataclass(slots=True)
class Written:
    """What a write did: the area of its data, and the rows and columns of what was not null in it."""

    area: Rect
    rows: frozenset[int]
    columns: frozenset[int]
    cells: int


def write(book: Book, writer: Writer, sheet: Sheet, top: int, left: int, rows: list[list[Any]], option: str) -> Written:
    """Write rows of values from a cell on; null leaves a cell alone, an empty text empties it."""
    width = max((len(row) for row in rows), default=0)
    area = Rect(top, top + max(1, len(rows)), left, left + max(1, width))
    writer.require(book, sheet, Rect(top, top + len(rows), left, left + width))
    touched_rows: set[int] = set()
    touched_columns: set[int] = set()
    count = 0
    make: Typist = typist(book) if option == "USER_ENTERED" else _raw_cell
    for r, row in enumerate(rows):
        line = sheet.own_row(top + r) if any(given is not None for given in row) else Row()
        for c, given in enumerate(row):
            if given is None:
                continue
            if isinstance(given, (list, dict)):
                raise invalid(f"Invalid values[{r}][{c}]: {_proto(given)}")
            line.put(left + c, make(line.get(left + c, EMPTY), given))
            touched_rows.add(top + r)
            touched_columns.add(left + c)
            count += 1
    return Written(area, frozenset(touched_rows), frozenset(touched_columns), count)


def _proto(given: Any) -> str:
    """Return a list or an object as the text of its google.protobuf.Value, which is how Google names it."""
    if isinstance(given, dict):
        fields = "".join(
            f'  fields {{\n    key: "{k}"\n    value {{\n      {_scalar(v)}\n    }}\n  }}\n' for k, v in given.items()
        )
        return f"struct_value \t {{\n{fields}}}\n"
    values = "".join(f"  values {{\n    {_scalar(item)}\n  }}\n" for item in given)
    return f"list_value \t {{\n{values}}}\n"


def _scalar(item: Any) -> str:
    if isinstance(item, bool):
        return f"bool_value: {str(item).lower()}"
    if isinstance(item, (int, float)):
        return f"number_value: {float(item)}"
    if isinstance(item, str):
        return f'string_value: "{item}"'
    return "null_value: NULL_VALUE" if item is None else _proto(item).strip()


def by_rows(value_range: dict[str, Any]) -> list[list[Any]]:
    """Return the rows of a ValueRange, whatever its major dimension."""
    values = value_range.get("values", [])
    if value_range.get("majorDimension") != "COLUMNS":
        return list(values)
    height = max((len(column) for column in values), default=0)
    return [[column[r] if r < len(column) else None for column in values] for r in range(height)]


def require_fit(target: Area, rows: list[list[Any]]) -> None:
    """Refuse values that leave the range they are written to, or the grid; a single cell is only where to start."""
    sheet, span, name = target.sheet, target.span, f"{quoted(target.sheet.title)}!{target.span.a1}".rstrip("!")
    if (span.bottom or 0) > sheet.rows or (span.right or 0) > sheet.columns:
        raise beyond(sheet, span)
    single = (
        (span.top, span.left) != (None, None)
        and span.bottom == (span.top or 0) + 1
        and span.right == (span.left or 0) + 1
    )
    bottom = sheet.rows if single else target.rect.bottom
    right = sheet.columns if single else target.rect.right
    width = max((len(row) for row in rows), default=0)
    if target.rect.top + len(rows) > bottom:
        raise invalid(f"Requested writing within range [{name}], but tried writing to row [{bottom + 1}]")
    if target.rect.left + width > right:
        raise invalid(f"Requested writing within range [{name}], but tried writing to column [{letters(right)}]")
