"""Text and rows of a .csv (RFC 4180): any of three separators, cells of any length, UTF-8, UTF-16 or cp1252."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from typing import Final

from eig_sheets.importing.errors import ExportError

_BYTE_ORDER_MARKS: Final[Mapping[bytes, str]] = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_REMEDY: Final = "téléchargez l’export à nouveau, ou enregistrez-le en « CSV UTF-8 »."


def decoded(name: str, data: bytes) -> str:
    """The text of a .csv. Raises ExportError, which names the line, on bytes that are no text."""
    encoding = next((codec for mark, codec in _BYTE_ORDER_MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        text = _western(name, data, encoding, error)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ExportError(
            f"« {name} », ligne {line} : il y a des caractères nuls, comme dans un fichier abîmé ou d’un encodage "
            f"inattendu. Rien n’est importé : {_REMEDY}"
        )
    return text


def _western(name: str, data: bytes, encoding: str, error: UnicodeDecodeError) -> str:
    """The same in cp1252, when nothing before the error says that it is Unicode."""
    if encoding == "utf-8" and data[: error.start].isascii():
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError as second:
            error = second
    line = data.count(b"\n", 0, error.start) + 1
    raise ExportError(f"« {name} », ligne {line} : des octets n’y sont pas du texte. Rien n’est importé : {_REMEDY}")


_SEPARATORS: Final = ";,\t"
_QUOTED: Final = re.compile(r'"((?:[^"]|"")*+)"')
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_LONGEST_QUOTE: Final = 40


class _MalformedError(Exception):
    """A cell in quotes that is not one: its 0-based place in its row, where it opens, where it closes amid a text.

    `closes` is None when it closes nowhere.
    """

    def __init__(self, column: int, opens: int, closes: int | None) -> None:
        super().__init__()
        self.column, self.opens, self.closes = column, opens, closes


def csv_rows(name: str, text: str) -> list[list[str]]:
    """The cells of each row; a blank line is an empty row. Raises ExportError, which names the line."""
    try:
        return [*_rows(text, _separator(text))]
    except _MalformedError as error:
        raise _malformed(name, text, error) from None


def _separator(text: str) -> str:
    """The separator with which the first row has the most cells."""
    return max(_SEPARATORS, key=lambda separator: _first_width(text, separator))


def _first_width(text: str, separator: str) -> int:
    try:
        return len(next(_rows(text, separator), ()))
    except _MalformedError as error:
        return error.column + 1


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    bare = re.compile(rf"[^{separator}\r\n]*+")
    place, row = 0, list[str]()
    while place < len(text) or row:
        cell, place = _cell(text, place, bare, len(row))
        row.append(cell)
        if text.startswith(separator, place):
            place += 1
            continue
        yield row if row != [""] else []
        end = _LINE_END.match(text, place)
        place, row = (end.end() if end else place), []


def _cell(text: str, place: int, bare: re.Pattern[str], column: int) -> tuple[str, int]:
    """The cell that begins there, and where it ends. Raises _MalformedError."""
    if not text.startswith('"', place):
        end = _end(bare, text, place)
        return text[place:end], end
    quoted = _QUOTED.match(text, place)
    if quoted is None:
        raise _MalformedError(column, place, None)
    if _end(bare, text, quoted.end()) > quoted.end():
        raise _MalformedError(column, place, quoted.end())
    return quoted[1].replace('""', '"'), quoted.end()


def _end(bare: re.Pattern[str], text: str, place: int) -> int:
    content = bare.match(text, place)
    return content.end() if content else place


def _malformed(name: str, text: str, error: _MalformedError) -> ExportError:
    beginning = text[error.opens : error.opens + _LONGEST_QUOTE].splitlines()[0]
    closing = (
        "n’est jamais fermé"
        if error.closes is None
        else f"se ferme au milieu d’un texte, ligne {_line(text, error.closes)}"
    )
    return ExportError(
        f"« {name} », ligne {_line(text, error.opens)} : le guillemet qui ouvre la cellule « {beginning} » {closing}, "
        "et ce qui suit se lirait dans cette cellule. Rien n’est importé : corrigez cette ligne, ou téléchargez "
        "l’export à nouveau."
    )


def _line(text: str, place: int) -> int:
    return len(_LINE_END.findall(text, 0, place)) + 1
