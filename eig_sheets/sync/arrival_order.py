"""Doubts about the order of two versions of a page: the one that arrived last says that it was saved first. Pure.

The clock of the juror's machine may be late, or an old page may have been put in the folder again: nothing tells which.
What was known counts as it was, and is said; but a doubt about a déport steps aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from eig_sheets.domain.versions import Key, Version
from eig_sheets.workbook import values
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.codes import blocking, warning
from eig_sheets.workbook.model.cells import a1
from eig_sheets.workbook.model.sheet import Sheet
from eig_sheets.workbook.render import declarations_recues, notes_recues
from eig_sheets.workbook.typed_values import as_typed

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
_NEXT: Final = timedelta(seconds=1)
_LIST: Final = " ; "


@dataclass(frozen=True, slots=True)
class Doubt:
    """A version that arrived last, and `other`, which was received before and says that it was saved after.

    `careful`: the version that counts in their place when the one that arrived last steps aside; None when it does not.
    """

    last: Version
    other: Version
    careful: Version | None = None


def doubts_of(known: Iterable[Version], saved: Iterable[Version]) -> list[Doubt]:
    """The doubts, by dossier then juror: of what was `known` and of what pages say (`saved`)."""
    by_key: dict[Key, list[Version]] = {}
    for version in (*known, *saved):
        if version.values:
            by_key.setdefault(version.key, []).append(version)
    doubts = (_doubt(versions) for _, versions in sorted(by_key.items(), key=lambda item: (item[0][1], item[0][0])))
    return [doubt for doubt in doubts if doubt is not None]


def careful_versions(doubts: Iterable[Doubt]) -> Iterator[Version]:
    """What counts because of these doubts."""
    return (doubt.careful for doubt in doubts if doubt.careful is not None)


def _doubt(versions: list[Version]) -> Doubt | None:
    page = _page(max(versions, key=lambda version: (version.received, version.moment)))
    # Its earliest version, not the careful one.
    last = min((version for version in versions if _page(version) == page), key=lambda version: version.moment)
    others = [version for version in versions if _page(version) != page]
    if not others:
        return None
    other = max(others, key=lambda version: (version.moment, version.received))
    if other.received >= last.received or other.moment <= last.moment or other.values == last.values:
        return None
    return Doubt(last, other, _careful(last, other))


def _page(version: Version) -> tuple[datetime, str]:
    return version.received, version.source


def _careful(last: Version, other: Version) -> Version | None:
    """The two as one: of a dossier, the déport; of a declaration, what counts and the déports of both."""
    moment = other.moment + _NEXT
    if last.numero:
        steps_aside = says_deport(last) and not says_deport(other)
        return replace(last, moment=moment) if steps_aside else None
    said, more = _numbers(other), _numbers(last)
    if more <= said:
        return None
    deports = _LIST.join(sorted(said | more))
    return replace(last, values={**other.values, "deports": deports}, moment=moment)


def says_deport(version: Version) -> bool:
    """Whether the answer to « Déport » is anything but blank or « non »."""
    try:
        return bool(values.yes_no(as_typed(version.values.get("deport"))))
    except values.UnreadableError:
        return True


def _numbers(version: Version) -> set[str]:
    return {*(values.items(str(version.values.get("deports") or "")) or ())}


def order_anomalies(doubts: Iterable[Doubt], sheet: Sheet, command: str) -> Iterator[Anomaly]:
    """The anomalies of doubts about the rows of a robot's tab."""
    rows = _rows(sheet)
    for doubt in doubts:
        code = UNCERTAIN_ORDER if doubt.careful is None else RECUSAL_OF_UNCERTAIN_ORDER
        header = _JUROR if doubt.careful is None else next(deport for deport in _headers(sheet) if deport in _DEPORTS)
        row = rows.get(doubt.last.key)
        cell = None if row is None else a1(row, _headers(sheet).index(header))
        yield anomaly(code, sheet.name, cell, doubt.last.numero or None, **_words(doubt, command))


def _words(doubt: Doubt, command: str) -> dict[str, Any]:
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
