"""Progress of a jury: the evaluations that are expected, those that came, and what there is to discuss. Pure.

What waits for whom is the same here and in reminders (`campaign/jury_work.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import pandas as pd

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.jury.assignments import assigned, assignments_of
from eig_sheets.call.jury.dossiers import DOSSIERS
from eig_sheets.call.scoring.calibration import Zone
from eig_sheets.call.scoring.rules_ranking import Alert, Unranked
from eig_sheets.call.scoring.rules_scoring import EvaluationStatus, is_complete
from eig_sheets.call.scoring.scores import SCORES, included_votes, note_range
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.reviews.panels import panels
from eig_sheets.config import Campaign


def expected_evaluations(reading: Reading, results: Results) -> pd.DataFrame:
    """Each evaluation that is expected: `numero`, `jure`, and `received`, whether it is complete.

    Those that `Affectations` records, where it records any, else the rows of the jury's evaluations; déports apart. Of
    a dossier that is out of the running, only those that are there: nobody is asked for the others any more. Where
    jurors read as groups, what one of a group scored is received of all.
    """
    evaluated = results.of(SCORES).evaluated
    if recorded := assigned(results):
        pairs = assignments_of(reading, recorded)[["numero", "jure"]]
    else:
        pairs = evaluated.loc[evaluated["status"] != EvaluationStatus.RECUSED, ["numero", "jure"]]
    there = evaluated.loc[is_complete(evaluated["status"]), ["numero", "jure"]]
    groups = panels(reading) if reading.campaign.jury.reads_as_group else {}
    complete = {*_by_group(there, groups)}
    received = pd.Series([pair in complete for pair in _by_group(pairs, groups)], index=pairs.index, dtype=bool)
    kept = received | pairs["numero"].isin(running_dossiers(results))
    return pairs.assign(received=received)[kept].reset_index(drop=True)


def _by_group(pairs: pd.DataFrame, groups: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Each pair by its dossier and its juror, or the group of its juror."""
    readers = [groups.get(juror, juror) for juror in pairs["jure"]]
    return zip(pairs["numero"], readers, strict=True)


def running_dossiers(results: Results) -> list[str]:
    """The dossiers that the jury still compares: those that are ranked, or only lack an evaluation."""
    compared = results.of(SCORES).ranking["unranked_reason"].isin([None, Unranked.WITHOUT_EVALUATION])
    numbers: list[str] = results.of(SCORES).ranking.loc[compared, "numero"].tolist()
    return numbers


def is_late(campaign: Campaign, today: date) -> bool:
    """Whether an evaluation that is missing on that day is late: from the first reminder on, or the jury is over."""
    return any(day <= today for day in campaign.emails.reminders) or is_over(campaign, today)


def is_over(campaign: Campaign, today: date) -> bool:
    """Whether the jury's last day is past."""
    closes = campaign.scoring.closes
    last = closes.date() if isinstance(closes, datetime) else closes
    return last is not None and last < today


class Topic(StrEnum):
    """Why a dossier is to be discussed."""

    CONTRADICTION = "contradiction"  # the proposal and the zone contradict each other
    DELIBERATION = "deliberation"  # in the zone of deliberation
    DISAGREEMENT = "desaccord"  # its notes are far apart, or its opinions opposed
    FEW_REVIEWS = "peu_evaluations"  # fewer evaluations than the call wants
    HEART_BELOW = "coup_de_coeur_sous_la_ligne"  # a juror's favourite, below the last place
    EARLIER_VERSION = "version_anterieure"  # it changed after it was scored


@dataclass(frozen=True, slots=True)
class Progress:
    """How many evaluations are expected of some jurors, or of a dossier, and came; `missing`: of which, or of whom."""

    expected: int
    received: int
    missing: tuple[str, ...]
    late: bool


@dataclass(frozen=True, slots=True)
class JurorProgress:
    """A juror: their address, name and group, whether their declaration of interests came, what they scored."""

    juror: str
    name: str
    group: str
    declared: bool
    progress: Progress


@dataclass(frozen=True, slots=True)
class GroupProgress:
    """A group, '' for jurors without one: how many jurors, and what they scored together."""

    group: str
    jurors: int
    progress: Progress


@dataclass(frozen=True, slots=True)
class SubjectProgress:
    """A dossier or a candidate that the jury compares: its evaluations, and why it is to discuss."""

    number: str
    name: str
    progress: Progress
    topics: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True)
class JuryStatus:
    """The progress of a jury, those who owe most first.

    `subjects`: dossiers in the order of the ranking, or candidates in that of their tab.
    """

    jurors: tuple[JurorProgress, ...]
    groups: tuple[GroupProgress, ...]
    subjects: tuple[SubjectProgress, ...]


