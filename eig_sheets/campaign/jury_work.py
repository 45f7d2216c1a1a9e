"""The evaluations expected from the jury, and which of them were received. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pandas as pd

from eig_sheets.campaign.assignments import assignments_of
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results, panels
from eig_sheets.config import Campaign
from eig_sheets.domain.ranking import Unranked
from eig_sheets.domain.scoring import EvaluationStatus, is_complete


def expected_evaluations(reading: Reading, results: Results) -> pd.DataFrame:
    """Each evaluation that is expected: `numero`, `jure`, and `received`, whether it is complete.

    Those that `Affectations` records, where it records any, else the rows of the jury's evaluations; déports apart. Of
    a dossier that is out of the running, only those that are there: nobody is asked for the others any more. Where
    jurors read as groups, what one of a group scored is received of all.
    """
    evaluated = results.evaluated
    if results.assignments:
        pairs = assignments_of(reading, results.assignments)[["numero", "jure"]]
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
    compared = results.ranking["unranked_reason"].isin([None, Unranked.WITHOUT_EVALUATION])
    numbers: list[str] = results.ranking.loc[compared, "numero"].tolist()
    return numbers


def is_late(campaign: Campaign, today: date) -> bool:
    """Whether an evaluation that is missing on that day is late: from the first reminder on, or the jury is over."""
    return any(day <= today for day in campaign.emails.reminders) or is_over(campaign, today)


def is_over(campaign: Campaign, today: date) -> bool:
    """Whether the jury's last day is past."""
    closes = campaign.scoring.closes
    last = closes.date() if isinstance(closes, datetime) else closes
    return last is not None and last < today
