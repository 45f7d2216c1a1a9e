"""Who must not judge what and where that was said, jurors in doubt, and the names of jurors. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Final

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reviews.conflicts import Interest, interests_in_dossiers, unnamed_recusals
from eig_sheets.campaign.reviews.versions import Pair
from eig_sheets.domain.frames import is_yes, named_rows
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


_WHO: Final = ("email", "deports", "organisation")
_HOW_MANY: Final = "maximum"


def jurors_in_doubt(reading: Reading) -> dict[str, str]:
    """The address of each juror who is shown and given nothing new, and the cell that is the reason."""
    return dict(_in_doubt(reading, _WHO))


def addresses_in_doubt(reading: Reading) -> dict[str, str]:
    """The known address of each juror whose cell has another one, or an unreadable one; and that cell."""
    return dict(_unread(reading, ("email",)))


def jurors_not_to_assign(reading: Reading) -> dict[str, str]:
    """The address of each juror who gets no new assignment: in doubt, or with a maximum that cannot be read."""
    return dict(_in_doubt(reading, (*_WHO, _HOW_MANY)))


def _in_doubt(reading: Reading, fields: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    yield from _unread(reading, fields)
    for row, juror, _ in unnamed_recusals(reading.tables):
        yield juror, _place(reading.tables["jury"], "deports", row)


def _unread(reading: Reading, fields: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if "jury" not in reading.tables:
        return
    table = reading.tables["jury"]
    for record in named_rows(table.frame.dropna(subset="email")):
        unread = next((field for field in fields if field in record.unreadable), None)
        if unread is not None:
            yield record.email, _place(table, unread, record.row)


def _place(table: Table, field: str, row: int) -> str:
    return table.layout.reference(field, row) or table.layout.name


def may_be_given(pair: tuple[str, str], in_doubt: Mapping[str, str], given: frozenset[tuple[str, str]]) -> bool:
    """Whether a juror may have a dossier: one in doubt keeps those that were given already, and gets no other."""
    return pair[1] not in in_doubt or pair in given


def juror_names(reading: Reading) -> dict[str, str]:
    """The name of each juror, by address."""
    jurors = reading.valid_rows("jury").dropna(subset=["email", "nom"]) if "jury" in reading.tables else pd.DataFrame()
    return {} if jurors.empty else dict(zip(jurors["email"], jurors["nom"], strict=True))
