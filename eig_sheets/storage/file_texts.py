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
from collections.abc import Iterator
from contextlib import closing
from email import message_from_bytes, policy
from html import unescape
from pathlib import Path
from typing import Any, Final

from eig_sheets.storage import regular_files

Texts = Iterator[tuple[str, str]]
"""Where each text is in its file, and the text."""

MEMBER_BYTES: Final = 1 << 28
"""The most that one part of an archive, or one compressed value, is opened to."""
_DIGEST_BYTES: Final = 64
"""The longest digest or salt that databases hold: bytes of no text."""
_BREAKS: Final = re.compile(r"</(?:\w+:)?(?:p|si|c|row|comment|tr|td|th|li|div|h\d)>|<br */?>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^>]*>")
_ESCAPE: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
_FOLD: Final = re.compile(r"\r?\n[ \t]")
_FORMULA: Final = re.compile(r"<f\b[^>]*>([^<]+)</f>")
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
"""The first bytes of UTF-16."""
_DOCUMENT: Final = frozenset({"[Content_Types].xml", "mimetype"})
"""What an archive that is one document has: OOXML, OpenDocument."""
_MARKUP: Final = (".html", ".htm", ".xml", ".rels", ".vml")


class UnreadableError(Exception):
    """A file, or something in it, cannot be read as what it is. Nothing of it is quoted."""


def texts_in(path: Path) -> Texts:
    """Each text of a file. Raises OSError, UnreadableError."""
    data = regular_files.read_bytes(path)
    try:
        yield from _texts(path.name.lower(), data)
    except (sqlite3.Error, zlib.error, zipfile.BadZipFile, ValueError, csv.Error, RuntimeError, LookupError) as error:
        raise UnreadableError(type(error).__name__) from None


def _texts(name: str, data: bytes) -> Texts:
    if data.startswith(b"SQLite format 3\0"):
        yield from _of_database(data)
    elif data.startswith(b"PK\x03\x04"):
        yield from _of_archive(data)
    elif name.endswith(".eml"):
        yield from _of_message(data)
    elif name.endswith(".json"):
        yield from _of_value("", json.loads(data))
    elif name.endswith(_MARKUP):
        yield from _of_markup("", _decoded(data))
    elif name.endswith(".ics"):
        yield "", _FOLD.sub("", _decoded(data)).replace("\\,", ",").replace("\\;", ";")
    else:
        yield from ((f"ligne {number}", line) for number, line in enumerate(_decoded(data).splitlines(), 1))
        if data.startswith(b"%PDF") or (b"\0" in data and not data.startswith(_WIDE)):
            raise UnreadableError("not a text")


def texts_beside_cells(path: Path) -> Texts:
    """Each text of an .xlsx file that is no cell's value: formulas, comments, links, names of tabs and of authors.

    Raises OSError, UnreadableError.
    """
    try:
        for where, text in _of_archive(regular_files.read_bytes(path)):
            if where.startswith("xl/worksheets/sheet"):
                yield from ((f"{where}, formule", unescape(formula)) for formula in _FORMULA.findall(text))
            elif where != "xl/sharedStrings.xml":
                yield where, text
    except (zlib.error, zipfile.BadZipFile, ValueError, RuntimeError, LookupError) as error:
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
        found = opened.decompress(data, MEMBER_BYTES)
    except zlib.error:
        if len(data) <= _DIGEST_BYTES:
            return data
        raise
    if not opened.eof and len(data) > _DIGEST_BYTES:
        raise UnreadableError("cut, or too large")
    return found if opened.eof else data


def _of_bytes(where: str, data: bytes) -> Texts:
    data = _decompressed(data)
    if data.startswith(b"PK\x03\x04"):
        yield from ((f"{where}, {part}", text) for part, text in _of_archive(data))
    else:
        yield from _of_value(where, data.decode("utf-8", "replace"))


def _of_archive(data: bytes) -> Texts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            if _is_opened(member):
                if member.file_size > MEMBER_BYTES:
                    raise UnreadableError("too large")
                yield from _of_markup(member.filename, _decoded(archive.read(member)))
        if _DOCUMENT.isdisjoint(archive.namelist()) and not all(map(_is_opened, archive.infolist())):
            raise UnreadableError("an archive of other files")


def _is_opened(member: zipfile.ZipInfo) -> bool:
    return member.filename.lower().endswith(_MARKUP)


def _of_message(data: bytes) -> Texts:
    message = message_from_bytes(data, policy=policy.default)
    for name, header in message.items():
        yield name, str(header)
    for part in message.walk():
        if part.get_content_maintype() == "text" or part.get_content_type() == "application/ics":
            content = part.get_content()
            text = content.decode("utf-8", "replace") if isinstance(content, bytes) else str(content)
            kind = part.get_content_subtype()
            yield f"corps ({kind})", _plain(text) if kind == "html" else _FOLD.sub("", text)


def _of_markup(where: str, markup: str) -> Texts:
    """The words of a markup, then all of it: links have addresses in their attributes."""
    yield where, _plain(markup)
    yield where, unescape(markup)


def _plain(markup: str) -> str:
    """The words of a markup: those that stand beside one another in a cell or a paragraph stay together."""
    words = _TAG.sub("", _BREAKS.sub("\n", markup))
    return unescape(_ESCAPE.sub(lambda found: chr(int(found[1], 16)), words))


def _decoded(data: bytes) -> str:
    if data.startswith(_WIDE):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig", "replace")
