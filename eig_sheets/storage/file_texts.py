"""The texts in a file of any kind that the program writes: what a search for a person reads. Nothing is written.

Databases are read as they are on the disk, without a lock; archives, compressed values and JSON are opened.
"""

from __future__ import annotations

import codecs
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
from email.message import EmailMessage
from html import unescape
from pathlib import Path
from typing import Any, Final

from eig_sheets.storage import regular_files
from eig_sheets.text.csv_cells import CELLS

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
_FORMULA: Final = re.compile(r"<(?:\w+:)?f\b[^>]*>([^<]+)</(?:\w+:)?f>")
_CELLS: Final = re.compile(r"<(?:\w+:)?sheetData\b.*</(?:\w+:)?sheetData>", re.DOTALL)
_PRINTED: Final = re.compile(r"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)\b[^>]*>([^<]*)<")
_PRINT_CODE: Final = re.compile(r'&(?:([LCR])|"[^"]*"|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|\d{1,3}|[A-Za-z])')
"""A part of the header of a printed sheet; a font, a colour, a size, a style, a page number (ECMA-376, 18.3.1.46)."""
_MARKS: Final = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, with which it begins
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_ONE_BYTE: Final = ("cp1252", "mac_roman", "cp850")
"""What a text that is not Unicode may be in: nothing in it says which."""
_ROWS: Final = (".csv", ".tsv")
_SEPARATORS: Final = ";,\t|"
_FAILURES: Final = (sqlite3.Error, zlib.error, zipfile.BadZipFile, ValueError, csv.Error, RuntimeError, LookupError)
"""What reading something damaged raises."""
_DOCUMENT: Final = frozenset({"[Content_Types].xml", "mimetype"})
"""What an archive that is one document has: OOXML, OpenDocument."""
_MARKUP: Final = (".html", ".htm", ".xml", ".rels", ".vml")
_OFFICE: Final = (".xlsx", ".xlsm", ".docx", ".ods", ".odt")


class UnreadableError(Exception):
    """A file, or something in it, cannot be read as what it is. Nothing of it is quoted.

    `where`: what of it, when the rest could be; '' for all of it.
    """

    def __init__(self, cause: str, where: str = "") -> None:
        super().__init__(cause)
        self.where = where


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
        yield from _of_archive(data)
    elif name.endswith(".eml"):
        yield from _of_message(data)
    elif name.endswith(".json"):
        yield from _of_value("", json.loads(data))
    else:
        for text in _decoded(data):
            yield from _of_text(name, text)
        if data.startswith(b"%PDF") or (b"\0" in data and _encoding(data) is None):
            raise UnreadableError("not a text")


def _of_text(name: str, text: str) -> Texts:
    if name.endswith(_MARKUP):
        yield from _of_markup("", text)
    elif name.endswith(".ics"):
        yield "", _FOLD.sub("", text).replace("\\,", ",").replace("\\;", ";")
    else:
        yield from ((f"ligne {number}", line) for number, line in enumerate(text.splitlines(), 1))
        yield from _of_rows(text) if name.endswith(_ROWS) else ()


def _of_rows(text: str) -> Texts:
    """The rows of a text of cells, by the separator that its first line has most."""
    first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    yield from ((f"ligne {rows.line_num}", CELLS.join(row)) for row in rows if len(row) > 1)


def texts_beside_cells(path: Path) -> Texts:
    """Each text of an .xlsx file that is no cell's value: formulas, comments, links, printed headers, names of tabs.

    Raises OSError, UnreadableError.
    """
    try:
        for where, markup in _markups_in(regular_files.read_bytes(path)):
            if where.startswith("xl/worksheets/sheet"):
                yield from ((f"{where}, formule", unescape(formula)) for formula in _FORMULA.findall(markup))
            if where != "xl/sharedStrings.xml":
                yield from _of_markup(where, _CELLS.sub("", markup))
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
    for where, markup in _markups_in(data):
        yield from _of_markup(where, markup)


def _markups_in(data: bytes) -> Texts:
    """Each markup of an archive, and of the documents in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in filter(_is_opened, archive.infolist()):
            if member.file_size > MEMBER_BYTES:
                raise UnreadableError("too large")
            name, content = member.filename, archive.read(member)
            if name.lower().endswith(_OFFICE):
                yield from ((f"{name}, {part}", markup) for part, markup in _markups_in(content))
            else:
                yield from ((name, markup) for markup in _decoded(content))
        if _DOCUMENT.isdisjoint(archive.namelist()) and not all(map(_is_opened, archive.infolist())):
            raise UnreadableError("an archive of other files")


def _is_opened(member: zipfile.ZipInfo) -> bool:
    return member.filename.lower().endswith((*_MARKUP, *_OFFICE))


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
    return _plain(text) if part.get_content_subtype() == "html" else _FOLD.sub("", text)


def _of_markup(where: str, markup: str) -> Texts:
    """The words of a markup, all of it (links have addresses in their attributes), and what it prints on each page."""
    yield where, _plain(markup)
    yield where, unescape(markup)
    yield from ((where, _printed(unescape(text))) for text in _PRINTED.findall(markup))


def _printed(text: str) -> str:
    """What stands at the head or the foot of a page, without the codes that would join the words they touch."""
    return _PRINT_CODE.sub(lambda code: "\n" if code[1] else "", text)


def _plain(markup: str) -> str:
    """The words of a markup: those that stand beside one another in a cell or a paragraph stay together."""
    words = _TAG.sub("", _BREAKS.sub("\n", markup))
    return unescape(_ESCAPE.sub(lambda found: chr(int(found[1], 16)), words))


def _encoding(data: bytes) -> str | None:
    """The encoding that the first bytes say, if they do."""
    return next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)


def _decoded(data: bytes) -> Iterator[str]:
    """The text, in each encoding that it may have when it is no Unicode."""
    try:
        yield data.decode(_encoding(data) or "utf-8")
    except UnicodeDecodeError:
        yield from (data.decode(one, "replace") for one in _ONE_BYTE)
