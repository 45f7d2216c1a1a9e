"""Receipts for jurors: the answers that were collected from their own pages, and nobody else's. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from eig_sheets.call.jury.assignments import assigned, assignments_of
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.reviews.panels import panels
from eig_sheets.campaign.reviews.received_notes import NOTES
from eig_sheets.campaign.reviews.recusals import recusals_of
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
    """The receipt of each juror whose page was collected, its dossiers in the order of their numbers."""
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
    """The digest of a receipt, which differs when an answer does."""
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


_RANKABLE: Final = "sans_evaluation"
"""The reason of a dossier that would be ranked if it had an evaluation."""


def jurors_of(reading: Reading) -> pd.DataFrame:
    """Each juror once, in the order of the tab `Jury`."""
    return reading.valid_rows("jury").dropna(subset="email").drop_duplicates("email")


def rankable_dossiers(reading: Reading, results: Results) -> list[str]:
    """The dossiers that are ranked, or would be with an evaluation, in the order of `Candidatures`."""
    ranking = results.of(SCORES).ranking
    rankable = ranking.loc[ranking["unranked_reason"].isna() | (ranking["unranked_reason"] == _RANKABLE), "numero"]
    dossiers = reading.valid_rows("candidatures")["numero"]
    numbers: list[str] = dossiers[dossiers.isin(set(rankable))].tolist()
    return numbers


def asked_dossiers(reading: Reading, results: Results) -> dict[str, list[str]]:
    """The dossiers of each juror, or of each group's référent: those of `Affectations`, else all but recused ones."""
    if recorded := assigned(results):
        pairs = assignments_of(reading, recorded)
        return {str(juror): rows["numero"].tolist() for juror, rows in pairs.groupby("jure", sort=False)}
    recused = recusals_of(reading)
    asked: dict[str, list[str]] = {}
    dossiers = rankable_dossiers(reading, results)
    for group in _groups(reading):
        for numero in dossiers:
            reader = next((juror for juror in group if (numero, juror) not in recused), None)
            if reader is not None:
                asked.setdefault(reader, []).append(numero)
    return asked


def referents_of(reading: Reading, results: Results) -> dict[str, tuple[str, ...]]:
    """The addresses of the référents of each juror who has nothing to note because these do."""
    if not reading.campaign.jury.reads_as_group:
        return {}
    groups, asked = panels(reading), asked_dossiers(reading, results)
    referents: dict[str, tuple[str, ...]] = {}
    for juror in asked:
        if juror in groups:
            referents[groups[juror]] = (*referents.get(groups[juror], ()), juror)
    return {juror: referents[group] for juror, group in groups.items() if group in referents and juror not in asked}


def _groups(reading: Reading) -> Iterator[list[str]]:
    """The jurors who share a page, the référent first; each alone unless groups read together."""
    people = jurors_of(reading)
    if not reading.campaign.jury.reads_as_group:
        yield from ([juror] for juror in people["email"])
        return
    named = people["groupe"].where(people["groupe"].notna(), people["email"])
    for _, members in people.groupby(named, sort=False):
        yield members["email"].tolist()
