"""The outage log: the nights whose synchronisation did not succeed, and whether the operator was told.

A night is recorded when its run begins, and taken off when it succeeds: a run that was killed counts as failed. Runs
that begin within NIGHT of its first one are of the same night: somebody who tries again by day makes no second one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from eig_sheets.storage.former_files import FormerTables
from eig_sheets.storage.records import Kind, Record

NIGHT: Final = timedelta(hours=18)
"""Shorter than the time between two runs of a timer, whose clock may change by an hour."""


@dataclass(frozen=True, slots=True)
class Outage:
    """When the first run began of each night since the last success, in order; `told`: the operator was, of them."""

    nights: tuple[datetime, ...] = ()
    told: bool = False


NIGHTS: Final = Kind(
    "nuits",
    Outage,
    Outage(),
    FormerTables(
        "nuits.sqlite3",
        ("failed_night", "told"),
        lambda nights, told: {"nights": sorted(one["began"] for one in nights), "told": bool(told)},
    ),
    "Le registre des nuits {path} est inutilisable ({cause}) : une panne qui dure ne serait pas signalée par e-mail.",
    "Déplacez ce fichier ailleurs, puis relancez.",
)


class OutageLog:
    """The outage log of one workbook, in the state folder. Each method raises LedgerError."""

    def __init__(self, folder: Path, workbook: str) -> None:
        self._record = Record(NIGHTS, folder, workbook)

    def nights(self) -> tuple[datetime, ...]:
        """When the first run began of each night since the last success, in order."""
        return self._record.read().nights

    def begin(self, now: datetime) -> bool:
        """Record the night of a run that begins as not successful yet; whether it is the first run of it.

        Nights that would be to come were recorded by a clock that was ahead: they are forgotten.
        """

        def is_of_this_night(began: datetime) -> bool:
            return now - NIGHT < began <= now

        def begun(outage: Outage) -> Outage:
            past = tuple(one for one in outage.nights if one <= now)
            return replace(outage, nights=past if any(map(is_of_this_night, past)) else (*past, now))

        return not any(map(is_of_this_night, self._record.change(begun).nights))

    def take_off(self, began: datetime) -> None:
        """Take one night off: nobody knows whether it would have succeeded."""
        self._record.change(lambda outage: replace(outage, nights=tuple(one for one in outage.nights if one != began)))

    def succeed(self) -> None:
        """Take every night off."""
        self._record.change(lambda outage: replace(outage, nights=()))

    def set_told(self) -> bool:
        """Record that the operator is told; whether they were not yet, so that of two runs one alone tells."""
        return not self._record.change(lambda outage: replace(outage, told=True)).told

    def clear_told(self) -> bool:
        """Record that the operator has to be told of the next outage; whether they were told of one."""
        return self._record.change(lambda outage: replace(outage, told=False)).told
