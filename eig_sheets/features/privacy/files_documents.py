"""The texts of markups, and of the archives of markups that documents are, in whatever encoding they have."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Final

from eig_sheets.features.privacy.workbook_search import CELLS

Texts = Iterator[tuple[str, str]]
"""Where each text is in its file, and the text."""

MEMBER_BYTES: Final = 1 << 28
"""The most that one part of an archive, or one compressed value, is opened to."""
_BREAKS: Final = re.compile(r"</(?:\w+:)?(?:p|si|c|row|comment|tr|td|th|li|div|h\d)>|<br */?>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^>]*>")
_ESCAPE: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
_NUMBER: Final = re.compile(r' r="(\d+)"')
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
_DOCUMENT: Final = frozenset({"[Content_Types].xml", "mimetype"})
"""What an archive that is one document has: OOXML, OpenDocument."""
_ROWS: Final = {"tr": "t[dhc]", "table-row": "table-cell"}
"""An element that is a row, and its cells: in HTML and OOXML, in OpenDocument (« table: » goes before both)."""
MARKUP: Final = (".html", ".htm", ".xml", ".rels", ".vml")
_OFFICE: Final = (".xlsx", ".xlsm", ".docx", ".ods", ".odt")


class UnreadableError(Exception):
    """A file, or something in it, cannot be read as what it is. Nothing of it is quoted.

    `where`: what of it, when the rest could be; '' for all of it.
    """

    def __init__(self, cause: str, where: str = "") -> None:
        super().__init__(cause)
        self.where = where


def of_archive(data: bytes) -> Texts:
    """Each text of an archive, and the cells of each row of a workbook. Raises UnreadableError, BadZipFile."""
    sheets, strings = [], []
    for where, markup in markups_in(data):
        yield from of_markup(where, markup)
        if where.startswith("xl/worksheets/sheet"):
            sheets.append((where, markup))
        elif where == "xl/sharedStrings.xml":
            strings = [plain_words(content) for _, content in _elements(markup, "si")]
    for where, markup in sheets:
        for place, (row, cells) in enumerate(_elements(markup, "row"), 1):
            number = _NUMBER.search(row)
            texts = [_cell_text(cell, content, strings) for cell, content in _elements(cells, "c")]
            yield f"{where}, ligne {number[1] if number else place}", CELLS.join(filter(None, texts))


def _elements(markup: str, name: str) -> Texts:
    """The tag and the content of each element of this name that has some and none of its name in it.

    Each letter is read once, whatever is left open.
    """
    opening = re.compile(rf"<(?:\w+:)?{name}\b[^<>]*>")
    for piece in re.split(rf"</(?:\w+:)?{name}>", markup)[:-1]:
        if tags := [*opening.finditer(piece)]:
            yield tags[-1][0], piece[tags[-1].end() :]


def _cell_text(attributes: str, content: str, strings: Sequence[str]) -> str:
    """The text of a cell of a sheet; '' for a number."""
    if 't="s"' not in attributes:
        return plain_words(content) if 't="' in attributes else ""
    number = plain_words(content)
    return strings[int(number)] if number.isdecimal() and int(number) < len(strings) else ""


def markups_in(data: bytes) -> Texts:
    """Each markup of an archive, and of the documents in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in filter(_is_opened, archive.infolist()):
            if member.file_size > MEMBER_BYTES:
                raise UnreadableError("too large")
            name, content = member.filename, archive.read(member)
            if name.lower().endswith(_OFFICE):
                yield from ((f"{name}, {part}", markup) for part, markup in markups_in(content))
            else:
                yield from ((name, markup) for markup in decodings(content))
        if _DOCUMENT.isdisjoint(archive.namelist()) and not all(map(_is_opened, archive.infolist())):
            raise UnreadableError("an archive of other files")


def _is_opened(member: zipfile.ZipInfo) -> bool:
    return member.filename.lower().endswith((*MARKUP, *_OFFICE))


def of_markup(where: str, markup: str) -> Texts:
    """The words of a markup, all of it (links have addresses in their attributes), and what it prints on each page.

    The cells of a row of a table stay together, as those of a workbook do.
    """
    yield where, plain_words(markup)
    yield where, unescape(markup)
    for element, cell in _ROWS.items():
        for _, row in _elements(markup, element):
            texts = (plain_words(content).strip() for _, content in _elements(row, cell))
            yield where, CELLS.join(filter(None, texts))
    yield from ((where, _printed(unescape(text))) for text in _PRINTED.findall(markup))


def _printed(text: str) -> str:
    """What stands at the head or the foot of a page, without the codes that would join the words they touch."""
    return _PRINT_CODE.sub(lambda code: "\n" if code[1] else "", text)


def plain_words(markup: str) -> str:
    """The words of a markup: those that stand beside one another in a cell or a paragraph stay together."""
    words = _TAG.sub("", _BREAKS.sub("\n", markup))
    return unescape(_ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), words))


def encoding_of(data: bytes) -> str | None:
    """The encoding that the first bytes say, if they do."""
    return next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)


def decodings(data: bytes) -> Iterator[str]:
    """The text, in each encoding that it may have when it is no Unicode."""
    try:
        yield data.decode(encoding_of(data) or "utf-8")
    except UnicodeDecodeError:
        yield from (data.decode(encoding, "replace") for encoding in _ONE_BYTE)
