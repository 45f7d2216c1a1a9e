"""A campaign in a Grist document that is disturbed, and its twin, in which the same happens and nothing disturbs."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.columns import SCHEMA
from tests.end_to_end.grist.acts import people_cells
from tests.end_to_end.grist.least import Machine
from tests.end_to_end.grist.test_crashes import looks
from tests.end_to_end.sending.campaign import refused
from tests.end_to_end.sending.conftest import Killer, started

MADE_AGAIN = ("Classement", "Cofinancement", "Éligibilité", "Règles du jeu", "Accueil", "Anomalies")
"""Tables of the robot's that people delete: the next run makes them, then gives them widths and a place."""
_SIGNED = re.compile(r", 20\d\d-\d\d-\d\d \d\d:\d\d ·")
"""The moment in who typed a decision."""


@dataclass
class Twins:
    """`here` is disturbed, `there` is not."""

    here: Machine
    there: Machine
    chance: random.Random

    def people_act(self, number: int) -> None:
        """A score; every third time a dossier that is not selected too, or a table of the robot's that goes."""
        score = ("Évaluations", self.chance.randrange(6), "Définition", self.chance.choice([1, 2, 3, 4]))
        gone = self.chance.choice(MADE_AGAIN)
        for machine in (self.here, self.there):
            machine.type_in(*score)
            if number % 3 == 1:
                machine.act(["AddRecord", "Candidatures", None, _dossier(machine, 100 + number)])
            if number % 3 == 2:
                machine.act(["RemoveTable", machine.table(gone).id])

    def differences(self) -> list[Any]:
        """What one document holds and the other does not, once a run has nothing to write in any."""
        for machine in (self.here, self.there):
            ends(machine)
        return differing(everything(self.here), everything(self.there))


def _dossier(machine: Machine, place: int) -> dict[str, Any]:
    """A dossier that is not selected, by the ids of columns."""
    ids = {column.label: column.id for column in machine.table("Candidatures").columns}
    return {ids[SCHEMA.tab("candidatures").field(name).header]: value for name, value in refused(place).items()}


def ends(machine: Machine) -> None:
    """Run until nothing is to be written: twice at most, since what showed a table that was gone is read then."""
    for _ in range(3):
        if "Rien n’a changé" in machine.ran("sync"):
            return
    raise AssertionError("each run writes something")


def everything(machine: Machine) -> list[Any]:
    """What a document shows, but for moments and the Journal, and what we keep in it."""
    document, snapshot = machine.now, machine.read()
    tabs = [
        (tab.name, [[*map(_unless_now, row)] for row in tab.rows], tab.formulas, tab.mark, tab.column_marks, tab.hidden,
         tab.protections, tab.look)
        for tab in snapshot.tabs if tab.name != "Journal"
    ]  # fmt: skip
    marks = sorted((mark.table, mark.column, mark.id, mark.look, mark.robot) for mark in document.marks if mark.ref)
    rules = sorted((rule.table, rule.columns, rule.formula, rule.permissions, rule.memo) for rule in document.rules)
    return [*tabs, *looks(machine), marks, rules, document.undressed]


def _unless_now(value: Any) -> Any:
    """A cell, without the minute at which both documents were acted on, one after the other."""
    if isinstance(value, str):
        return _SIGNED.sub(", now ·", value)
    return "now" if isinstance(value, datetime) and value.year > 2024 else value


def differing(here: list[Any], there: list[Any]) -> list[Any]:
    """What is not the same in both, and how many things each has."""
    pairs = [pair for pair in zip(here, there, strict=False) if pair[0] != pair[1]]
    return pairs + ([(len(here), len(there))] if len(here) != len(there) else [])


def kept(machine: Machine, before: dict[tuple[int, int, int], Any]) -> bool:
    """Whether people's cells hold what they did."""
    after = people_cells(machine.now)
    return {place: after.get(place, "gone") for place in before} == before


@contextmanager
def forks(folder: Path, *machines: Machine) -> Iterator[list[Killer]]:
    """What runs, or kills, a command on each machine, in processes of their own."""
    killers = [started(machine, folder / f"said-{number}", machine.env) for number, machine in enumerate(machines)]
    try:
        yield killers
    finally:
        for one in killers:
            one.end()
