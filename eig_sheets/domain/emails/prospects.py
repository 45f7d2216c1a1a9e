"""Who came for advice and submitted no dossier: held slots and attended webinars beside the dossiers that are there.

A reminder to someone who has applied is worse than none: the address of any dossier, or its organisation, is enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from eig_sheets.domain.decisions import HELD
from eig_sheets.text.french import plain


@dataclass(frozen=True, slots=True)
class Submissions:
    """The dossiers that are there: every address in them, their organisations as they compare; the call's last day.

    Rows that are left out of results count too.
    """

    addresses: frozenset[str]
    organisations: frozenset[str]
    closes: date


def came_to_a_slot(slots: pd.DataFrame | None) -> pd.DataFrame | None:
    """The first row of each person whose advice slot was held."""
    if slots is None:
        return None
    return slots[slots["statut"].isin([HELD]) & slots["email"].notna()].sort_values("row").drop_duplicates("email")


def came_to_a_webinar(registrations: pd.DataFrame | None) -> pd.DataFrame | None:
    """The first row of each person who attended a webinar."""
    if registrations is None:
        return None
    attended = registrations["present"].isin([True]) & registrations["email"].notna()
    return registrations[attended].sort_values("row").drop_duplicates("email")


def has_applied(people: pd.DataFrame, submissions: Submissions) -> pd.Series:
    """Where a dossier has the address of a person."""
    return people["email"].str.casefold().isin(submissions.addresses)


def organisation_has_applied(people: pd.DataFrame, submissions: Submissions) -> pd.Series:
    """Where a dossier is of the organisation of a person: somebody else may have submitted it for both."""
    return people["administration"].fillna("").map(plain).isin(submissions.organisations - {""})


def without_dossier(people: pd.DataFrame, submissions: Submissions) -> pd.DataFrame:
    """The people who are in no dossier, neither by their address nor by their organisation."""
    return people[~has_applied(people, submissions) & ~organisation_has_applied(people, submissions)]
