"""The files of the state folder where versions before the store of records kept each kind: read, never written."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eig_sheets.storage import regular_files
from eig_sheets.storage.ledger_file import LedgerFile
from eig_sheets.storage.state import State


@dataclass(frozen=True)
class FormerJson:
    """A JSON file of one workbook. `parse`: its bytes as the JSON that the kind has now."""

    prefix: str
    parse: Callable[[bytes], Any] = json.loads

    def path(self, folder: Path, location: str) -> Path:
        """Where it is."""
        return folder / f"{self.prefix}{State(folder, location).file_ending}"

    def values(self, path: Path, workbook: str, sentence: str) -> dict[str, Any]:  # noqa: ARG002 (the caller says it)
        """What the file says."""
        return {workbook: self.parse(regular_files.read_bytes(path))}


@dataclass(frozen=True)
class FormerTable:
    """A database of all workbooks, with one table: a row a record, a column a field."""

    name: str
    table: str

    def path(self, folder: Path, location: str) -> Path:  # noqa: ARG002 (of all workbooks)
        """Where it is."""
        return folder / self.name

    def values(self, path: Path, workbook: str, sentence: str) -> dict[str, Any]:  # noqa: ARG002
        """What it says. An older version that writes it meanwhile is waited for."""
        by_workbook: dict[str, list[dict[str, Any]]] = defaultdict(list)
        with LedgerFile(path, "", sentence).transaction() as connection:
            if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (self.table,)).fetchone():
                return {}  # whoever made the database was killed at once
            rows = connection.execute(f'SELECT * FROM "{self.table}" ORDER BY rowid')  # noqa: S608 (our own name)
            columns = [column for column, *_ in rows.description]
            for values in rows:
                row = dict(zip(columns, values, strict=True))
                by_workbook[row.pop("workbook")].append(row)
        return by_workbook
