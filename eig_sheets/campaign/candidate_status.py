"""How far the jury of candidates is: the evaluations that came, by juror and by candidate. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from eig_sheets.campaign.jury_status import JurorProgress, Progress
from eig_sheets.campaign.noted import CANDIDATES
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.talent_results import TalentResults
from eig_sheets.domain.decisions import REFUSED
from eig_sheets.domain.frames import named_rows
from eig_sheets.domain.scoring import EvaluationStatus
from eig_sheets.domain.talents.ranking import were_heard
from eig_sheets.domain.talents.scoring import expected_of


@dataclass(frozen=True, slots=True)
class CandidateProgress:
    """A candidate whom the jury hears, and the evaluations of them."""

    candidature: str
    name: str
    progress: Progress


@dataclass(frozen=True, slots=True)
class CandidateStatus:
    """The progress of the jury of candidates: jurors who owe most first; candidates in the order of the tab.

    An evaluation is late once its candidate was heard.
    """

    jurors: tuple[JurorProgress, ...]
    candidates: tuple[CandidateProgress, ...]


def candidate_status(reading: Reading, results: TalentResults, today: date) -> CandidateStatus:
    """The status of the jury on that day, of a reading that has the candidates."""
    expected = _expected(reading, results)
    heard = were_heard(results.candidates, today)
    late = {*results.candidates.loc[heard, "candidature"]}
    names = CANDIDATES.names(results.candidates)
    rows_of = dict(iter(expected.groupby("candidature", sort=False)))
    jurors = sorted(_jurors(reading, expected, late), key=lambda one: (-len(one.progress.missing), one.name))
    people = (
        CandidateProgress(number, names[number] or number, _progress(rows_of[number], "jure", late))
        for number in results.candidates["candidature"]
        if number in rows_of
    )
    return CandidateStatus(tuple(jurors), tuple(people))


def _expected(reading: Reading, results: TalentResults) -> pd.DataFrame:
    """Each evaluation that is expected: those recorded, else those that are begun, déports apart.

    Of a candidate who was refused or is heard no more, only those that are there.
    """
    expected = results.expected
    if expected is None:
        evaluated = results.scores.evaluated
        begun = evaluated[evaluated["status"] != EvaluationStatus.RECUSED].dropna(subset=["candidature", "jure"])
        pairs = begun[["candidature", "jure"]].rename(columns={"candidature": "numero"})
        expected = expected_of(pairs, evaluated)
    people = results.candidates
    decided = {*people.loc[people["statut"] == REFUSED, "candidature"]}
    running = {*CANDIDATES.numbers(reading)} - decided
    return expected[expected["received"] | expected["candidature"].isin(running)]


def _jurors(reading: Reading, expected: pd.DataFrame, late: set[str]) -> Iterator[JurorProgress]:
    people = reading.holding(CANDIDATES.tab).valid_rows("jury").dropna(subset="email").drop_duplicates("email")
    for juror in named_rows(people):
        mine = expected[expected["jure"] == juror.email]
        declared = bool(pd.notna(juror.declaration))
        name, group = juror.nom or juror.email, juror.groupe or ""
        yield JurorProgress(juror.email, name, group, declared, _progress(mine, "candidature", late))


def _progress(rows: pd.DataFrame, missing: str, late: set[str]) -> Progress:
    left = rows[~rows["received"]]
    is_late = bool(left["candidature"].isin(late).any())
    return Progress(len(rows), int(rows["received"].sum()), tuple(left[missing]), is_late)
