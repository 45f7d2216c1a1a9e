"""The checks of a campaign, all of them, by what they need: the cells that were read, the rules, the day. Pure.

`sync`, `check`, `Accueil` and the commands that ask which cells are in doubt take them from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from eig_sheets.campaign.appeal_checks import appeal_anomalies
from eig_sheets.campaign.assignments import lapse_anomalies
from eig_sheets.campaign.cofinancing_doubts import reversed_cost_anomalies
from eig_sheets.campaign.deliberation_checks import deliberation_anomalies
from eig_sheets.campaign.dossier_checks import broken_rules, doubtful_costs, siret_anomalies
from eig_sheets.campaign.platform_states import candidate_anomalies, state_anomalies
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.recruitment_checks import contract_anomalies, recruitment_anomalies
from eig_sheets.campaign.resemblance_checks import metier_anomalies
from eig_sheets.campaign.selection import Selection
from eig_sheets.campaign.selection_checks import selection_anomalies
from eig_sheets.campaign.talent_checks import talent_anomalies
from eig_sheets.campaign.talent_results import TalentResults
from eig_sheets.campaign.wish_checks import wish_anomalies
from eig_sheets.domain.calibration import Calibration
from eig_sheets.storage.last_run import LastRun
from eig_sheets.workbook.anomalies import Anomaly
from eig_sheets.workbook.anomaly_limits import limited
from eig_sheets.workbook.render.affectations import Assignment


def _nothing(_reading: Reading) -> Iterable[Anomaly]:
    return ()


def _nothing_of_day(_reading: Reading, _last_run: LastRun, _today: date) -> Iterable[Anomaly]:
    return ()


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """What a feature finds wrong in a workbook.

    `of_day`: on a day, in the workbook of the projects, given what the last run remembers. `of_reading`: on any day.
    """

    of_day: Callable[[Reading, LastRun, date], Iterable[Anomaly]] = _nothing_of_day
    of_reading: Callable[[Reading], Iterable[Anomaly]] = _nothing


@dataclass(frozen=True, slots=True)
class Assessed:
    """What the rules computed, for the checks: one row for each dossier, in the order of `dossiers`.

    `departed`: the ranking whose proposals decisions are compared with. `outdated`: what was scored of an earlier
    version. `selection`: None in a call without limits; `candidates`: None without any.
    """

    dossiers: pd.DataFrame
    eligibility: pd.DataFrame
    money: pd.DataFrame
    evaluated: pd.DataFrame
    departed: pd.DataFrame
    calibration: Calibration
    outdated: tuple[Anomaly, ...]
    selection: Selection | None
    candidates: TalentResults | None
    assignments: tuple[Assignment, ...]
    candidate_assignments: tuple[Assignment, ...]


def anomalies_of(reading: Reading) -> tuple[Anomaly, ...]:
    """All that is wrong with its cells, as far as the reading tells."""
    return reading.anomalies if reading.problems else (*reading.anomalies, *of_reading(reading))


def of_reading(reading: Reading) -> Iterator[Anomaly]:
    """The anomalies of a reading without problem in its tabs or headers, besides `Reading.anomalies`."""
    yield from contract_anomalies(reading)
    yield from metier_anomalies(reading)
    yield from appeal_anomalies(reading)
    yield from wish_anomalies(reading)
    for check in reading.campaign.features.parts(Check):
        yield from check.of_reading(reading)


def of_rules(reading: Reading, assessed: Assessed) -> Iterator[Anomaly]:
    """What the rules find, besides what the reading tells."""
    yield from limited([*lapse_anomalies(reading, assessed.assignments, assessed.candidate_assignments)])
    if reading.owns("candidatures"):
        yield from _of_dossiers(reading, assessed)
    if assessed.selection is not None:
        yield from selection_anomalies(reading, assessed.dossiers, assessed.selection)
    yield from assessed.outdated
    yield from limited(candidate_anomalies(reading))
    if assessed.candidates is not None:
        yield from talent_anomalies(reading, assessed.candidates)


def _of_dossiers(reading: Reading, assessed: Assessed) -> Iterator[Anomaly]:
    dossiers, money = assessed.dossiers, assessed.money
    yield from broken_rules(reading, dossiers, assessed.eligibility)
    yield from doubtful_costs(reading, dossiers, money)
    yield from reversed_cost_anomalies(reading, dossiers, money)
    yield from siret_anomalies(reading, dossiers)
    yield from recruitment_anomalies(reading, dossiers, money)
    weak_links = assessed.calibration.weak_links
    yield from deliberation_anomalies(reading, dossiers, assessed.departed, assessed.evaluated, weak_links)


def of_candidates(reading: Reading, candidates: TalentResults) -> Iterator[Anomaly]:
    """What is wrong with candidates in the workbook that has them: the co-financing rests on them."""
    theirs = reading.holding("talents")
    yield from contract_anomalies(theirs)
    yield from metier_anomalies(theirs)
    yield from talent_anomalies(theirs, candidates)


def of_day(reading: Reading, last_run: LastRun, today: date) -> Iterator[Anomaly]:
    """What is wrong on that day in the workbook of projects."""
    yield from state_anomalies(reading, today)
    for check in reading.campaign.features.parts(Check):
        yield from check.of_day(reading, last_run, today)
