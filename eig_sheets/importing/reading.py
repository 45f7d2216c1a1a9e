"""Reading of an export file: .csv in its usual encodings and separators, or .xlsx."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from pathlib import Path

from eig_sheets.importing import limits
from eig_sheets.text.french import typographic, why
from eig_sheets.workbook.model.cells import CellValue


class ExportError(Exception):
    """The export cannot be read at all. The message is in French and says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(typographic(message))


@dataclass(frozen=True, slots=True)
class ExportTable:
    """One sheet of the export, unchanged; `rows[i]` is its row i + 1. A blank is None."""

    name: str
    rows: tuple[tuple[CellValue, ...], ...]


@dataclass(frozen=True, slots=True)
class Export:
    """A whole export: one table for a .csv, one a sheet for an .xlsx."""

    name: str
    tables: tuple[ExportTable, ...]


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
    text = _decode(limits.csv_bytes(path))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)))
    except csv.Error as error:
        raise ExportError(
            f"« {path.name} » n’est pas un .csv lisible ({error}) : téléchargez l’export à nouveau."
        ) from None
    return (ExportTable(path.stem, tuple(tuple(cell or None for cell in row) for row in rows)),)


_BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def _decode(data: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _separator(text: str) -> str:
    """The separator with which the first record has the most cells."""
    return max(
        ";,\t", key=lambda separator: len(next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), ()))
    )


def _read_xlsx(path: Path) -> tuple[ExportTable, ...]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415 -- only for an .xlsx

    data = limits.workbook_bytes(path)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except PasswordError:
        raise ExportError(f"« {path.name} » est protégé par un mot de passe : enregistrez-le sans.") from None
    except CalamineError:
        raise ExportError(
            f"« {path.name} » est endommagé ou n’est pas un .xlsx : téléchargez l’export à nouveau."
        ) from None
    return tuple(
        ExportTable(name, tuple(tuple(None if cell == "" else cell for cell in row) for row in rows))
        for name, rows in sheets.items()
    )
