"""Results of the call for talents: every rule about candidates, applied to what was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.frames import objects
from eig_sheets.emails.catalogue.conditions import laureates
from eig_sheets.features.talents.ranking_tab import Ranked
from eig_sheets.features.talents.rules_choices import choices
from eig_sheets.features.talents.rules_eligibility import KnownPeople, assess
from eig_sheets.features.talents.rules_ranking import rank
from eig_sheets.features.talents.rules_scoring import Correction, TalentScores, correct, expected_of, score
from eig_sheets.features.talents.settings import TalentDates, TalentRules, last_second
from eig_sheets.text.names import metier_name

_PROJECT_SIDE = ("email_porteur", "email_porteur_2", "email_mentor")


@dataclass(frozen=True, slots=True)
class TalentResults:
    """The results about the candidates that no blocking anomaly leaves out.

    `candidates`, `evaluations` as parsed; `eligibility` (candidature, status, reasons) and `choices` (candidature,
    wishes: the valid numbers in order, reasons) on the index of `candidates`; `scores`: notes out of 20 by candidate
    and by project heard for; `correction`: the notes corrected for severities, or why there are none; `ranking`: the
    lists, by project and by métier; `expected`: who is to note whom (candidature, jure) and whether it is done
    (received), None where nobody recorded it.
    """

    candidates: pd.DataFrame
    evaluations: pd.DataFrame
    eligibility: pd.DataFrame
    choices: pd.DataFrame
    scores: TalentScores
    correction: Correction
    ranking: pd.DataFrame
    expected: pd.DataFrame | None = None

    @property
    def expected_reviews(self) -> dict[str, int] | None:
        """How many evaluations each candidate should have, by number; None where nobody recorded who notes whom."""
        return None if self.expected is None else dict(Counter(self.expected["candidature"]))


def talent_results(
    reading: Reading, group_of: Mapping[str, str], assigned: pd.DataFrame | None = None
) -> TalentResults | None:
    """The results about candidates; None when no workbook has any. `group_of`: the group of each juror that has one.

    `assigned`: who is to note whom (numero, jure), where it was recorded.
    """
    if not reading.has("talents"):
        return None
    rules, dossiers = reading.campaign.section(TalentRules), reading.valid_rows("candidatures")
    candidates, evaluations, assessed = assessed_candidates(reading)
    deadline = last_second(reading.campaign.section(TalentDates).wishes_before)
    selected = dossiers.loc[laureates(dossiers), "numero"]
    chosen = choices(candidates, dossiers["numero"], selected, deadline, rules.max_wishes)
    scores = score(evaluations, candidates["candidature"], rules)
    correction = correct(scores.evaluated, rules, group_of)
    lists = rank(_with_known_metiers(candidates, reading), assessed, chosen, scores, correction.notes, rules)
    expected = None if assigned is None else expected_of(assigned, scores.evaluated)
    return TalentResults(candidates, evaluations, assessed, chosen, scores, correction, lists, expected)


def assessed_candidates(reading: Reading) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The candidates, their evaluations, and their eligibility, of a reading that has their tab."""
    rules, candidates = reading.campaign.section(TalentRules), reading.valid_rows("talents")
    evaluations = _evaluations(reading)
    available = reading.layout_of("talents").available
    return candidates, evaluations, assess(candidates, available, rules, _known_people(reading, evaluations))


def _with_known_metiers(candidates: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    """The candidates, whose métier has the call's name for it: « Développeuse (à confirmer) » is « Développeur »."""
    names = {
        metier: metier_name(metier, reading.campaign.words.profiles)
        for metier in candidates["metier"].dropna().unique()
    }
    return candidates.assign(metier=objects((names.get(metier) for metier in candidates["metier"]), candidates.index))


def _evaluations(reading: Reading) -> pd.DataFrame:
    """The evaluations of candidates; none when the workbook lacks their tab."""
    if reading.has("evaluations_talents"):
        return reading.valid_rows("evaluations_talents")
    scored = reading.campaign.section(TalentRules).labels
    columns = {name: pd.Series(dtype=object) for name in ("candidature", "numero", "jure", "row", "deport", "source")}
    scores = {name: pd.Series(dtype=float) for name in scored}
    abstained = {f"{name}_nsp": pd.Series(dtype=bool) for name in scored}
    return pd.DataFrame({**columns, **scores, **abstained})


def _known_people(reading: Reading, evaluations: pd.DataFrame) -> KnownPeople:
    """Jurors by `Jury` and by every evaluation, and those who submit or mentor a project."""
    jury, dossiers = reading.valid_rows("jury"), reading.valid_rows("candidatures")
    reviews = reading.valid_rows("evaluations")
    jurors = pd.concat([jury["email"], reviews["jure"], evaluations["jure"]]).dropna()
    beside = pd.concat([dossiers[field] for field in _PROJECT_SIDE]).dropna()
    return KnownPeople(frozenset(jurors), frozenset(jury["nom"].dropna()), frozenset(beside))


def lists_of_talents(reading: Reading, results: TalentResults) -> Ranked:
    """What `Classement des talents` shows."""
    dossiers = reading.valid_rows("candidatures")
    projects = dict(zip(dossiers["numero"], dossiers["projet"], strict=True))
    return Ranked(results.ranking, results.candidates, projects, results.correction.reason, results.expected_reviews)
