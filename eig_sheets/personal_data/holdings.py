"""What is kept, as whoever keeps it declares it: where, about whom, why, for how long, and its fate.

A feature declares each file of its own with these records; the register of personal data is made of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Holding:
    """Something that is kept of people: an entry of the register.

    `patterns`: names that it may have, relative to its folder, `*` standing for anything but « / ». `period`: the
    name of that which rules it, '' for what has none. `why_kept`: why it stays, of what does. `writers`: the modules
    that write it.
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
