"""Where the schema has people: every column of a row about a person, and what becomes of each.

The register, the pages on personal data and `archives cells` all come from these tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from eig_sheets.registry import Features


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
    PersonColumns("talents", "email", ("prenom", "nom"), whole_row=True),
    PersonColumns("evaluations_talents", "jure", whole_row=True),
)
"""Every column of addresses of the call's own tabs (a test compares)."""

CANDIDATE_KEY: Final = "candidature"
CANDIDATE_TABS: Final = ("talents", "evaluations_talents")
"""Tabs whose rows are about the candidate whose number they have."""


@dataclass(frozen=True, slots=True)
class PersonalTab:
    """A tab of people's that names somebody: `tab` is its id, `name` what it is called unless a call says otherwise.

    `blanked`: the fields to blank when `period` has ended. `replaced`: those in which a pseudonym takes a juror's
    place, when that of the jury has, as an address or a name. `stays`: the others of a row that is about a person;
    criteria, which a call names, stay too.
    """

    tab: str
    name: str
    period: str
    blanked: tuple[str, ...]
    replaced: tuple[tuple[str, str], ...] = ()
    stays: tuple[str, ...] = ()

    def fields(self) -> dict[str, tuple[str, ...]]:
        """The fields that name somebody or may, by the period that rules them."""
        fields = {self.period: self.blanked}
        replaced = tuple(field for field, _ in self.replaced)
        return fields | ({JURY: (*replaced, *fields.get(JURY, ()))} if replaced else {})


JURY: Final = "jury"
PEOPLE_TABS: Final = (
    PersonalTab(
        "candidatures",
        "Candidatures",
        "dossiers",
        (
            "porteur_projet", "email_porteur", "porteur_projet_2", "email_porteur_2", "mentor", "email_mentor",
            "email_rh", "email_gestion", "suivi_par", "decide_par", "questions", "commentaire",
        ),
    ),
    PersonalTab(
        "jury",
        "Jury",
        JURY,
        ("disponibilites", "declaration"),
        (("email", "address"), ("nom", "name")),
        ("organisation", "groupe", "maximum", "deports", "expertise"),
    ),
    PersonalTab(
        "evaluations",
        "Évaluations",
        JURY,
        ("commentaire",),
        (("jure", "address"),),
        ("numero", "deport", "coup_de_coeur", "avis", "evalue_le"),
    ),
    PersonalTab(
        "emails",
        "E-mails à envoyer",
        "sendings",
        ("destinataires", "copie", "objet", "message"),
        (),
        ("id", "modele", "numero", "pieces_jointes", "valider", "ne_pas_envoyer"),
    ),
    PersonalTab(
        "talents",
        "Talents",
        "talents",
        ("prenom", "nom", "email", "statut_actuel", "cv", "commentaire"),
        (),
        (
            "candidature", "metier", "experience", "date_depot", "etat", "voeu_1", "voeu_2", "voeu_3", "voeux_le",
            "statut", "audition", "projet_decide", "debut_contrat", "fin_contrat", "cout_reel",
        ),
    ),
    PersonalTab(
        "evaluations_talents",
        "Évaluations talents",
        "talents",
        ("commentaire",),
        (("jure", "address"),),
        ("candidature", "numero", "deport"),
    ),
)  # fmt: skip
"""Every tab of the call with a person (a test compares). The rows of a candidate who is retained are a project’s."""


def people_of(features: Features) -> tuple[PersonColumns, ...]:
    """Every column of addresses, those of all features of the program: of those that are off, rows may be left."""
    return (*PEOPLE, *features.parts(PersonColumns), *features.parts_off(PersonColumns))


def personal_tabs(features: Features) -> tuple[PersonalTab, ...]:
    """Every tab with a person, those of all features of the program."""
    return (*PEOPLE_TABS, *features.parts(PersonalTab), *features.parts_off(PersonalTab))


def tabs_under(period: str, features: Features) -> Iterator[str]:
    """The names of the tabs of which a period rules something."""
    return (tab.name for tab in personal_tabs(features) if period in tab.fields())
