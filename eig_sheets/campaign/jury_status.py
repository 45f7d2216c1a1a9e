"""How far the jury is: the evaluations that came, by juror, group and dossier, and what there is to discuss. Pure.

What waits for whom is the same here and in reminders (`campaign/jury_work.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import pandas as pd

from eig_sheets.campaign.jury_work import expected_evaluations, is_late
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results, included_votes, note_range
from eig_sheets.domain.calibration import Zone
from eig_sheets.domain.ranking import Alert, Unranked


class Topic(StrEnum):
    """Why a dossier is one to discuss."""

    CONTRADICTION = "contradiction"  # the proposal and the zone contradict each other
    DELIBERATION = "deliberation"  # in the zone of deliberation
    DISAGREEMENT = "desaccord"  # its notes are far apart, or its opinions opposed
    FEW_REVIEWS = "peu_evaluations"  # fewer evaluations than the call wants
    HEART_BELOW = "coup_de_coeur_sous_la_ligne"  # a juror's favourite, below the last place
    EARLIER_VERSION = "version_anterieure"  # it changed after it was scored


@dataclass(frozen=True, slots=True)
class Progress:
    """How many evaluations are expected of some jurors or of a dossier, and came; `missing`: of which, or of whom."""

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
class DossierProgress:
    """A dossier that the jury compares: its evaluations, and why it is to discuss."""

    numero: str
    name: str
    progress: Progress
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class JuryStatus:
    """The progress of a jury, those who owe most first; dossiers in the order of the ranking."""

    jurors: tuple[JurorProgress, ...]
    groups: tuple[GroupProgress, ...]
    dossiers: tuple[DossierProgress, ...]


def jury_status(reading: Reading, results: Results, today: date) -> JuryStatus:
    """The progress of the jury on that day."""
    expected, late = expected_evaluations(reading, results), is_late(reading.campaign, today)
    jurors = [*_jurors(reading, expected, late=late)]
    return JuryStatus(
        tuple(sorted(jurors, key=lambda one: one.progress.received - one.progress.expected)),
        tuple(_groups(jurors, late=late)),
        tuple(_dossiers(reading, results, expected, late=late)),
    )


def _progress(expected: pd.DataFrame, missing: str, *, late: bool) -> Progress:
    """The progress of some evaluations; `missing`: the column that says which of them is not there."""
    waiting = expected.loc[~expected["received"], missing].tolist()
    return Progress(len(expected), len(expected) - len(waiting), tuple(waiting), late and bool(waiting))


def _jurors(reading: Reading, expected: pd.DataFrame, *, late: bool) -> Iterator[JurorProgress]:
    """Every juror of `Jury`, in its order, then those that only the evaluations have."""
    jury = reading.valid_rows("jury").dropna(subset="email").drop_duplicates("email")
    known: dict[str, Mapping[Any, Any]] = {str(row["email"]): row for row in jury.to_dict("records")}
    theirs = {str(juror): rows for juror, rows in expected.groupby("jure", sort=False)}
    for juror in dict.fromkeys((*known, *theirs)):
        row = known.get(juror, {})
        name, group = (_text(row.get(field)) for field in ("nom", "groupe"))
        progress = _progress(theirs.get(juror, expected[:0]), "numero", late=late)
        yield JurorProgress(juror, name or juror, group, pd.notna(row.get("declaration")), progress)


def _groups(jurors: Sequence[JurorProgress], *, late: bool) -> Iterator[GroupProgress]:
    for group in sorted({one.group for one in jurors}):
        members = [one for one in jurors if one.group == group]
        missing = tuple(one.juror for one in members if one.progress.missing)
        expected, received = (sum(getattr(one.progress, name) for one in members) for name in ("expected", "received"))
        yield GroupProgress(group, len(members), Progress(expected, received, missing, late and bool(missing)))


def _dossiers(reading: Reading, results: Results, expected: pd.DataFrame, *, late: bool) -> Iterator[DossierProgress]:
    ranking, topics = results.ranking, topics_of(reading, results)
    names = dict(zip(results.dossiers["numero"], map(_text, results.dossiers["projet"]), strict=True))
    theirs = {str(numero): rows for numero, rows in expected.groupby("numero", sort=False)}
    running = ranking["unranked_reason"].isin([None, Unranked.WITHOUT_EVALUATION])
    for numero in ranking.loc[running, "numero"]:
        progress = _progress(theirs.get(numero, expected[:0]), "jure", late=late)
        yield DossierProgress(numero, names[numero], progress, topics.get(numero, ()))


def topics_of(reading: Reading, results: Results) -> dict[str, tuple[Topic, ...]]:
    """Why each dossier that the jury compares is to discuss; those that are not are left out."""
    campaign, ranking = reading.campaign, results.ranking
    notes = included_votes(results.evaluated).groupby("numero")["note"]
    spread = ranking["numero"].map(notes.max() - notes.min())
    opposed = (ranking["favorable"] > 0) & (ranking["unfavorable"] > 0)
    running = ranking["unranked_reason"].isin([None, Unranked.WITHOUT_EVALUATION])
    holds = {
        Topic.CONTRADICTION: _has(ranking, Alert.LAUREATE_OUT) | _has(ranking, Alert.OTHER_IN),
        Topic.DELIBERATION: ranking["zone"].isin([Zone.DELIBERATION]),
        Topic.DISAGREEMENT: opposed | spread.ge(campaign.jury.disagreement * note_range(campaign)),
        Topic.FEW_REVIEWS: ranking["reviews"] < campaign.scoring.min_reviews,
        Topic.HEART_BELOW: (ranking["hearts"] > 0) & ranking["rank"].gt(campaign.campaign.target).eq(True),
        Topic.EARLIER_VERSION: _has(ranking, Alert.EARLIER_VERSION),
    }
    found: dict[str, list[Topic]] = {}
    for topic, mask in holds.items():
        for numero in ranking.loc[mask & running, "numero"]:
            found.setdefault(numero, []).append(topic)
    return {numero: tuple(topics) for numero, topics in found.items()}


def _has(ranking: pd.DataFrame, alert: Alert) -> pd.Series:
    return ranking["alerts"].map(lambda alerts: alert in alerts).astype(bool)


def _text(value: Any) -> str:
    return str(value) if pd.notna(value) else ""
