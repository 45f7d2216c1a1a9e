"""Reading of an export file: .csv in its usual encodings and separators, or .xlsx.

One that would fill the memory is refused before it is parsed, and one that is of another format than its name says.
"""

from __future__ import annotations

import codecs
import errno
import io
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.spreadsheet.xlsx.markup import DamagedError, TooLargeError
from eig_sheets.spreadsheet.xlsx.package import Package
from eig_sheets.spreadsheet.xlsx.read import snapshot
from eig_sheets.storage import regular_files
from eig_sheets.text.errors import ExpectedError
from eig_sheets.text.french import typographic, why


class ExportError(ExpectedError):
    """The export cannot be read at all. The message is in French and says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(typographic(message))


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


@dataclass(frozen=True, slots=True)
class ExportTable:
    """One sheet of the export, unchanged; `rows[i]` is its row i + 1. A blank is None."""

    name: str
    rows: tuple[tuple[CellValue, ...], ...]


@dataclass(frozen=True, slots=True)
class Export:
    """An export: one table for a .csv, one a sheet for an .xlsx; `is_partial`: only what changed since another."""

    name: str
    tables: tuple[ExportTable, ...]
    is_partial: bool = False


_HEAD = 1000
"""Bytes that tell what a file is."""


def read_export(path: Path) -> Export:
    """Read a .csv or .xlsx export. Raises ExportError."""
    readers = {".csv": _read_csv, ".xlsx": _read_xlsx}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise ExportError(
            f"« {path.name} » n’est ni un .csv ni un .xlsx : téléchargez l’export dans l’un de ces formats."
        )
    try:
        return Export(path.name, reader(path))
    except FileNotFoundError:
        raise ExportError(f"Fichier introuvable : {path}. Vérifiez le chemin.") from None
    except OSError as error:
        raise ExportError(f"« {path.name} » ne peut pas être lu ({why(error)}). Vérifiez le fichier.") from None


def _read_csv(path: Path) -> tuple[ExportTable, ...]:
    data = csv_bytes(path)
    _refuse_other_format(path.name, data)
    text = decoded(path.name, data)
    if not text.strip():
        raise ExportError(f"« {path.name} » est vide : téléchargez l’export à nouveau.")
    rows = csv_rows(path.name, text)
    return (ExportTable(path.stem, tuple(tuple(cell or None for cell in row) for row in rows)),)


def _read_xlsx(path: Path) -> tuple[ExportTable, ...]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415 -- only for an .xlsx

    data = workbook_bytes(path)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except PasswordError:
        raise ExportError(f"« {path.name} » est protégé par un mot de passe : enregistrez-le sans.") from None
    except CalamineError:
        raise _damaged_workbook(path.name, data[:_HEAD]) from None
    return tuple(
        ExportTable(name, tuple(tuple(None if cell == "" else cell for cell in row) for row in rows))
        for name, rows in sheets.items()
    )


_MOST_BYTES: Final = regular_files.DATA_BYTES
_MOST_CELLS: Final = 4_000_000
"""As many dossiers as a tab may have, of a form as long as they come: 10,000 of 400 columns."""


def csv_bytes(path: Path) -> bytes:
    """The bytes of a .csv. Raises OSError, with EFBIG when it has too many cells."""
    data = regular_files.read_bytes(path, _MOST_BYTES)
    if data.count(b"\n") + max(data.count(separator) for separator in (b",", b";", b"\t")) > _MOST_CELLS:
        raise _too_large(path)
    return data


def workbook_bytes(path: Path) -> bytes:
    """The bytes of an .xlsx. Raises OSError, with EFBIG when a sheet, up to its last row and column, is too large.

    Calamine, which reads it then, keeps every one of them, empty ones included.
    """
    data = regular_files.read_bytes(path, _MOST_BYTES)
    try:
        tabs = snapshot(Package(data), "").tabs
    except TooLargeError:
        raise _too_large(path) from None
    except (DamagedError, ValueError, LookupError, ArithmeticError):  # what is wrong is said by who reads it
        return data
    if any(len(tab.rows) * max(map(len, tab.rows), default=0) > _MOST_CELLS for tab in tabs):
        raise _too_large(path)
    return data


def _too_large(path: Path) -> OSError:
    return OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))


_ZIP: Final = b"PK\x03\x04"
_SIGNATURES: Final[Mapping[bytes, str]] = {
    b"%PDF": "un PDF",
    b"\xd0\xcf\x11\xe0": "un ancien classeur .xls, ou un classeur protégé par un mot de passe",
    b"\x1f\x8b": "une archive compressée",
}
_HTML: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|script|meta|!--)", re.IGNORECASE)
_XML: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml", re.IGNORECASE)
_JSON: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]\s*[\[{\"\]}]")
_DOWNLOAD: Final = "téléchargez l’export à nouveau, au format .csv ou .xlsx"
_PAGE: Final = "une page web (HTML), souvent celle qui demande de se connecter"


def _refuse_other_format(name: str, data: bytes) -> None:
    """Raise ExportError when a file named .csv is surely something else."""
    if data.startswith(_ZIP):
        raise ExportError(f"« {name} » n’est pas un .csv mais un classeur ou une archive : renommez-le en .xlsx.")
    if other := _format(data):
        raise ExportError(f"« {name} » n’est pas un .csv mais {other} : {_DOWNLOAD}.")


def _damaged_workbook(name: str, head: bytes) -> ExportError:
    """The error of a file named .xlsx that is none; `head` is its beginning."""
    if head.startswith(_ZIP) or not head.strip():
        return ExportError(f"« {name} » est endommagé ou vide : téléchargez l’export à nouveau.")
    if other := _format(head):
        return ExportError(f"« {name} » n’est pas un .xlsx mais {other} : {_DOWNLOAD}.")
    return ExportError(
        f"« {name} » est endommagé ou n’est pas un .xlsx : renommez-le en .csv si c’est un texte, ou téléchargez "
        "l’export à nouveau."
    )


def _format(data: bytes) -> str | None:
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            return kind
    patterns = {_HTML: _PAGE, _XML: "un fichier XML", _JSON: "un fichier JSON"}
    return next((kind for pattern, kind in patterns.items() if pattern.match(data)), None)
