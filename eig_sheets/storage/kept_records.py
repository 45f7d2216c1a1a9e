"""Which kinds of records the state folder keeps of a workbook, and their erasure: by their names in the register."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from eig_sheets.storage.ballot_log import BallotLog
from eig_sheets.storage.elimination_log import EliminationLog
from eig_sheets.storage.handover_log import HandoverLog
from eig_sheets.storage.import_log import ImportLog
from eig_sheets.storage.outcome_ledger import OutcomeLedger
from eig_sheets.storage.ranking_record import RankingRecords
from eig_sheets.storage.records import Record
from eig_sheets.storage.request_ledger import RequestLedger

_KINDS: Final[tuple[type[Record[Any]], ...]] = (
    OutcomeLedger, RequestLedger, BallotLog, ImportLog, EliminationLog, RankingRecords, HandoverLog,
)  # fmt: skip
BY_NAME: Final = {kind.name: kind for kind in _KINDS}
"""Those that have a period, or stay for a reason; what else the store has is about nobody."""


def sizes_of(folder: Path, location: str) -> dict[str, int]:
    """The bytes of each kind of which something is kept of a workbook, by its name. Raises LedgerError."""
    sizes = {name: kind(folder, location).size() for name, kind in BY_NAME.items()}
    return {name: size for name, size in sizes.items() if size}
