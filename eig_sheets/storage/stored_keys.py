"""Of which workbooks a state folder keeps anything: the keys in its databases."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from eig_sheets.storage import regular_files
from eig_sheets.storage.state import StateError
from eig_sheets.text.french import typographic, why

_REGISTRY: Final = "classeurs.sqlite3"


def databases(folder: Path) -> list[Path]:
    """The databases of the state folder that keep something of workbooks, in order."""
    return sorted(path for path in folder.glob("*.sqlite3") if path.name != _REGISTRY)


def stored_keys(folder: Path) -> list[str]:
    """The key of each workbook of which a database of the folder has a row, in order. Raises StateError."""
    return sorted({key for path in databases(folder) for key in _keys_in(path)})


def _keys_in(path: Path) -> set[str]:
    try:
        regular_files.check(path)
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
            tables = tables_by_workbook(connection)
            return {str(key) for table in tables for (key,) in connection.execute(_KEYS.format(table))}
    except (OSError, sqlite3.Error) as error:
        cause = why(error) if isinstance(error, OSError) else type(error).__name__
        raise StateError(
            typographic(f"{path} ne peut pas être lu ({cause}). Rétablissez ce fichier d’une sauvegarde.")
        ) from None


def tables_by_workbook(connection: sqlite3.Connection) -> list[str]:
    """The tables of a database whose rows are each of a workbook."""
    return [str(name) for (name,) in connection.execute(_TABLES).fetchall()]


_TABLES: Final = (
    "SELECT tables.name FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns "
    "WHERE tables.type = 'table' AND columns.name = 'workbook'"
)
_KEYS: Final = 'SELECT DISTINCT workbook FROM "{}"'
