"""The type of an entry of the register: something that is kept, where, about whom, why, for how long, and its fate."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Place(StrEnum):
    """Where something is kept."""

    STATE = "dossier d’état"
    PRODUCED = "fichiers produits"
    WORKBOOK = "classeur"
    ELSEWHERE = "ailleurs"


class Fate(StrEnum):
    """What becomes of something when its period has ended."""

    PURGED = "effacé par le robot"  # a copy of ours
    REDUCED = "réduit par le robot à ce qui empêche de refaire"
    ON_VISA = "éliminé sur visa des archives"  # a public archive that we hold
    BY_PEOPLE = "à éliminer par l’équipe"  # theirs: never touched by us
    KEPT = "conservé"
    NOTHING_PERSONAL = "aucune donnée personnelle"


class Start(StrEnum):
    """From when a period runs."""

    MADE = "sa date"
    CAMPAIGN = "la fin de la campagne"
    CONTACT = "le dernier contact avec les candidats"


def start_of(period: str) -> Start:
    """From when a period runs, for what has no day of its own."""
    return Start.CONTACT if period == "talents" else Start.CAMPAIGN


@dataclass(frozen=True, slots=True)
class Holding:
    """Something that is kept.

    `patterns`: names that it may have, relative to its folder, `*` standing for anything but « / ». `period`: a key of
    `retention_rules.NAMES`, '' for what has none. `why_kept`: why it stays, of what does. `writers`: the modules that
    write it.
    """

    id: str
    place: Place
    where: str
    patterns: tuple[str, ...]
    what: str
    about: str
    purpose: str
    fate: Fate
    period: str = ""
    start: Start = Start.CAMPAIGN
    why_kept: str = ""
    writers: tuple[str, ...] = ()

    def holds(self, name: str) -> bool:
        """Whether a file of this relative name, with « / », is one of its own."""
        return any(_matches(name, pattern) for pattern in self.patterns)


def holding_named(holdings: Iterable[Holding], name: str) -> Holding | None:
    """The first that a file of this relative name belongs to."""
    return next((holding for holding in holdings if holding.holds(name)), None)


def _matches(name: str, pattern: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace(r"\*", "[^/]*"), name) is not None


class Writer(NamedTuple):
    """A module of a feature that writes what an entry of the register tells of, `holding`, which is not its own."""

    module: str
    holding: str