def jury_status(reading: Reading, results: Results, today: date) -> JuryStatus:
    """The progress of the jury of projects on that day."""
    expected = expected_evaluations(reading, results).assign(late=is_late(reading.campaign, today))
    jurors = [*jurors_progress(reading, expected)]
    names, topics = DOSSIERS.names(results.of(APPLICATIONS).dossiers), topics_of(reading, results)
    subjects = [(numero, names[numero] or "") for numero in running_dossiers(results)]
    return JuryStatus(
        tuple(sorted(jurors, key=lambda juror: -len(juror.progress.missing))),
        tuple(groups_progress(jurors)),
        tuple(subjects_progress(subjects, expected, topics)),
    )


def _progress(expected: pd.DataFrame, missing: str) -> Progress:
    """The progress of some evaluations; `missing`: the column that says which of them is not there."""
    waiting = expected[~expected["received"]]
    return Progress(len(expected), len(expected) - len(waiting), tuple(waiting[missing]), bool(waiting["late"].any()))


def jurors_progress(reading: Reading, expected: pd.DataFrame) -> Iterator[JurorProgress]:
    """Every juror of `Jury`, in its order, then those that only the evaluations have."""
    jury = reading.valid_rows("jury").dropna(subset="email").drop_duplicates("email")
    known: dict[str, Mapping[Any, Any]] = {str(row["email"]): row for row in jury.to_dict("records")}
    theirs = {str(juror): rows for juror, rows in expected.groupby("jure", sort=False)}
    for juror in dict.fromkeys((*known, *theirs)):
        row = known.get(juror, {})
        name, group = (_text(row.get(field)) for field in ("nom", "groupe"))
        progress = _progress(theirs.get(juror, expected[:0]), "numero")
        yield JurorProgress(juror, name or juror, group, pd.notna(row.get("declaration")), progress)


def groups_progress(jurors: Sequence[JurorProgress]) -> Iterator[GroupProgress]:
    """The progress of each group."""
    for group in sorted({juror.group for juror in jurors}):
        members = [juror for juror in jurors if juror.group == group]
        missing = tuple(member.juror for member in members if member.progress.missing)
        expected, received = (
            sum(getattr(member.progress, name) for member in members) for name in ("expected", "received")
        )
        late = any(member.progress.late for member in members)
        yield GroupProgress(group, len(members), Progress(expected, received, missing, late))


def subjects_progress(
    subjects: Iterable[tuple[str, str]], expected: pd.DataFrame, topics: Mapping[str, tuple[Topic, ...]]
) -> Iterator[SubjectProgress]:
    """The progress of each (number, name), in their order."""
    rows_of = {str(number): rows for number, rows in expected.groupby("numero", sort=False)}
    for number, name in subjects:
        progress = _progress(rows_of.get(number, expected[:0]), "jure")
        yield SubjectProgress(number, name, progress, topics.get(number, ()))


def topics_of(reading: Reading, results: Results) -> dict[str, tuple[Topic, ...]]:
    """Why each dossier that the jury compares is to discuss; those that are not are left out."""
    campaign, ranking = reading.campaign, results.of(SCORES).ranking
    notes = included_votes(results.of(SCORES).evaluated).groupby("numero")["note"]
    spread = ranking["numero"].map(notes.max() - notes.min())
    opposed = (ranking["favorable"] > 0) & (ranking["unfavorable"] > 0)
    running = ranking["numero"].isin(running_dossiers(results))
    holds = {
        Topic.CONTRADICTION: _has(ranking, Alert.LAUREATE_OUT) | _has(ranking, Alert.OTHER_IN),
        Topic.DELIBERATION: ranking["zone"].isin([Zone.DELIBERATION]),
        Topic.DISAGREEMENT: opposed | spread.ge(campaign.jury.disagreement * note_range(campaign)),
        Topic.FEW_REVIEWS: ranking["reviews"] < campaign.scoring.min_reviews,
        Topic.HEART_BELOW: (ranking["hearts"] > 0) & ranking["rank"].gt(campaign.campaign.target).eq(True),
        Topic.EARLIER_VERSION: _has(ranking, Alert.EARLIER_VERSION),
    }
    by_number: dict[str, list[Topic]] = {}
    for topic, mask in holds.items():
        for numero in ranking.loc[mask & running, "numero"]:
            by_number.setdefault(numero, []).append(topic)
    return {numero: tuple(topics) for numero, topics in by_number.items()}


def _has(ranking: pd.DataFrame, alert: Alert) -> pd.Series:
    return ranking["alerts"].map(lambda alerts: alert in alerts).astype(bool)


def _text(value: Any) -> str:
    return str(value) if pd.notna(value) else ""
