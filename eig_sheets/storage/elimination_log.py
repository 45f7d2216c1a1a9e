"""The eliminations of one workbook's archives, in the state folder: each list, its visa, and what was done of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from eig_sheets.storage.former_files import FormerJson
from eig_sheets.storage.records import Record


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
    content = json.dumps([asdict(item) for item in items], sort_keys=True)
    return f"BE-{hashlib.sha256(content.encode()).hexdigest()[:10]}"


class EliminationLog(Record[tuple[Elimination, ...]]):
    """The eliminations of one workbook, oldest first, in `folder`. Each method raises LedgerError."""

    name = "eliminations"
    value_type = tuple[Elimination, ...]
    empty = ()
    former = FormerJson("eliminations")
    unusable = "Le registre des éliminations {path} est inutilisable ({cause}) : rien n’est éliminé."
    remedy = "Rétablissez ce fichier d’une sauvegarde, ou déplacez-le et refaites le bordereau."

    def eliminations(self) -> list[Elimination]:
        """Every one that was listed."""
        return [*self.read()]

    def find(self, reference: str) -> Elimination | None:
        """The one of a reference."""
        return next((elimination for elimination in self.eliminations() if elimination.reference == reference), None)

    def add(self, items: Sequence[Listed], now: datetime) -> Elimination:
        """Record a list; the one that is there when it is the same. Others stay: their visas may be on their way."""
        reference = reference_of(items)
        if (known := self.find(reference)) is not None:
            return known
        listed = Elimination(reference, now.isoformat(timespec="seconds"), len(items), tuple(items))
        self.change(lambda eliminations: (*eliminations, listed))
        return listed

    def record_visa(self, elimination: Elimination, visa: str, visa_day: str, now: datetime) -> Elimination:
        """Record the visa, before anything is erased."""
        begun = elimination.begun_at or now.isoformat(timespec="seconds")
        seen = replace(elimination, visa=visa, visa_day=visa_day, begun_at=begun)
        self.change(lambda eliminations: _replaced(eliminations, seen))
        return seen

    def record_end(self, elimination: Elimination, left: int, now: datetime) -> Elimination:
        """Record that all of it is gone, but `left` things that were not as listed: what they were is forgotten."""
        done = replace(elimination, items=(), left=left, done_at=now.isoformat(timespec="seconds"))
        self.forget(lambda eliminations: _replaced(eliminations, done))
        return done


def _replaced(eliminations: Sequence[Elimination], new: Elimination) -> tuple[Elimination, ...]:
    return tuple(new if elimination.reference == new.reference else elimination for elimination in eliminations)
