"""Which dossiers each juror is asked to note, or each group on the page of its référent. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pandas as pd

from eig_sheets.campaign.assignments import assignments_of
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.recusals import recusals_of
from eig_sheets.campaign.results import Results, panels

_RANKABLE: Final = "sans_evaluation"
"""The reason of a dossier that would be ranked if it had an evaluation."""


def jurors_of(reading: Reading) -> pd.DataFrame:
    """Each juror once, in the order of the tab `Jury`."""
    return reading.valid_rows("jury").dropna(subset="email").drop_duplicates("email")


def rankable_dossiers(reading: Reading, results: Results) -> list[str]:
    """The dossiers that are ranked, or would be with an evaluation, in the order of `Candidatures`."""
    ranking = results.ranking
    rankable = ranking.loc[ranking["unranked_reason"].isna() | (ranking["unranked_reason"] == _RANKABLE), "numero"]
    dossiers = reading.valid_rows("candidatures")["numero"]
    numbers: list[str] = dossiers[dossiers.isin(set(rankable))].tolist()
    return numbers


def asked_dossiers(reading: Reading, results: Results) -> dict[str, list[str]]:
    """The dossiers of each juror, or of each group's référent: those of « Affectations », else all but the recused."""
    if results.assignments:
        pairs = assignments_of(reading, results.assignments)
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
