"""Recusals: who must not judge which dossier, and where that was said. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.frames import is_yes
from eig_sheets.domain.pairs import Pair
from eig_sheets.workbook.conflicts import Interest, interests_in_dossiers
from eig_sheets.workbook.parse import Table


class RecusalSource(StrEnum):
    """Where it is said, or seen, that a juror must not judge a dossier or a candidate."""

    DECLARED = "deports"  # « Déports » of `Jury`, or the juror's declaration, names it, its host or its project
    CANDIDATE = "candidature"  # the juror is the candidate
    EVALUATION = "evaluation"  # « oui » in « Déport » of `Évaluations` or `Notes reçues`
    ORGANISATION = "organisation"  # the juror works for the host administration
    APPLICANT = "porteur"  # the juror submits the project, or is its mentor
    DOUBTFUL = "deport_incertain"  # a déport that names nothing seems to mean it


Recusals = Mapping[Pair, RecusalSource]
"""Who must not judge what: each pair once, with the first source that says so."""


_OF_INTEREST: Final = {
    Interest.RECUSAL: RecusalSource.DECLARED,
    Interest.ORGANISATION: RecusalSource.ORGANISATION,
    Interest.POSSIBLE: RecusalSource.DOUBTFUL,
}
_ADDRESSES: Final = ("email_porteur", "email_porteur_2", "email_mentor")
"""Fields of `Candidatures`: who answers for the project."""


def recusals_of(reading: Reading) -> Recusals:
    """Each dossier that a juror must not judge."""
    return first_said(_said(reading))


def first_said(said: Mapping[RecusalSource, Iterable[Pair]]) -> Recusals:
    """The pairs that each source names, with the first source of each, in the order of RecusalSource."""
    recusals: dict[Pair, RecusalSource] = {}
    for source in RecusalSource:
        for pair in said.get(source, ()):
            recusals.setdefault(pair, source)
    return recusals


def of_source(recusals: Recusals, wanted: RecusalSource) -> dict[Pair, RecusalSource]:
    """The pairs that this source says, in their order."""
    return {pair: source for pair, source in recusals.items() if source is wanted}


def of_juror(recusals: Recusals, juror: str) -> frozenset[str]:
    """The numbers that a juror must not judge."""
    return frozenset(number for number, whose in recusals if whose == juror)


def _said(reading: Reading) -> Mapping[RecusalSource, Iterable[Pair]]:
    """The pairs that each source names."""
    of_interests: dict[RecusalSource, list[Pair]] = {source: [] for source in _OF_INTEREST.values()}
    for numero, jure, interest in interests_in_dossiers(reading.tables):
        of_interests[_OF_INTEREST[interest]].append((numero, jure))
    return {
        **of_interests,
        RecusalSource.EVALUATION: said_in_evaluations(reading.review_tables, "numero"),
        RecusalSource.APPLICANT: _answering(reading),
    }


def said_in_evaluations(tables: Iterable[Table], key: str) -> Iterator[Pair]:
    """Every row that says « oui », or what cannot be read, even one that is left out: in doubt, they step aside."""
    for table in tables:
        rows = table.frame[is_yes(table.frame["deport"])].dropna(subset=[key, "jure"])
        yield from zip(rows[key], rows["jure"], strict=True)


def _answering(reading: Reading) -> Iterator[Pair]:
    if "candidatures" in reading.tables and "jury" in reading.tables:
        jurors = {*reading.tables["jury"].frame["email"].dropna()}
        dossiers = reading.tables["candidatures"].frame.dropna(subset="numero")
        for field in _ADDRESSES:
            theirs = dossiers[dossiers[field].isin(jurors)]
            yield from zip(theirs["numero"], theirs[field], strict=True)
