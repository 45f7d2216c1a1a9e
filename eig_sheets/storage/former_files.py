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
        """What it says."""
        return {workbook: self.parse(regular_files.read_bytes(path))}


@dataclass(frozen=True)
class FormerTables:
    """A database of all workbooks. `joined`: the rows of each table for one, as the JSON that the kind has now."""

    name: str
    tables: tuple[str, ...]
    joined: Callable[..., Any]

    def path(self, folder: Path, location: str) -> Path:  # noqa: ARG002 (of all workbooks)
        """Where it is."""
        return folder / self.name

    def values(self, path: Path, workbook: str, sentence: str) -> dict[str, Any]:  # noqa: ARG002
        """What it says. An older version that writes it meanwhile is waited for."""
        rows: dict[str, list[list[dict[str, Any]]]] = defaultdict(lambda: [[] for _ in self.tables])
        with LedgerFile(path, "", sentence).transaction() as connection:
            made = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            for number, table in enumerate(self.tables):
                if table not in made:  # it was killed before
                    continue
                found = connection.execute(f'SELECT * FROM "{table}" ORDER BY rowid')  # noqa: S608 (our own names)
                names = [column for column, *_ in found.description]
                for values in found:
                    row = dict(zip(names, values, strict=True))
                    rows[row.pop("workbook")][number].append(row)
        return {key: self.joined(*tables) for key, tables in rows.items()}
