"""Who must not judge which dossier, wherever that was said. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Final

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.frames import is_yes
from eig_sheets.domain.pairs import Pair
from eig_sheets.workbook.conflicts import Interest, interests_in_dossiers


class RecusalSource(StrEnum):
    """Where it is said, or seen, that a juror must not judge a dossier."""

    DECLARED = "deports"  # « Déports » of `Jury`, or the juror's declaration, names the dossier or its host
    EVALUATION = "evaluation"  # « oui » in « Déport » of `Évaluations` or `Notes reçues`
    ORGANISATION = "organisation"  # the juror works for the host administration
    APPLICANT = "porteur"  # the juror submits the project, or is its mentor
    DOUBTFUL = "deport_incertain"  # a déport that names nothing seems to mean it


_OF_INTEREST: Final = {
    Interest.RECUSAL: RecusalSource.DECLARED,
    Interest.ORGANISATION: RecusalSource.ORGANISATION,
    Interest.POSSIBLE: RecusalSource.DOUBTFUL,
}
_ADDRESSES: Final = ("email_porteur", "email_porteur_2", "email_mentor")
"""Fields of `Candidatures`: who answers for the project."""


def recusals_of(reading: Reading) -> pd.DataFrame:
    """Each dossier that a juror must not judge: `numero`, `jure` (an address) and `source`, a RecusalSource.

    A pair comes once, with the first source that says so, in the order of RecusalSource.
    """
    said = _said(reading)
    found: dict[Pair, RecusalSource] = {}
    for source in RecusalSource:
        for pair in said[source]:
            found.setdefault(pair, source)
    rows = [(numero, jure, str(source)) for (numero, jure), source in found.items()]
    return pd.DataFrame(rows, columns=["numero", "jure", "source"], dtype=object)


def recused_of_dossiers(reading: Reading) -> frozenset[Pair]:
    """Each (number, juror) that must not be, wherever it was said."""
    return frozenset(recusals_of(reading)[["numero", "jure"]].itertuples(index=False, name=None))


def doubtful_of_dossiers(reading: Reading) -> frozenset[Pair]:
    """Those that a déport which names nothing only seems to mean."""
    recusals = recusals_of(reading)
    doubtful = recusals.loc[recusals["source"] == RecusalSource.DOUBTFUL, ["numero", "jure"]]
    return frozenset(doubtful.itertuples(index=False, name=None))


def declared_of_dossiers(reading: Reading) -> frozenset[Pair]:
    """Those that evaluations do not say."""
    recusals = recusals_of(reading)
    told = recusals.loc[recusals["source"] != RecusalSource.EVALUATION, ["numero", "jure"]]
    return frozenset(told.itertuples(index=False, name=None))


def _said(reading: Reading) -> Mapping[RecusalSource, Iterable[Pair]]:
    """The pairs that each source names."""
    of_interests: dict[RecusalSource, list[Pair]] = {source: [] for source in _OF_INTEREST.values()}
    for numero, jure, interest in interests_in_dossiers(reading.tables):
        of_interests[_OF_INTEREST[interest]].append((numero, jure))
    return {
        **of_interests,
        RecusalSource.EVALUATION: _in_evaluations(reading),
        RecusalSource.APPLICANT: _answering(reading),
    }


def _in_evaluations(reading: Reading) -> Iterator[Pair]:
    """Every row that says « oui », or what cannot be read, even one that is left out: in doubt, they step aside."""
    for table in reading.review_tables:
        rows = table.frame
        rows = rows[is_yes(rows["deport"])].dropna(subset=["numero", "jure"])
        yield from zip(rows["numero"], rows["jure"], strict=True)


def _answering(reading: Reading) -> Iterator[Pair]:
    if "candidatures" in reading.tables and "jury" in reading.tables:
        jurors = {*reading.tables["jury"].frame["email"].dropna()}
        dossiers = reading.tables["candidatures"].frame.dropna(subset="numero")
        for field in _ADDRESSES:
            theirs = dossiers[dossiers[field].isin(jurors)]
            yield from zip(theirs["numero"], theirs[field], strict=True)
