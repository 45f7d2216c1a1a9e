"""What becomes of every column of a row about a person, in the call's own tabs and in those of features.

The register, the pages on personal data and `archives cells` all come from these tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from eig_sheets.personal_data import PersonalTab
from eig_sheets.registry import Features
from eig_sheets.workbook.schema import AddedField

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
)  # fmt: skip
"""Every tab of the call with a person (a test compares)."""


def personal_tabs(features: Features) -> tuple[PersonalTab, ...]:
    """Every tab with a person, those of all features of the program; columns that features add say nobody's name."""
    tabs = (*PEOPLE_TABS, *features.parts(PersonalTab), *features.parts_off(PersonalTab))
    added = (*features.parts(AddedField), *features.parts_off(AddedField))
    return tuple(
        replace(tab, stays=(*tab.stays, *(one.field.id for one in added if one.tab == tab.tab))) for tab in tabs
    )


def tabs_of_persons(features: Features) -> list[PersonalTab]:
    """The tabs whose rows are about the person whose number they have: first that which says who they are."""
    return [tab for tab in personal_tabs(features) if tab.person]


def fields_of(tab: PersonalTab) -> dict[str, tuple[str, ...]]:
    """The fields of a tab that name somebody or may, by the period that rules them."""
    fields = {tab.period: tab.blanked}
    replaced = tuple(field for field, _ in tab.replaced)
    return fields | ({JURY: (*replaced, *fields.get(JURY, ()))} if replaced else {})


def tabs_under(period: str, features: Features) -> Iterator[str]:
    """The names of the tabs of which a period rules something."""
    return (tab.name for tab in personal_tabs(features) if period in fields_of(tab))
