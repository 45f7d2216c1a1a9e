"""Reading of an export file: .csv in its usual encodings and separators, or .xlsx.

One that would fill the memory is refused before it is parsed, and one that is of another format than its name says.
"""

from __future__ import annotations

import errno
import io
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from eig_sheets.importing.csv_rows import csv_rows, decoded
from eig_sheets.importing.errors import ExportError
from eig_sheets.storage import regular_files
from eig_sheets.text.french import why
from eig_sheets.workbook.model.cells import CellValue
from eig_sheets.workbook.xlsx.markup import DamagedError, TooLargeError
from eig_sheets.workbook.xlsx.package import Package
from eig_sheets.workbook.xlsx.read import snapshot


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
