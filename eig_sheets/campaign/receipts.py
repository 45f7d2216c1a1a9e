"""Receipts for jurors: the answers that were collected from their own pages, and nobody else's. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.workbook.notes_tabs import NOTES
from eig_sheets.workbook.values import NSP

_DEPORT: Final = "deport"
_DIGITS: Final = 12


@dataclass(frozen=True, slots=True)
class ReceivedDossier:
    """What a juror's page says of a dossier: the `notes` (a number, or NSP) by criterion, in the order of the call.

    `missing`, `unreadable`: the criteria without an answer, and those whose answer cannot be read. `stands_aside`:
    whether the juror does, and `doubtful` when only because the answer is not clear. `typed`: what people typed of it
    counts instead.
    """

    numero: str
    notes: tuple[tuple[str, float | str], ...] = ()
    missing: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    stands_aside: bool = False
    doubtful: bool = False
    typed: bool = False


Receipt = tuple[ReceivedDossier, ...]


def receipts_of(reading: Reading) -> dict[str, Receipt]:
    """The receipt of each juror of whom a page was collected, its dossiers in the order of their numbers."""
    if not reading.owns(NOTES):
        return {}
    dossiers = set(reading.valid_rows("candidatures")["numero"].dropna())
    rows = reading.tables[NOTES].frame
    rows = rows[rows["numero"].isin(dossiers)].dropna(subset="jure").sort_values("numero", kind="stable")
    labels, typed = reading.campaign.labels, _typed(reading)
    by_juror: dict[str, list[ReceivedDossier]] = {}
    for row in rows.to_dict("records"):
        pair = str(row["numero"]), str(row["jure"])
        by_juror.setdefault(pair[1], []).append(_received(row, labels, typed=pair in typed))
    return {juror: tuple(dossiers) for juror, dossiers in by_juror.items()}


def digest_of(receipt: Receipt) -> str:
    """What tells two receipts apart."""
    said = [
        [
            dossier.numero,
            dossier.notes,
            *map(str, (dossier.missing, dossier.unreadable, dossier.stands_aside, dossier.doubtful, dossier.typed)),
        ]
        for dossier in receipt
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:_DIGITS]


def _typed(reading: Reading) -> frozenset[tuple[str, str]]:
    rows = reading.valid_rows("evaluations")
    rows = rows[rows["source"] != NOTES].dropna(subset=["numero", "jure"])
    return frozenset(zip(rows["numero"], rows["jure"], strict=True))


def _received(row: Mapping[Any, Any], labels: Mapping[str, str], *, typed: bool) -> ReceivedDossier:
    numero, unreadable = str(row["numero"]), row["unreadable"]
    doubtful = _DEPORT in unreadable
    if doubtful or row[_DEPORT] is True:
        return ReceivedDossier(numero, stands_aside=True, doubtful=doubtful, typed=typed)
    notes: dict[str, float | str] = {}
    for criterion, label in labels.items():
        if row.get(f"{criterion}_nsp"):
            notes[label] = NSP
        elif pd.notna(row[criterion]):
            notes[label] = float(row[criterion])
    strange = tuple(label for criterion, label in labels.items() if criterion in unreadable)
    missing = tuple(label for label in labels.values() if label not in notes and label not in strange)
    return ReceivedDossier(numero, (*notes.items(),), missing, strange, typed=typed)
