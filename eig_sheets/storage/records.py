"""The store of records (SQLite): what the state folder keeps of a workbook, in one file, a table a kind.

The value of a kind is a frozen dataclass, or a tuple of them, stored as JSON and replaced whole. Each change is on the
disk when it returns. What an older version kept in a file of its own is read there until the kind is first changed,
which takes it over.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from sqlite3 import Connection
from typing import Any, Final, Generic, TypeVar

from pydantic import TypeAdapter

from eig_sheets.storage import database, permissions, regular_files
from eig_sheets.storage.database import LedgerError, LedgerFile
from eig_sheets.storage.state import State, workbook_key
from eig_sheets.text.french import typographic, unusable


@dataclass(frozen=True, slots=True, eq=False)
class KeptRecord:
    """A kind of records of a feature, whose name is that of its entry in the register of personal data.

    `kind` imports it when it is asked for: every command asks for the parts of features, and few read records.
    """

    kind: Callable[[], type[Record[Any]]]


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


Value = TypeVar("Value")
One = TypeVar("One")

FILE: Final = "registres.sqlite3"
_TABLE: Final = """
CREATE TABLE IF NOT EXISTS "{name}" (
    workbook TEXT PRIMARY KEY,
    value TEXT NOT NULL -- JSON; no row: nothing is known
)
"""
_SELECT: Final = 'SELECT value FROM "{name}" WHERE workbook = ?'
_DELETE: Final = 'DELETE FROM "{name}" WHERE workbook = ?'
_INSERT: Final = 'INSERT OR REPLACE INTO "{name}" VALUES (?, ?)'
_REMEDY: Final = (
    "Rétablissez ce fichier d’une sauvegarde ; sinon déplacez-le ailleurs, sans le supprimer : tous les registres "
    "qu’il contient repartiront de zéro, mais « Réponses » et Démarche Numérique disent ce qui a été fait."
)


@cache
def _adapter(value_type: Any) -> TypeAdapter[Any]:
    return TypeAdapter(value_type)


class Record(Generic[Value]):
    """The value of one kind for one workbook, in `folder`. `location`: the workbook's URL, key or absolute path.

    A subclass is a kind, with its `name` (of its table, and of its entry in the register of personal data), the value
    that is `empty`, the `former` file if there was one, what is `unusable` and what follows from that, with `{path}`
    and `{cause}`, and the `remedy` for a former file. Each method raises LedgerError: what cannot be read is never
    taken for nothing.
    """

    name: str
    value_type: Any  # Value, as pydantic is to read it
    empty: Value
    former: FormerJson | FormerTable | None = None
    unusable: str
    remedy: str = ""

    def __init__(self, folder: Path, location: str) -> None:
        self._workbook = workbook_key(location)
        self._path, self._sentence = folder / FILE, f"{self.unusable} {_REMEDY}"
        self._file = LedgerFile(self._path, "", self._sentence)
        self._former = self.former.path(folder, location) if self.former else None
        self._former_sentence = f"{self.unusable} {self.remedy}"

    def read(self) -> Value:
        """The value, which may still be where an older version left it. Changes no file."""
        left = self._left()  # first: its file goes once the store has it
        if not self._file.exists():
            return left
        with self._file.connected() as connection:
            return self._agreed(self._stored(connection, self._workbook), left)

    def change(self, changed: Callable[[Value], Value]) -> Value:
        """Replace the value by what `changed` makes of it, or leave it when that raises; what it was before.

        No other run reads or writes meanwhile.
        """
        self._take_over()
        with self._file.transaction() as connection:
            before = self._stored(connection, self._workbook)
            self._store(connection, self._workbook, changed(before))
        return before

    def size(self) -> int:
        """The bytes of what the store keeps, be it damaged; 0 when nothing is."""
        if not self._file.exists():
            return 0
        with self._file.connected() as connection:
            row = self._row(connection, self._workbook)
        return len(row[0]) if row else 0

    def forget(self, kept: Callable[[Value], Value]) -> None:
        """Replace the value by what `kept` makes of it, and erase from the disk what is not in it any more."""
        self.change(kept)
        with self._file.connected() as connection:
            database.rewrite(connection)

    def write(self, value: Value) -> None:
        """Replace the value, be it damaged."""
        self._take_over()
        with self._file.transaction() as connection:
            self._store(connection, self._workbook, value)

    def erase(self) -> None:
        """Erase the value, be it damaged, from the disk too."""
        self.write(self.empty)
        with self._file.connected() as connection:
            database.rewrite(connection)

    def has_to_go(self) -> bool:
        """Whether it holds anything that a purge erases; all of it, unless a kind says otherwise."""
        return True

    def purge(self) -> None:
        """Erase what a purge erases."""
        self.erase()

    def error(self, cause: Exception | str) -> LedgerError:
        """The error of records that do not serve, for this cause."""
        return LedgerError(unusable(self._sentence, self._path, cause))

    def _row(self, connection: Connection, workbook: str) -> Any:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (self.name,)).fetchone():
            return None
        return connection.execute(_SELECT.format(name=self.name), (workbook,)).fetchone()

    def _stored(self, connection: Connection, workbook: str) -> Value:
        row = self._row(connection, workbook)
        try:
            return self._parsed(json.loads(row[0])) if row else self.empty
        except (ValueError, TypeError) as error:
            raise self.error(error) from None

    def _parsed(self, stored: Any) -> Value:
        """The value of JSON. Raises ValueError when it says anything else, or more, as a newer version may."""
        value: Value = _adapter(self.value_type).validate_python(stored, extra="forbid")
        return value

    def _store(self, connection: Connection, workbook: str, value: Value) -> None:
        connection.execute(_TABLE.format(name=self.name))
        if value == self.empty:
            connection.execute(_DELETE.format(name=self.name), (workbook,))
            return
        # ASCII: the name of a file may have what no UTF-8 has
        content = json.dumps(_adapter(self.value_type).dump_python(value, mode="json"))
        connection.execute(_INSERT.format(name=self.name), (workbook, content))

    def _take_over(self) -> None:
        """Take over what an older version left, all of it or nothing, then delete its file.

        A run that is killed before the file is gone leaves one that says what is stored: the next use deletes it,
        before anything changes the store. A file that says anything else was written since, by an older version or
        from a backup: which of both is right, a person says.
        """
        former = self._former
        if former is None or not self._former_exists():
            return
        with self._file.transaction() as connection:
            if not self._former_exists():  # another run took it over meanwhile
                return
            for workbook, value in self._former_values().items():
                self._store(connection, workbook, self._agreed(self._stored(connection, workbook), value))
        with self._blaming_former():
            former.unlink(missing_ok=True)
            permissions.fsync_folder(former.parent)  # else a power cut would bring it back

    def _left(self) -> Value:
        """What an older version left of this workbook."""
        return self._former_values().get(self._workbook, self.empty) if self._former_exists() else self.empty

    def _agreed(self, stored: Value, left: Value) -> Value:
        """What is stored, else what an older version left. Raises LedgerError when both are there and disagree."""
        if stored != self.empty and left not in (stored, self.empty):
            raise LedgerError(
                typographic(
                    f"Une version plus ancienne d’eig-sheets a écrit {self._former}, ou quelqu’un l’a rétabli, alors "
                    f"que {self._path} en dit déjà autre chose : rien n’est fait. Mettez cette version à jour partout, "
                    f"puis déplacez {self._former} ailleurs : {self._path} fait foi."
                )
            )
        return left if stored == self.empty else stored

    def _former_exists(self) -> bool:
        with self._blaming_former():
            return self._former is not None and regular_files.is_taken(self._former)

    def _former_values(self) -> dict[str, Value]:
        if self.former is None or self._former is None:
            return {}
        with self._blaming_former():
            values = self.former.values(self._former, self._workbook, self._former_sentence)
            return {workbook: self._parsed(value) for workbook, value in values.items()}

    @contextmanager
    def _blaming_former(self) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise LedgerError(unusable(self._former_sentence, self._former, error)) from None


def with_last(records: Iterable[One], new: One, key: Callable[[One], object]) -> tuple[One, ...]:
    """The records with a new one at their end, in the place of the one of the same key."""
    return (*(record for record in records if key(record) != key(new)), new)
