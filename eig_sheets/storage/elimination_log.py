"""The eliminations of one workbook's archives, in the state folder: each list, its visa, and what was done of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from eig_sheets.storage.json_log import JsonLog, file_of

_UNUSABLE: Final = (
    "Le registre des éliminations {path} est inutilisable ({cause}) : rien n’est éliminé. Rétablissez ce fichier d’une "
    "sauvegarde, ou déplacez-le et refaites le bordereau."
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One thing that a list proposes to eliminate: the holding that it is of, its key there, its SHA-256, its size."""

    holding: str
    key: str
    digest: str
    made: str
    size: int


@dataclass(frozen=True, slots=True)
class Elimination:
    """A list, by its `reference`: `items` until they are gone, `count` for good; `visa` and `visa_day`: '' without.

    `listed_at`, `begun_at`, `done_at`: ISO moments, '' when that has not come.
    """

    reference: str
    listed_at: str
    count: int
    items: tuple[Listed, ...]
    visa: str = ""
    visa_day: str = ""
    begun_at: str = ""
    done_at: str = ""
    left: int = 0


def reference_of(items: Sequence[Listed]) -> str:
    """The reference of a list: the same for the same things."""
    content = json.dumps([asdict(one) for one in items], sort_keys=True)
    return f"BE-{hashlib.sha256(content.encode()).hexdigest()[:10]}"


class EliminationLog:
    """The eliminations of one workbook, oldest first, in `folder`. `location` is the workbook's."""

    def __init__(self, folder: Path, location: str) -> None:
        self._log = JsonLog(file_of(folder, location, "eliminations"), _UNUSABLE)

    def eliminations(self) -> list[Elimination]:
        """Every one that was listed. Raises StateError."""
        return self._log.read(_parsed)

    def find(self, reference: str) -> Elimination | None:
        """The one of a reference. Raises StateError."""
        return next((one for one in self.eliminations() if one.reference == reference), None)

    def add(self, items: Sequence[Listed], now: datetime) -> Elimination:
        """Record a list; the one that is there when it is the same. Others stay: their visas may be on their way."""
        reference = reference_of(items)
        if (known := self.find(reference)) is not None:
            return known
        listed = Elimination(reference, now.isoformat(timespec="seconds"), len(items), tuple(items))
        self._save([*self.eliminations(), listed])
        return listed

    def record_visa(self, elimination: Elimination, visa: str, visa_day: str, now: datetime) -> Elimination:
        """Record the visa, before anything is erased. Raises StateError."""
        begun = elimination.begun_at or now.isoformat(timespec="seconds")
        return self._replaced(replace(elimination, visa=visa, visa_day=visa_day, begun_at=begun))

    def record_end(self, elimination: Elimination, left: int, now: datetime) -> Elimination:
        """Record that all of it is gone, but `left` things that were not as listed: what they were is forgotten."""
        return self._replaced(replace(elimination, items=(), left=left, done_at=now.isoformat(timespec="seconds")))

    def _replaced(self, elimination: Elimination) -> Elimination:
        known = self.eliminations()
        self._save([elimination if one.reference == elimination.reference else one for one in known])
        return elimination

    def _save(self, eliminations: Sequence[Elimination]) -> None:
        self._log.write([asdict(one) for one in eliminations])


def _parsed(stored: dict[str, Any]) -> Elimination:
    return Elimination(**{**stored, "items": tuple(Listed(**item) for item in stored["items"])})
