"""The rows of a sheet part: changes to single cells, while every other row keeps its bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from eig_sheets.spreadsheet.xlsx import grid
from eig_sheets.spreadsheet.xlsx.cell_values import shifted
from eig_sheets.spreadsheet.xlsx.markup import escape_text, unescape

_SPANS = re.compile(rb"""\sspans\s*=\s*(?:"[^"]*"|'[^']*')""")
_HIDDEN = re.compile(rb"""\shidden\s*=\s*(?:"[^"]*"|'[^']*')""")
_HAS_VALUE = re.compile(rb"<(?:[\w.\-]+:)?(?:v|is|f)(?=[\s/>])")
_FALSE = re.compile(rb"""^<[^>]*\st=["']b["'][^>]*>\s*<(?:\w+:)?v>\s*0\s*</""")
_HAS_FORMULA = re.compile(rb"<(?:[\w.\-]+:)?f(?=[\s/>])")


@dataclass(slots=True)
class _Row:
    """One row: its original bytes, or once parsed its attributes, its cells and the bytes after it."""

    raw: bytes
    attributes: bytes = b""
    cells: dict[int, bytes] | None = None
    after: bytes = b""


class Rows:
    """The body of a sheet part, by row and column."""

    def __init__(self, body: bytes, prefix: str) -> None:
        self._prefix = prefix
        self._rows: dict[int, _Row] = {}
        mask = grid.masked(body)
        spans = [(number, start, match) for number, start, _, match in grid.row_spans(mask, prefix)]
        starts = [start for _, start, _ in spans] + [len(body)]
        self._before = body[: starts[0]]
        for (number, start, match), end in zip(spans, starts[1:], strict=True):
            raw = body[start:end]
            if grid.attribute(match[1], "r") is None:
                place = len(f"<{prefix}row")
                raw = raw[:place] + f' r="{number}"'.encode() + raw[place:]
            self._rows[number] = _Row(raw)

    def _open(self, number: int) -> _Row:
        row = self._rows.get(number)
        if row is None:
            row = self._rows[number] = _Row(b"", f' r="{number}"'.encode(), {})
        if row.cells is None:
            match = grid.row_pattern(self._prefix).match(grid.masked(row.raw))
            assert match is not None  # noqa: S101 - it was found by this pattern
            row.attributes = _SPANS.sub(b"", match[1])
            row.cells = (
                grid.cells_of_row(row.raw[match.start(3) : match.end(3)], self._prefix, number) if match[3] else {}
            )
            row.after = row.raw[match.end() :]
        return row

    def cell(self, number: int, column: int) -> bytes | None:
        """The bytes of a cell; None when there is none."""
        if number not in self._rows:
            return None
        return (self._open(number).cells or {}).get(column)

    def row_attributes(self, number: int) -> bytes:
        """The inside of a row's tag; b'' when there is none."""
        return self._open(number).attributes if number in self._rows else b""

    def show(self, number: int) -> None:
        """Show a row that is hidden."""
        if _HIDDEN.search(self.row_attributes(number)):
            row = self._open(number)
            row.attributes = _HIDDEN.sub(b"", row.attributes)

    def put(self, number: int, column: int, cell: str) -> None:
        """Set the XML of a cell; '' removes it."""
        if not cell and self.cell(number, column) is None:
            return
        cells = self._open(number).cells
        assert cells is not None  # noqa: S101 - opened just now
        if cell:
            cells[column] = cell.encode()
        else:
            cells.pop(column, None)

    def unshare_formula(self, number: int, column: int) -> None:
        """Write out the formula of each cell that shares the one of this cell, before this is overwritten."""
        origin = self._formula(self.cell(number, column))
        if origin is None or grid.attribute(origin[1], "t") != b"shared" or not origin[2]:
            return
        text, group = unescape(origin[2]), grid.attribute(origin[1], "si")
        for row in [known for known, held in self._rows.items() if held.cells is not None or b"shared" in held.raw]:
            cells = self._open(row).cells or {}
            for place, cell in cells.items():
                sharing = self._formula(cell)
                if sharing and not sharing[2] and grid.attribute(sharing[1], "si") == group:
                    own = escape_text(shifted(text, row - number, place - column)).encode()
                    tag = f"{self._prefix}f".encode()
                    new = b"<" + tag + b">" + own + b"</" + tag + b">"
                    cells[place] = cell[: sharing.start()] + new + cell[sharing.end() :]

    def _formula(self, cell: bytes | None) -> re.Match[bytes] | None:
        return grid.element_pattern(self._prefix, "f").search(cell) if cell else None

    def to_bytes(self) -> bytes:
        """The body."""
        return self._before + b"".join(self._written(self._rows[number]) for number in sorted(self._rows))

    def _written(self, row: _Row) -> bytes:
        if row.cells is None:
            return row.raw
        tag = f"{self._prefix}row".encode()
        cells = b"".join(row.cells[column] for column in sorted(row.cells))
        return b"<" + tag + row.attributes + b">" + cells + b"</" + tag + b">" + row.after


def style_of(cell: bytes | None) -> int:
    """The index of a cell's style; 0 when it has none."""
    if cell is None:
        return 0
    value = grid.attribute(cell[: cell.index(b">")], "s")
    return int(value) if value else 0


def has_value(cell: bytes | None) -> bool:
    """Whether a cell holds anything but a style."""
    return cell is not None and _HAS_VALUE.search(cell) is not None


def is_unticked_box(cell: bytes | None) -> bool:
    """Whether a cell holds FALSE as a value: an unticked check-box, in rows that nobody has filled yet."""
    return cell is not None and _FALSE.search(cell) is not None


def has_formula(cell: bytes | None) -> bool:
    """Whether a cell holds a formula."""
    return cell is not None and _HAS_FORMULA.search(cell) is not None
