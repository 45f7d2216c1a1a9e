"""The tab `Modifications reçues`: imported values that differ from those of the dossier's row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Final

from eig_sheets.campaign.results import Result
from eig_sheets.spreadsheet.model.cells import Link
from eig_sheets.spreadsheet.model.sheet import Column, Format
from eig_sheets.text.french import typographic
from eig_sheets.workbook.cells import Rows
from eig_sheets.workbook.table import Col, Table

MOST_LINES: Final = 1_000
"""The tab shows so many changes; the next ones come as these are dealt with."""


@dataclass(frozen=True, slots=True)
class ReceivedChange:
    """One value received that differs from the tab's. `cell` is its address there, `cell_name` how people call it."""

    numero: str
    header: str
    tab: str
    cell: str
    cell_name: str
    here: str
    received: str
    since: datetime
    updated: datetime | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceivedChanges:
    """The changes that stand, in the order of the tab; `fingerprints` are cells for the robot alone."""

    lines: tuple[ReceivedChange, ...] = ()
    fingerprints: tuple[str, ...] = ()


NO_CHANGES: Final = ReceivedChanges()

RECEIVED_CHANGES: Final = Result("changes", NO_CHANGES)
"""What imports brought and the tab does not say."""


CHANGES: Final = Table[ReceivedChange](
    Col("numero", tab=Column("N° de dossier", width=15)),
    Col("header", tab=Column("Champ", width=30)),
    Col(
        "cell", value=lambda change: Link(change.cell_name, change.tab, change.cell),
        tab=Column("Cellule", width=12, note="Cliquez pour y aller.", names_cells=True),
    ),
    Col("here", value=lambda change: change.here or None, tab=Column("Valeur ici", Format.WRAPPED, 44)),
    Col(
        "received",
        tab=Column(
            "Valeur reçue", Format.WRAPPED, 44,
            note="La ligne disparaît à la synchronisation qui suit, quand la cellule a cette valeur ; ou quand le "
            "porteur revient à ce qui avait été importé.",
        ),
    ),
    Col(
        "since",
        tab=Column("Reçue le", Format.DATETIME, 18, note="Quand un import l’a apportée pour la première fois."),
    ),
    Col(
        "updated",
        tab=Column("Dossier modifié le", Format.DATETIME, 18, note="La dernière fois, d’après la plateforme."),
    ),
    Col(
        "remarks", value=lambda change: typographic(" ".join(change.remarks)) or None,
        tab=Column("Remarque", Format.WRAPPED, 40),
    ),
)  # fmt: skip
TABLE: Final = Table[ReceivedChange](
    *CHANGES,
    Col(
        "fingerprint",
        tab=Column(
            "Empreinte", Format.GENERAL, 12,
            note="Pour le robot : ce qui a été importé, pour voir ce qui a changé depuis.", hidden=True,
        ),
    ),
)  # fmt: skip
"""The changes, and beside them a column of its own for the robot."""


def rows(changes: ReceivedChanges) -> Rows:
    """One row per change, and beside them the cells for the robot, on rows of their own where these are more."""
    shown, blank = CHANGES.cells(changes.lines[:MOST_LINES]), (None,) * len(CHANGES.sheet_keys)
    return tuple((*(cells or blank), fingerprint) for cells, fingerprint in zip_longest(shown, changes.fingerprints))
