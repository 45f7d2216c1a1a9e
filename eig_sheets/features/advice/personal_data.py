"""Who is named in the tabs of advice, and what becomes of each column."""

from __future__ import annotations

from typing import Final

from eig_sheets.features.advice.tabs import REGISTRATIONS, SLOTS
from eig_sheets.personal_data.people_columns import PersonalTab, PersonColumns

PERSONS: Final = (
    PersonColumns(SLOTS, "email", ("reserve_par",), whole_row=True),
    PersonColumns(REGISTRATIONS, "email", ("nom",), whole_row=True),
    PersonalTab(
        SLOTS,
        "Créneaux",
        "dossiers",
        ("reserve_par", "email"),
        (),
        ("debut", "duree", "administration", "projet", "statut"),
    ),
    PersonalTab(
        REGISTRATIONS,
        "Inscriptions",
        "dossiers",
        ("nom", "email", "commentaire"),
        (),
        ("webinaire", "administration", "inscrit_le", "present"),
    ),
)
