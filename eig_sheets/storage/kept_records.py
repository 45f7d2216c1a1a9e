"""Which kinds of records the state folder keeps of a workbook, and their erasure: by their names in the register."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from eig_sheets.storage.ballot_log import BALLOTS
from eig_sheets.storage.elimination_log import ELIMINATIONS
from eig_sheets.storage.handover_log import HANDOVERS
from eig_sheets.storage.import_log import IMPORTS
from eig_sheets.storage.outcome_ledger import OUTCOMES
from eig_sheets.storage.ranking_record import RANKINGS
from eig_sheets.storage.records import Kind, Record
from eig_sheets.storage.request_ledger import REQUESTS

_KINDS: Final[tuple[Kind[Any], ...]] = (OUTCOMES, REQUESTS, BALLOTS, IMPORTS, ELIMINATIONS, RANKINGS, HANDOVERS)
"""Those that have a period, or stay for a reason; what else the store has is about nobody."""
NAMES: Final = frozenset(kind.name for kind in _KINDS)


def names_of(folder: Path, location: str) -> list[str]:
    """The names of the kinds of which something is kept of a workbook. Raises LedgerError."""
    return [kind.name for kind in _KINDS if Record(kind, folder, location).is_kept()]


def erase(folder: Path, location: str, name: str) -> None:
    """Erase what is kept of that kind of a workbook, from the disk too. Raises LedgerError."""
    [kind] = [kind for kind in _KINDS if kind.name == name]
    Record(kind, folder, location).erase()
