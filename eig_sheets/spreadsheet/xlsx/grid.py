"""Rows and cells of a sheet part, found by regular expressions: a parser callback per cell would be ten times slower.

The part must be well-formed; comments and CDATA, which could match a pattern, are masked beforehand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from eig_sheets.spreadsheet.model.cells import a1, column_index
from eig_sheets.spreadsheet.xlsx.markup import DamagedError

ATTRIBUTES = rb"""(?:[^<>"'/]++|"[^"]*+"|'[^']*+')*+"""
MAX_ROW, MAX_COLUMN = 1_048_576, 16_384

_HIDDEN = re.compile(rb"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_DATA_TAG = re.compile(rb"<((?:[\w.\-]+:)?)sheetData(?=[\s/>])" + ATTRIBUTES + rb"(/?)>")
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,3})([0-9]+)["']""")


def masked(data: bytes) -> bytes:
    """The bytes with comments, instructions and CDATA sections overwritten by spaces: offsets stay."""
    if b"<!" not in data and data.find(b"<?", 5) < 0:
        return data
    return _HIDDEN.sub(lambda match: b" " * len(match[0]), data)


def plain(data: bytes) -> bytes:
    """The bytes without comments and instructions, with CDATA sections as ordinary text."""
    if b"<!" not in data and data.find(b"<?", 5) < 0:
        return data
    return _HIDDEN.sub(lambda match: _as_text(match[1] or b""), data)


def _as_text(raw: bytes) -> bytes:
    return raw.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


@dataclass(frozen=True, slots=True)
class Parts:
    """A sheet part in three: before the rows, the rows, from their end tag on. `prefix` is `x:` or ''."""

    head: bytes
    body: bytes
    tail: bytes
    prefix: str


def split(data: bytes, *, is_plain: bool = False) -> Parts:
    """Split a sheet part, which may be `plain` already, around its rows. Raises DamagedError without sheetData."""
    mask = data if is_plain else masked(data)
    tag = _DATA_TAG.search(mask)
    if tag is None:
        raise DamagedError("no sheetData")
    prefix = tag[1].decode()
    end_tag = f"</{prefix}sheetData>".encode()
    if tag[2]:
        return Parts(data[: tag.end() - 2] + b">", b"", end_tag + data[tag.end() :], prefix)
    end = mask.rindex(b"</" + tag[1] + b"sheetData")
    return Parts(data[: tag.end()], data[tag.end() : end], data[end:], prefix)


@lru_cache
def cell_pattern(prefix: str) -> re.Pattern[bytes]:
    """A pattern for every row tag and every cell of a body.

    Groups: column letters, row, style, type, plain value, text of its own, content, when the tag is written as programs
    usually do; else attributes, content; or the attributes of a row tag.
    """
    p = re.escape(prefix).encode()
    usual = rb'c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?'
    end = b"</" + p + rb"c\s*>"
    value = b"<" + p + b"v>([^<]*+)</" + p + b"v>" + end
    text = b"<" + p + b"is><" + p + b't(?: xml:space="preserve")?>([^<]*+)</' + p + b"t></" + p + b"is>" + end
    unusual = rb"c(?=[\s/>])(" + ATTRIBUTES + b")(?:/>|>(.*?)" + end + b")"
    row = rb"row(?=[\s/>])(" + ATTRIBUTES + b")/?>"
    inside = b"(?:/>|>(?:" + value + b"|" + text + b"|(.*?)" + end + b"))"
    return re.compile(b"<" + p + b"(?:" + usual + inside + b"|" + unusual + b"|" + row + b")", re.DOTALL)


@lru_cache
def row_pattern(prefix: str) -> re.Pattern[bytes]:
    """A pattern for every row of a body. Groups: attributes, `/` when it is empty, cells."""
    p = re.escape(prefix).encode()
    end = b"/" + p + rb"row\s*>"
    cells = b"(?:[^<]++|<(?!" + end + b"))*+"  # three times as fast as a lazy match
    return re.compile(b"<" + p + rb"row(?=[\s/>])(" + ATTRIBUTES + b")(?:(/)>|>(" + cells + b")<" + end + b")")


@lru_cache
def row_tag_pattern(prefix: str) -> re.Pattern[bytes]:
    """A pattern for the start tag of a row. Group: attributes."""
    return re.compile(b"<" + re.escape(prefix).encode() + rb"row(?=[\s/>])(" + ATTRIBUTES + b")/?>")


@lru_cache
def element_pattern(prefix: str, name: str) -> re.Pattern[bytes]:
    """A pattern for elements of that name, which must not nest. Groups: attributes, content (None when empty)."""
    p = re.escape(prefix).encode() + name.encode()
    return re.compile(b"<" + p + rb"(?=[\s/>])(" + ATTRIBUTES + b")(?:/>|>(.*?)</" + p + rb"\s*>)", re.DOTALL)


def attribute(attributes: bytes, name: str) -> bytes | None:
    """The raw value of an attribute; `attributes` is the inside of a tag."""
    match = re.search(rb"\s" + name.encode() + rb"""\s*=\s*(?:"([^"]*)"|'([^']*)')""", attributes)
    return None if match is None else match[1] if match[1] is not None else match[2]


def row_number(attributes: bytes, before: int) -> int:
    """The 1-based row of a tag; one without `r` follows the row before it."""
    match = _REFERENCE.search(attributes)
    number = int(match[2]) if match else before + 1
    if not 0 < number <= MAX_ROW:
        raise DamagedError(f"row {number}")
    return number


def column_number(attributes: bytes, before: int) -> int:
    """The 0-based column of a cell's tag; one without `r` follows the cell before it."""
    match = _REFERENCE.search(attributes)
    column = column_index(match[1].decode()) if match and match[1] else before + 1
    if not 0 <= column < MAX_COLUMN:
        raise DamagedError(f"column {column}")
    return column


def row_spans(body: bytes, prefix: str) -> Iterator[tuple[int, int, int, re.Match[bytes]]]:
    """Number, start and end of each row of a (masked) body, with its match."""
    number = 0
    for match in row_pattern(prefix).finditer(body):
        number = row_number(match[1], number)
        yield number, match.start(), match.end(), match


@lru_cache
def _cell_in_row_pattern(prefix: str) -> re.Pattern[bytes]:
    p = re.escape(prefix).encode()
    usual = rb'c(?=[\s/>])(?: r="([A-Z]{1,3})[0-9]+")?('
    end = b"</" + p + rb"c\s*>"
    plain = b"<" + p + b"v>[^<]*+</" + p + b"v>" + end
    return re.compile(b"<" + p + usual + ATTRIBUTES + b")(?:/>|>(?:" + plain + b"|.*?" + end + b"))", re.DOTALL)


@lru_cache(maxsize=2 * MAX_COLUMN)
def column_of(letters: bytes) -> int:
    """The 0-based column of upper-case letters."""
    return column_index(letters.decode())


def cells_of_row(row: bytes, prefix: str, number: int) -> dict[int, bytes]:
    """Column → bytes of each cell of a row, with its address added where it is missing."""
    mask = masked(row)
    cells: dict[int, bytes] = {}
    column = -1
    for match in _cell_in_row_pattern(prefix).finditer(mask):
        cell = row[match.start() : match.end()]
        if match[1]:
            column = column_of(match[1])
        else:
            column = column_number(match[2], column)
            if attribute(match[2], "r") is None:
                place = len(f"<{prefix}c")
                cell = cell[:place] + f' r="{a1(number, column)}"'.encode() + cell[place:]
        cells[column] = cell
    return cells
