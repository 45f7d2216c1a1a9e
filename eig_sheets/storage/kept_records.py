"""Which kinds of records the state folder keeps of a workbook, and their erasure: by their names in the register."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from eig_sheets.registry import Features
from eig_sheets.storage.ballot_log import BallotLog
from eig_sheets.storage.elimination_log import EliminationLog
from eig_sheets.storage.handover_log import HandoverLog
from eig_sheets.storage.import_log import ImportLog
from eig_sheets.storage.ranking_record import RankingRecords
from eig_sheets.storage.record_parts import KeptRecord
from eig_sheets.storage.records import Record

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
