"""What is kept, as whoever keeps it declares it: where, about whom, why, for how long, and its fate.

A feature declares each file of its own with these records; the register of personal data is made of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from eig_sheets.registry import Features


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


@dataclass(frozen=True, slots=True)
class PersonColumns:
    """A person in a row of a tab: the field of their address, those of their name, first name first.

    `whole_row`: the whole row is about them.
    """

    tab: str
    address: str
    names: tuple[str, ...] = ()
    whole_row: bool = False


PEOPLE: Final = (
    PersonColumns("candidatures", "email_porteur", ("porteur_projet",)),
    PersonColumns("candidatures", "email_porteur_2", ("porteur_projet_2",)),
    PersonColumns("candidatures", "email_mentor", ("mentor",)),
    PersonColumns("candidatures", "email_rh"),
    PersonColumns("candidatures", "email_gestion"),
    PersonColumns("jury", "email", ("nom",), whole_row=True),
    PersonColumns("evaluations", "jure", whole_row=True),
)
"""Every column of addresses of the call's own tabs (a test compares)."""


def people_of(features: Features) -> tuple[PersonColumns, ...]:
    """Every column of addresses, those of all features of the program: of those that are off, rows may be left."""
    return (*PEOPLE, *features.parts(PersonColumns), *features.parts_off(PersonColumns))


@dataclass(frozen=True, slots=True)
class PersonalTab:
    """A tab of people's that names somebody: `tab` is its id, `name` what it is called unless a call says otherwise.

    `blanked`: the fields to blank when `period` has ended. `replaced`: those in which a pseudonym takes a juror's
    place, when that of the jury has, as an address or a name. `stays`: the others of a row that is about a person;
    criteria, which a call names, stay too. `person`: the field of the number of the person whom a row is about; the
    rows of one who is recruited are kept as long as those of projects.
    """

    tab: str
    name: str
    period: str
    blanked: tuple[str, ...]
    replaced: tuple[tuple[str, str], ...] = ()
    stays: tuple[str, ...] = ()
    person: str = ""
