"""Reading of an export file: .csv in its usual encodings and separators, or .xlsx."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from eig_sheets.importing import limits
from eig_sheets.importing.csv_rows import csv_rows
from eig_sheets.importing.encodings import decoded
from eig_sheets.importing.errors import ExportError
from eig_sheets.importing.formats import damaged_workbook, refuse_other_format
from eig_sheets.text.french import why
from eig_sheets.workbook.model.cells import CellValue


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
    data = limits.csv_bytes(path)
    refuse_other_format(path.name, data)
    text = decoded(path.name, data)
    if not text.strip():
        raise ExportError(f"« {path.name} » est vide : téléchargez l’export à nouveau.")
    rows = csv_rows(path.name, text)
    return (ExportTable(path.stem, tuple(tuple(cell or None for cell in row) for row in rows)),)


def _read_xlsx(path: Path) -> tuple[ExportTable, ...]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415 -- only for an .xlsx

    data = limits.workbook_bytes(path)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except PasswordError:
        raise ExportError(f"« {path.name} » est protégé par un mot de passe : enregistrez-le sans.") from None
    except CalamineError:
        raise damaged_workbook(path.name, data[:_HEAD]) from None
    return tuple(
        ExportTable(name, tuple(tuple(None if cell == "" else cell for cell in row) for row in rows))
        for name, rows in sheets.items()
    )
