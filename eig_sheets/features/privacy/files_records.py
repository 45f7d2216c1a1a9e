"""What the state folder keeps of one workbook's archives: eliminations, rankings without names; which records may go.

An elimination has its list, its visa, and what was done of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from eig_sheets.call.applications.files_records import ImportLog
from eig_sheets.call.cofinancing.files_handovers import HandoverLog
from eig_sheets.call.jury.files_ballots import BallotLog
from eig_sheets.registry import Features
from eig_sheets.storage.records import FormerJson, KeptRecord, Record


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


@dataclass(frozen=True, slots=True)
class KeptRanking:
    """A ranking: JSON, and the SHA-256 of it."""

    digest: str
    content: dict[str, Any]


class RankingRecords(Record[tuple[KeptRanking, ...]]):
    """The records of one workbook's rankings, oldest first, in `folder`. Each method raises LedgerError."""

    name = "classement_pseudonyme"
    value_type = tuple[KeptRanking, ...]
    empty = ()
    former = FormerJson("classement")
    unusable = "Le classement conservé {path} est inutilisable ({cause}) : il ne prouve plus rien."
    remedy = "Rétablissez ce fichier d’une sauvegarde, ou déplacez-le ailleurs."

    def contents(self) -> list[dict[str, Any]]:
        """Every record, each as it was written."""
        return self._genuine(self.read())

    def add(self, content: dict[str, Any]) -> bool:
        """Record a ranking, unless the last one is the same; whether it was recorded."""
        written = json.loads(json.dumps(content))
        new = KeptRanking(_digest(written), written)
        before = self.change(lambda known: known if self._genuine(known)[-1:] == [written] else (*known, new))
        return [record.content for record in before[-1:]] != [written]

    def _genuine(self, known: tuple[KeptRanking, ...]) -> list[dict[str, Any]]:
        if any(record.digest != _digest(record.content) for record in known):
            raise self.error("le contenu ne correspond plus à son empreinte")
        return [record.content for record in known]


def _digest(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


_OF_THE_CALL: Final[tuple[type[Record[Any]], ...]] = (
    BallotLog, ImportLog, EliminationLog, RankingRecords, HandoverLog,
)  # fmt: skip


def kinds_of(features: Features) -> dict[str, type[Record[Any]]]:
    """Those that have a period, or stay for a reason, by name; what else the store has is about nobody.

    A feature that a call turned off may have left something there before: its kinds count.
    """
    of_features = (part.kind() for part in (*features.parts(KeptRecord), *features.parts_off(KeptRecord)))
    return {kind.name: kind for kind in (*_OF_THE_CALL, *of_features)}


def sizes_of(folder: Path, location: str, features: Features) -> dict[str, int]:
    """The bytes of each kind of which something is kept of a workbook, by its name. Raises LedgerError."""
    sizes = {name: kind(folder, location).size() for name, kind in kinds_of(features).items()}
    return {name: size for name, size in sizes.items() if size}
