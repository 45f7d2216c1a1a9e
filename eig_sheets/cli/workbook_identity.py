"""Which workbook a command is about, as the registry of the state folder knows it (guarantee G14)."""

from __future__ import annotations

from pathlib import Path

from eig_sheets.spreadsheet.backends import identity_at, is_at, is_same, resolved
from eig_sheets.storage import known_workbooks
from eig_sheets.storage.known_workbooks import KnownWorkbook, KnownWorkbooks
from eig_sheets.storage.state import workbook_key


def located(state_path: Path, place: str, identity: str = "") -> KnownWorkbook:
    """Under which key the state folder knows the workbook of a place, and whether it is a copy.

    `identity`: what it bears; '': what a file says. Raises LedgerError, WorkbookError.
    """
    known, own = known_workbooks.KnownWorkbooks(state_path).all(), identity or identity_at(place)
    where, key = workbook_key(resolved(place)), workbook_key(place)
    return known_workbooks.located(known, where, key, own, is_at=is_at, is_same=is_same)


def recorded(state_path: Path, place: str, identity: str = "") -> KnownWorkbook:
    """The same, once the state folder keeps it. Raises LedgerError, WorkbookError."""
    known = located(state_path, place, identity)
    KnownWorkbooks(state_path).record(known)
    return known


def original_of(state_path: Path, known: KnownWorkbook) -> KnownWorkbook | None:
    """The workbook of which this one is a copy, as far as the state folder knows; None when it is none."""
    if known.goes_on:
        return None
    return known_workbooks.original_of(known_workbooks.KnownWorkbooks(state_path).all(), known.identity)
