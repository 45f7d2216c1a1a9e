"""Exports of the forms of candidates, as files."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from eig_sheets.spreadsheet.model.cells import CellValue
from tests.call.applications.importing.support import HEADERS_OF_TALENTS, HEADERS_OF_WISHES, rows_of

ADA: Mapping[str, CellValue] = {
    "candidature": "5001", "email": "ada@x.example", "nom": "Lovelace", "prenom": "Ada", "etat": "En instruction",
    "date_depot": "2021-04-01 10:00:00 +0200", "metier": "Data scientist", "experience": "4", "cv": "cv.pdf",
}  # fmt: skip
EMMY = {**ADA, "candidature": "5002", "email": "emmy@x.example", "nom": "Noether", "prenom": "Emmy"}
DRAFT = {**ADA, "candidature": "5003", "etat": "brouillon"}
ANSWER: Mapping[str, CellValue] = {
    "numero": "7001", "email": "ada@x.example", "etat": "En construction",
    "date_depot": "2021-05-28 10:00:00 +0200", "voeu_1": "3712146",
}  # fmt: skip


def write(folder: Path, name: str, headers: Mapping[str, str], *rows: Mapping[str, CellValue]) -> Path:
    """An export with these columns and rows."""
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows_of(*rows, headers=headers))
    return path


def talents_file(folder: Path, *rows: Mapping[str, CellValue]) -> Path:
    """An export of candidates: two and a draft by default."""
    return write(folder, "talents.csv", HEADERS_OF_TALENTS, *(rows or (ADA, EMMY, DRAFT)))


def wishes_file(folder: Path, *rows: Mapping[str, CellValue]) -> Path:
    """An export of their choices: one that counts, a late one, one of nobody by default."""
    late = {**ANSWER, "numero": "7002", "date_depot": "2021-06-02 10:00:00 +0200"}
    unknown = {**ANSWER, "numero": "7003", "email": "nobody@x.example"}
    return write(folder, "voeux.csv", HEADERS_OF_WISHES, *(rows or (ANSWER, late, unknown)))
