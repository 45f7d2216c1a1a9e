"""The texts in a file of any kind that the program writes: what a search for a person reads. Nothing is written.

Databases are read as they are on the disk, without a lock; archives, compressed values and JSON are opened.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import zipfile
import zlib
from contextlib import closing
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from pathlib import Path
from typing import Any, Final

from eig_sheets.features.privacy.files_documents import (
    MARKUP,
    MEMBER_BYTES,
    Texts,
    UnreadableError,
    decodings,
    encoding_of,
    markups_in,
    of_archive,
    of_markup,
    plain_words,
)
from eig_sheets.features.privacy.workbook_search import CELLS
from eig_sheets.storage import regular_files

_DIGEST_BYTES: Final = 64
"""The longest digest or salt that databases hold: bytes of no text."""
_FOLD: Final = re.compile(r"\r?\n[ \t]")
_FORMULA: Final = re.compile(r"<(?:\w+:)?f\b[^>]*>([^<]+)</(?:\w+:)?f>")
_CELLS: Final = re.compile(r"<(?:\w+:)?sheetData\b.*</(?:\w+:)?sheetData>", re.DOTALL)
_SEPARATORS: Final = {".csv": ";,\t|", ".tsv": ";,\t|", ".txt": "\t"}
"""What may stand between the cells of a row, by the ending of the file's name."""
_FAILURES: Final = (sqlite3.Error, zlib.error, zipfile.BadZipFile, ValueError, csv.Error, RuntimeError, LookupError)
"""What reading something damaged raises."""


def texts_in(path: Path) -> Texts:
    """Each text of a file. Raises OSError, UnreadableError."""
    data = regular_files.read_bytes(path)
    try:
        yield from _texts(path.name.lower(), data)
    except _FAILURES as error:
        raise UnreadableError(type(error).__name__) from None


def _texts(name: str, data: bytes) -> Texts:
    if data.startswith(b"SQLite format 3\0"):
        yield from _of_database(data)
    elif data.startswith(b"PK\x03\x04"):
        yield from of_archive(data)
    elif name.endswith(".eml"):
        yield from _of_message(data)
    elif name.endswith(".json"):
        yield from _of_value("", json.loads(data))
    else:
        for text in decodings(data):
            yield from _of_text(name, text)
        if data.startswith(b"%PDF") or (b"\0" in data and encoding_of(data) is None):
            raise UnreadableError("not a text")


def _of_text(name: str, text: str) -> Texts:
    if name.endswith(MARKUP):
        yield from of_markup("", text)
    elif name.endswith(".ics"):
        yield "", _FOLD.sub("", text).replace("\\,", ",").replace("\\;", ";")
    else:
        yield from ((f"ligne {number}", line) for number, line in enumerate(text.splitlines(), 1))
        separators = next((signs for ending, signs in _SEPARATORS.items() if name.endswith(ending)), "")
        yield from _of_rows(text, separators)


def _of_rows(text: str, separators: str) -> Texts:
    """The rows of a text of cells, by each separator that it has: which one is its own, nothing says for sure."""
    for separator in filter(text.__contains__, separators):
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        yield from ((f"ligne {rows.line_num}", CELLS.join(row)) for row in rows if len(row) > 1)


def texts_beside_cells(path: Path) -> Texts:
    """Each text of an .xlsx file that is no cell's value: formulas, comments, links, printed headers, names of tabs.

    Raises OSError, UnreadableError.
    """
    try:
        for where, markup in markups_in(regular_files.read_bytes(path)):
            if where.startswith("xl/worksheets/sheet"):
                yield from ((f"{where}, formule", unescape(formula)) for formula in _FORMULA.findall(markup))
            if where != "xl/sharedStrings.xml":
                yield from of_markup(where, _CELLS.sub("", markup))
    except _FAILURES as error:
        raise UnreadableError(type(error).__name__) from None


def _of_database(data: bytes) -> Texts:
    """Each value of each row of each table, by the first values of the row."""
    with closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(data)
        tables = base.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        for (table,) in tables:
            quoted = table.replace('"', '""')
            rows = base.execute(f'SELECT rowid, * FROM "{quoted}"')  # noqa: S608 (a name of the database's own)
            names = [column[0] for column in rows.description]
            for row in rows:
                for column, value in zip(names[1:], row[1:], strict=True):
                    yield from _of_value(f"{table}, rang {row[0]}, {column}", value)


def _of_value(where: str, value: Any) -> Texts:
    if isinstance(value, bytes):
        yield from _of_bytes(where, value)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield where, str(key)
            yield from _of_value(f"{where} › {key}".strip(" ›"), item)
    elif isinstance(value, list):
        for item in value:
            yield from _of_value(where, item)
    elif isinstance(value, str):
        if value[:1] in ("{", "["):
            try:
                yield from _of_value(where, json.loads(value))
            except ValueError:
                yield where, value
        else:
            yield where, value


def _decompressed(data: bytes) -> bytes:
    """The bytes that zlib compressed; others as they are, a salt or a digest whose first byte is zlib's included."""
    if data[:1] != b"\x78":
        return data
    opened = zlib.decompressobj()
    try:
        decompressed = opened.decompress(data, MEMBER_BYTES)
    except zlib.error:
        if len(data) <= _DIGEST_BYTES:
            return data
        raise
    if not opened.eof and len(data) > _DIGEST_BYTES:
        raise UnreadableError("cut, or too large")
    return decompressed if opened.eof else data


def _of_bytes(where: str, data: bytes) -> Texts:
    data = _decompressed(data)
    if data.startswith(b"PK\x03\x04"):
        yield from ((f"{where}, {part}", text) for part, text in of_archive(data))
    else:
        yield from _of_value(where, data.decode("utf-8", "replace"))


def _of_message(data: bytes) -> Texts:
    """Its headers, its text and its attachments, those of the messages in it included."""
    unread = []
    for part in message_from_bytes(data, policy=policy.default).walk():
        yield from ((header, str(value)) for header, value in part.items())
        if part.is_multipart():
            continue
        name = part.get_filename()
        where = f"pièce jointe {name}" if name else f"corps ({part.get_content_subtype()})"
        try:
            if name:
                content = part.get_payload(decode=True)
                attached = _texts(name.lower(), content if isinstance(content, bytes) else b"")
                yield from ((f"{where}, {place}" if place else where, text) for place, text in attached)
            else:
                yield where, _body(part)
        except UnreadableError as error:
            unread.append(f"{where}, {error.where}" if error.where else where)
        except _FAILURES:
            unread.append(where)
    if unread:
        raise UnreadableError("attachments", ", ".join(unread))


def _body(part: EmailMessage) -> str:
    """The text of a part without a name. Raises UnreadableError for what is none."""
    if part.get_content_maintype() != "text" and part.get_content_type() != "application/ics":
        raise UnreadableError("not a text")
    content = part.get_content()
    text = content.decode("utf-8", "replace") if isinstance(content, bytes) else str(content)
    return plain_words(text) if part.get_content_subtype() == "html" else _FOLD.sub("", text)
