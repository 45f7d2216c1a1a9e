"""A list of records of one workbook in the state folder: a JSON file, read whole and replaced whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from eig_sheets.storage import permissions, regular_files
from eig_sheets.storage.state import StateError, workbook_key
from eig_sheets.text.french import unusable

Record = TypeVar("Record")


def file_of(folder: Path, location: str, prefix: str) -> Path:
    """The file of that prefix of one workbook. `location` is its URL, its key or its absolute path."""
    return folder / f"{prefix}-{hashlib.sha256(workbook_key(location).encode()).hexdigest()[:16]}.json"


class JsonLog:
    """The records in one file. `unusable`: the French for a file that does not serve, with `{path}` and `{cause}`."""

    def __init__(self, path: Path, unusable: str) -> None:
        self._path = path
        self._unusable = unusable

    def read(self, parse: Callable[[Any], Record]) -> list[Record]:
        """Every record, each parsed; none without the file. Raises StateError."""
        try:
            return [parse(one) for one in json.loads(regular_files.read_bytes(self._path))]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise self.error(error) from None

    def write(self, records: Sequence[Any]) -> None:
        """Replace them all by these, which JSON can hold. Raises StateError."""
        try:
            permissions.make_folder(self._path.parent)
            permissions.write(self._path, json.dumps(list(records)).encode())
        except OSError as error:
            raise self.error(error) from None

    def error(self, cause: Exception | str) -> StateError:
        """The error of a file that does not serve, for this cause."""
        return StateError(unusable(self._unusable, self._path, cause))
