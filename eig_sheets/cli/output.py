"""Prints tables on stdout: for people on a terminal, as CSV or JSON for programs."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from math import isfinite
from typing import Any, Final, TypeVar

from eig_sheets.cli import tables
from eig_sheets.cli.terminal import echo, echo_data, echo_styled, is_unicode
from eig_sheets.spreadsheet.model.plan import Change
from eig_sheets.text import csv_cells
from eig_sheets.text.french import listed, number, plural, typographic
from eig_sheets.text.printable import escaped, printable
from eig_sheets.workbook.quoting import quoted
from eig_sheets.workbook.table import Col, Table

Record = Mapping[str, Any]
Row = TypeVar("Row")
_PIPE_WIDTH: Final = 240
"""A file or a pipe has no width to respect."""
_MOST_ROWS: Final = 1_000
"""Rows of a table on a terminal: nobody reads more, and each takes a millisecond to lay out."""


def show(table: Table[Row], rows: Sequence[Row], form: str, empty: str = "") -> None:
    """Print the rows; `empty` to people when there are none."""
    if form == "json":
        show_object(table.records(rows))
    elif form == "csv":
        _csv(table.csv_records(rows))
    elif rows:
        _table(table.lines(rows[:_MOST_ROWS]), table.headers)
        _say_others(len(rows) - _MOST_ROWS)
    else:
        echo(empty)


def _say_others(count: int) -> None:
    if count > 0:
        others = plural(count, "autre ligne", "autres lignes")
        echo(typographic(f"… et {others} : ajoutez --format csv pour tout avoir."), err=True)


def show_object(value: Any) -> None:
    """Print a value as JSON."""
    echo(escaped(json.dumps(value, ensure_ascii=not is_unicode(sys.stdout), indent=2)))


def _csv(records: Sequence[Record]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(records[0] if records else [])
    writer.writerows([[_csv_cell(value) for value in record.values()] for record in records])
    echo_data(text.getvalue())


def _csv_cell(value: Any) -> Any:
    """What a cell of the CSV holds; a text that a spreadsheet would take for a formula stays text (guarantee G7)."""
    flat = _flat(value)
    return csv_cells.escaped(flat) if isinstance(flat, str) else flat


def _flat(value: Any) -> Any:
    if isinstance(value, Mapping):
        return ";".join(f"{key}={'' if item is None else _flat(item)}" for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return ";".join(str(_flat(item)) for item in value)
    return str(value).lower() if isinstance(value, bool) else value


def _table(records: Sequence[Record], headers: Mapping[str, str]) -> None:
    is_terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if is_terminal else _PIPE_WIDTH
    rows = [{key: printable(_cell_text(record[key])) for key in headers} for record in records]
    fitting = tables.fitting(rows, headers, width) if width >= tables.NARROWEST else []
    if not fitting:
        echo_styled(tables.cards(rows, headers, width))
        return
    kept = {key: headers[key] for key in fitting}
    numeric = {key for key in kept if all(isinstance(record[key], (int, float, type(None))) for record in records)}
    echo_styled(tables.table(rows, kept, width, numeric, styled=is_terminal))
    _say_left_out([header for key, header in headers.items() if key not in kept])


def _say_left_out(headers: Sequence[str]) -> None:
    if headers:
        which = f"{listed(headers)} {'ne tiennent' if len(headers) > 1 else 'ne tient'} pas"
        echo(typographic(f"{which} dans cette fenêtre : élargissez-la, ou ajoutez --format csv."), err=True)


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return number(value, 2)
    return _listed(value) if isinstance(value, (list, tuple)) else str(value)


def _listed(items: Sequence[str]) -> str:
    """Items of one cell: sentences one a line, words after commas."""
    return ("\n" if all(item.endswith(".") for item in items) else ", ").join(items)


def gap_record(gap: float) -> float | None:
    """How far an answer may be from the best bound, null where nothing bounds it."""
    return gap if isfinite(gap) else None


def show_changes(changes: Sequence[Change], form: str) -> None:
    """Print each cell that changes, with its old and new values."""
    show(CHANGES, displayed_changes(changes, form), form, NO_CHANGE)


def displayed_changes(changes: Sequence[Change], form: str) -> Sequence[Change]:
    """The changes that a dry run prints in that form: people do not see hidden columns."""
    return [change for change in changes if not change.hidden] if form == "table" else changes


def change_records(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """The cells that would change as JSON has them."""
    return CHANGES.records(changes)


def _plain_cell(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


_LONGEST_CELL: Final = 4_000
"""Characters of a cell that a table shows: a whole e-mail, not the fingerprints that the robot keeps for itself."""


def _french_cell(value: Any) -> Any:
    if isinstance(value, str) and len(value) > _LONGEST_CELL:
        return f"{value[:_LONGEST_CELL]}…"
    return quoted(value) if isinstance(value, date) else _plain_cell(value)


CHANGES: Final = Table[Change](
    Col("tab", "Onglet"),
    Col("cell", "Cellule"),
    Col("old", "Avant", lambda change: _plain_cell(change.old), lambda change: _french_cell(change.old)),
    Col("new", "Après", lambda change: _plain_cell(change.new), lambda change: _french_cell(change.new)),
)
"""What a dry run prints: a row for each cell that changes."""
NO_CHANGE: Final = "Rien ne changerait."
