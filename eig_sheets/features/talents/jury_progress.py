"""Progress of the jury of candidates: the evaluations that are expected, and those that came. Pure."""

from __future__ import annotations

from datetime import date

import pandas as pd

from eig_sheets.campaign.jury_status import (
    JuryStatus,
    groups_progress,
    jurors_progress,
    subjects_progress,
)
from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.decisions import REFUSED
from eig_sheets.domain.scoring import EvaluationStatus
from eig_sheets.features.talents.results import TalentResults
from eig_sheets.features.talents.rules_ranking import were_heard
from eig_sheets.features.talents.rules_scoring import expected_of
from eig_sheets.features.talents.subject import SUBJECT
from eig_sheets.features.talents.tabs import TALENTS


def expected_of_candidates(reading: Reading, results: TalentResults) -> pd.DataFrame:
    """Each evaluation of a candidate that is expected, with the same columns; `numero` is that of the candidate.

    Those recorded, else those that are begun, déports apart. Of a candidate who was refused or is heard no more, only
    those that are there.
    """
    expected = results.expected
    if expected is None:
        evaluated = results.scores.evaluated
        begun = evaluated[evaluated["status"] != EvaluationStatus.RECUSED].dropna(subset=["candidature", "jure"])
        pairs = begun[["candidature", "jure"]].rename(columns={"candidature": "numero"})
        expected = expected_of(pairs, evaluated)
    people = results.candidates
    decided = {*people.loc[people["statut"] == REFUSED, "candidature"]}
    running = {*SUBJECT.numbers(reading)} - decided
    kept = expected[expected["received"] | expected["candidature"].isin(running)]
    return kept.rename(columns={"candidature": "numero"})


def candidate_status(reading: Reading, results: TalentResults, today: date) -> JuryStatus:
    """The progress of the jury of candidates on that day, of a reading that has them; a tie goes by jurors' names.

    An evaluation is late once its candidate was heard.
    """
    expected = expected_of_candidates(reading, results)
    heard = results.candidates.loc[were_heard(results.candidates, today), "candidature"]
    expected = expected.assign(late=expected["numero"].isin(heard))
    jurors = [*jurors_progress(reading.holding(TALENTS), expected)]
    names, asked = SUBJECT.names(results.candidates), {*expected["numero"]}
    subjects = [(number, names[number] or number) for number in results.candidates["candidature"] if number in asked]
    return JuryStatus(
        tuple(sorted(jurors, key=lambda juror: (-len(juror.progress.missing), juror.name))),
        tuple(groups_progress(jurors)),
        tuple(subjects_progress(subjects, expected, {})),
    )
