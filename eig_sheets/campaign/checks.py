"""The checks of a campaign, all of them, by what they need: the cells that were read, the rules, the day. Pure.

`sync`, `check`, `Accueil` and the commands that ask which cells are in doubt take them from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.storage.last_run import LastRun
from eig_sheets.workbook.anomalies import Anomaly


def _nothing(_reading: Reading) -> Iterable[Anomaly]:
    return ()


def _nothing_of_day(_reading: Reading, _last_run: LastRun, _today: date) -> Iterable[Anomaly]:
    return ()


def _nothing_of_rules(_reading: Reading, _results: Results) -> Iterable[Anomaly]:
    return ()


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """What a step of the call, or a feature, finds wrong in a workbook.

    `of_day`: on a day, given what the last run remembers. `of_reading`: on any day.
    `of_rules`: by what the steps computed; `of_other`: by that too, in the other workbook, on which results rest here.
    """

    of_day: Callable[[Reading, LastRun, date], Iterable[Anomaly]] = _nothing_of_day
    of_reading: Callable[[Reading], Iterable[Anomaly]] = _nothing
    of_rules: Callable[[Reading, Results], Iterable[Anomaly]] = _nothing_of_rules
    of_other: Callable[[Reading, Results], Iterable[Anomaly]] = _nothing_of_rules


def _of(reading: Reading) -> tuple[Check, ...]:
    return reading.campaign.features.parts(Check)


def anomalies_of(reading: Reading) -> tuple[Anomaly, ...]:
    """All that is wrong with its cells, as far as the reading tells."""
    return reading.anomalies if reading.problems else (*reading.anomalies, *of_reading(reading))


def of_reading(reading: Reading) -> Iterator[Anomaly]:
    """The anomalies of a reading without problem in its tabs or headers, besides `Reading.anomalies`."""
    for check in _of(reading):
        yield from check.of_reading(reading)


def of_rules(reading: Reading, results: Results) -> Iterator[Anomaly]:
    """What the rules find, besides what the reading tells."""
    for check in _of(reading):
        yield from check.of_rules(reading, results)


def of_other(reading: Reading, results: Results) -> Iterator[Anomaly]:
    """What is wrong in the other workbook, on which results rest here."""
    for check in _of(reading):
        yield from check.of_other(reading, results)


def of_day(reading: Reading, last_run: LastRun, today: date) -> Iterator[Anomaly]:
    """What is wrong on that day."""
    for check in _of(reading):
        yield from check.of_day(reading, last_run, today)
