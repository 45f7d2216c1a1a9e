"""Where the schema has people: the columns of their addresses and names, and the rows that are about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


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
    PersonColumns("creneaux", "email", ("reserve_par",), whole_row=True),
    PersonColumns("inscriptions", "email", ("nom",), whole_row=True),
)
"""Every column of addresses of the schema (a test compares)."""

CANDIDATE_KEY: Final = "candidature"
CANDIDATE_TABS: Final = ("talents", "evaluations_talents")
"""Tabs whose rows are about the candidate whose number they have."""
