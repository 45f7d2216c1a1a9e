"""The Démarches Simplifiées export that comes with the sample campaign."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path
from typing import Any

from eig_sheets.sample.dossiers import dossiers
from eig_sheets.sample.material import Row, settings


def export_rows(seed: int = 5) -> list[Row]:
    """What the export holds, by field id: a known dossier, a changed one, two new ones and a draft."""
    told = settings("export.toml")
    present = {str(row["projet"]): row for row in dossiers(seed)}
    known = [present[entry["projet"]] | {"etat": "En construction"} | entry for entry in told["known"]]
    return known + [dict(entry) for entry in told["new"]]


def write_export(folder: Path, seed: int = 5) -> Path:
    """Write the export in `folder` as the platform does (UTF-8 with its mark, commas) and return its path."""
    told = settings("export.toml")
    path = folder / str(told["name"])
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header for header, _ in told["columns"])
        writer.writerows(_line(row, told) for row in export_rows(seed))
    return path


def _line(row: Row, told: Any) -> list[str]:
    return [
        _text(row.get(field), told) if field else told["standard"].get(header, "") for header, field in told["columns"]
    ]


def _text(value: object, told: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S} {told['offset']}"
    return {"oui": "Oui", "non": "Non"}.get(str(value), "" if value is None else str(value))
