"""What is said of versions whose order is in doubt: both files, both moments, and how the last one counts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from eig_sheets.domain.versions import Key, Version
from eig_sheets.sync.arrival_order import Doubt
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.codes import blocking, warning
from eig_sheets.workbook.model.cells import a1
from eig_sheets.workbook.model.sheet import Sheet
from eig_sheets.workbook.notes_tabs import NOTES_TABS
from eig_sheets.workbook.render import declarations_recues, notes_recues

UNCERTAIN_ORDER: Final = warning(
    "ordre_incertain",
    "{value} : {place}, reçue le {received}, est arrivée la dernière mais se dit enregistrée le {moment}, avant "
    "{rival} ({before}) : elle ne compte pas.",
    "Si c’est bien la dernière (horloge en retard), ouvrez « {page} », enregistrez-la, puis relancez « eig-sheets "
    "{command} » : elle comptera. Si c’est une ancienne, retirez-la du dossier.",
)
RECUSAL_OF_UNCERTAIN_ORDER: Final = blocking(
    "deport_d_ordre_incertain",
    "{value} : {place}, reçue le {received}, est arrivée la dernière mais se dit enregistrée le {moment}, avant "
    "{rival} ({before}). Dans le doute, son déport compte.",
    "Demandez au juré. S’il ne se déporte pas, ouvrez sa bonne page, enregistrez-la, puis relancez « eig-sheets "
    "{command} » : elle comptera, et retirez « {page} » du dossier.",
)

_JUROR: Final = declarations_recues.TABLE.sheet_header(notes_recues.JUROR)
_DEPORTS: Final = (notes_recues.ANSWERS["deport"].header, declarations_recues.ANSWERS["deports"].header)


def order_anomalies(doubts: Iterable[Doubt], sheet: Sheet) -> Iterator[Anomaly]:
    """The anomalies of doubts about the rows of a robot's tab."""
    rows = _rows(sheet)
    for doubt in doubts:
        code = UNCERTAIN_ORDER if doubt.careful is None else RECUSAL_OF_UNCERTAIN_ORDER
        header = _JUROR if doubt.careful is None else next(one for one in _headers(sheet) if one in _DEPORTS)
        row = rows.get(doubt.last.key)
        cell = None if row is None else a1(row, _headers(sheet).index(header))
        yield anomaly(code, sheet.name, cell, doubt.last.numero or None, **_words(doubt, sheet.id))


def _words(doubt: Doubt, tab_id: str) -> dict[str, Any]:
    command = next((one.command for one in NOTES_TABS if one.id == tab_id), NOTES_TABS[0].command)
    return {
        "value": doubt.last.juror,
        "place": doubt.last.place,
        "page": doubt.last.source,
        "received": f"{doubt.last.received:%d/%m/%Y %H:%M}",
        "moment": _saved(doubt.last),
        "rival": doubt.other.source,
        "before": _saved(doubt.other),
        "command": command,
    }


def _saved(version: Version) -> str:
    return f"{version.moment:%d/%m/%Y %H:%M}"


def _headers(sheet: Sheet) -> list[str]:
    return [column.header for column in sheet.columns]


def _rows(sheet: Sheet) -> dict[Key, int]:
    """The row of each juror and dossier in the tab."""
    headers = _headers(sheet)
    juror = headers.index(_JUROR)
    number = None if juror == 0 else 0
    first = len(sheet.grid()) - len(sheet.rows) + 1
    return {
        (str(cells[juror]), "" if number is None else str(cells[number])): row
        for row, cells in enumerate(sheet.rows, first)
    }
