"""The checks of a campaign, all of them, by what they need: the cells that were read, the rules, the day. Pure.

`sync`, `check`, `Accueil` and the commands that ask which cells are in doubt take them from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from eig_sheets.call.applications.checks import (
    appeal_anomalies,
    broken_rules,
    doubtful_costs,
    metier_anomalies,
    siret_anomalies,
    state_anomalies,
)
from eig_sheets.call.cofinancing.doubts import reversed_cost_anomalies
from eig_sheets.call.scoring.calibration import Calibration
from eig_sheets.call.selection.checks import deliberation_anomalies, selection_anomalies
from eig_sheets.call.selection.selection import Selection
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.result_parts import FeatureResult, Found, T
from eig_sheets.campaign.reviews.assignments import Recorded, lapse_anomalies
from eig_sheets.storage.last_run import LastRun
from eig_sheets.workbook.anomalies import Anomaly, limited


def _nothing(_reading: Reading) -> Iterable[Anomaly]:
    return ()


def _nothing_of_day(_reading: Reading, _last_run: LastRun, _today: date) -> Iterable[Anomaly]:
    return ()


def _nothing_of_rules(_reading: Reading, _assessed: Assessed) -> Iterable[Anomaly]:
    return ()


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """What a feature finds wrong in a workbook.

    `of_day`: on a day, in the workbook of the projects, given what the last run remembers. `of_reading`: on any day.
    `of_rules`: by what the rules computed; `of_other`: by that too, in the other workbook, on which results rest here.
    """

    of_day: Callable[[Reading, LastRun, date], Iterable[Anomaly]] = _nothing_of_day
    of_reading: Callable[[Reading], Iterable[Anomaly]] = _nothing
    of_rules: Callable[[Reading, Assessed], Iterable[Anomaly]] = _nothing_of_rules
    of_other: Callable[[Reading, Assessed], Iterable[Anomaly]] = _nothing_of_rules


@dataclass(frozen=True, slots=True)
class Assessed:
    """What the rules computed, for the checks: one row for each dossier, in the order of `dossiers`.

    `departed`: the ranking whose proposals decisions are compared with. `outdated`: what was scored of an earlier
    version. `selection`: None in a call without limits; `recorded`: who is to review what; `found`: the results of
    features.
    """

    dossiers: pd.DataFrame
    eligibility: pd.DataFrame
    money: pd.DataFrame
    evaluated: pd.DataFrame
    departed: pd.DataFrame
    calibration: Calibration
    outdated: tuple[Anomaly, ...]
    selection: Selection | None
    recorded: Recorded
    found: Found

    def of(self, key: FeatureResult[T]) -> T:
        """The result of a feature that is on. Raises KeyError."""
        return self.found.of(key)


def anomalies_of(reading: Reading) -> tuple[Anomaly, ...]:
    """All that is wrong with its cells, as far as the reading tells."""
    return reading.anomalies if reading.problems else (*reading.anomalies, *of_reading(reading))


def of_reading(reading: Reading) -> Iterator[Anomaly]:
    """The anomalies of a reading without problem in its tabs or headers, besides `Reading.anomalies`."""
    yield from metier_anomalies(reading)
    yield from appeal_anomalies(reading)
    for check in reading.campaign.features.parts(Check):
        yield from check.of_reading(reading)


def of_rules(reading: Reading, assessed: Assessed) -> Iterator[Anomaly]:
    """What the rules find, besides what the reading tells."""
    yield from limited([*lapse_anomalies(reading, assessed.recorded)])
    if reading.owns("candidatures"):
        yield from _of_dossiers(reading, assessed)
    if assessed.selection is not None:
        yield from selection_anomalies(reading, assessed.dossiers, assessed.selection)
    yield from assessed.outdated
    for check in reading.campaign.features.parts(Check):
        yield from check.of_rules(reading, assessed)


def _of_dossiers(reading: Reading, assessed: Assessed) -> Iterator[Anomaly]:
    dossiers, money = assessed.dossiers, assessed.money
    yield from broken_rules(reading, dossiers, assessed.eligibility)
    yield from doubtful_costs(reading, dossiers, money)
    yield from reversed_cost_anomalies(reading, dossiers, money)
    yield from siret_anomalies(reading, dossiers)
    weak_links = assessed.calibration.weak_links
    yield from deliberation_anomalies(reading, dossiers, assessed.departed, assessed.evaluated, weak_links)


def of_other(reading: Reading, assessed: Assessed) -> Iterator[Anomaly]:
    """What is wrong in the other workbook, on which results rest here."""
    for check in reading.campaign.features.parts(Check):
        yield from check.of_other(reading, assessed)


def of_day(reading: Reading, last_run: LastRun, today: date) -> Iterator[Anomaly]:
    """What is wrong on that day in the workbook of projects."""
    yield from state_anomalies(reading, today)
    for check in reading.campaign.features.parts(Check):
        yield from check.of_day(reading, last_run, today)
