"""The Démarches Simplifiées export that comes with the sample campaign."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from eig_sheets.sample.dossiers import dossiers
from eig_sheets.sample.programme import is_received, with_state
from eig_sheets.sample.sources import Row, settings
from eig_sheets.storage import permissions


def export_rows(seed: int = 5, day: date | None = None) -> list[Row]:
    """The rows of the export, by field id: an unchanged dossier, a changed one, two new ones and a draft.

    Those that the platform has on `day`, if one is given.
    """
    spec = settings("export.toml")
    present = {str(row["projet"]): row for row in dossiers(seed)}
    known = [present[entry["projet"]] | entry for entry in spec["known"]]
    rows = known + [dict(entry) for entry in spec["new"]]
    return rows if day is None else [with_state(row, day) for row in rows if is_received(row, day)]


def write_export(folder: Path, seed: int = 5, day: date | None = None) -> Path:
    """Write the export in `folder` as the platform does (UTF-8 with a BOM, commas) and return its path."""
    spec = settings("export.toml")
    path = folder / str(spec["name"])
    path.unlink(missing_ok=True)
    with (
        permissions.blaming(path),
        io.TextIOWrapper(permissions.create(path, permissions.SHARED_FILE), "utf-8-sig", newline="") as file,
    ):
        writer = csv.writer(file)
        writer.writerow(header for header, *_ in spec["columns"])
        writer.writerows(_line(row, spec["columns"], ZoneInfo(spec["timezone"])) for row in export_rows(seed, day))
    return path


def _line(row: Row, columns: Sequence[Sequence[str]], zone: ZoneInfo) -> list[str]:
    return [_text(row.get(field), zone) if field else "".join(standard) for _, field, *standard in columns]


def _text(value: object, zone: ZoneInfo) -> str:
    if isinstance(value, datetime):
        return f"{value.replace(tzinfo=zone):%Y-%m-%d %H:%M:%S %z}"
    return {"oui": "Oui", "non": "Non"}.get(str(value), "" if value is None else str(value))
