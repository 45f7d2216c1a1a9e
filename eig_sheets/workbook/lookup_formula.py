"""The lookup formula that fills a robot's column from its header cell, on backends with concurrent editors.

The range begins in the header's own row, so that a row inserted anywhere keeps every value beside its own number.
"""

from __future__ import annotations

from eig_sheets.spreadsheet.model.cells import column_letters
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.workbook.fields import RobotField, TabSchema


def formula(robot: RobotField, tab: TabSchema, header: str, key: tuple[int, int], source: Sheet) -> str:
    """The formula (English names, commas, no `=`) of the column headed `header`.

    `key` is the header cell (1-based row, 0-based column) of the rows' own numbers; `source` the robot's tab that has
    the values, where its columns are those of `source.columns`. A number that is not there shows a blank.
    """
    row, letters = key[0], column_letters(key[1])
    keys = f"{letters}{row}:{letters}"
    headers = [column.header for column in source.columns]
    numbers = _whole_column(source, headers.index(tab.field(tab.key).header))
    values = _whole_column(source, headers.index(robot.source_header))
    lookup = f'IFNA(XLOOKUP(TRIM({keys}&""),{numbers},{values}))'  # not IFERROR: other errors must show
    return f'ARRAYFORMULA(IF(ROW({keys})=ROW({letters}{row}),{_literal(header)},IF({keys}="",,{lookup})))'


def _whole_column(source: Sheet, column: int) -> str:
    letters, name = column_letters(column), source.name.replace("'", "''")
    return f"'{name}'!{letters}:{letters}"


def _literal(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
