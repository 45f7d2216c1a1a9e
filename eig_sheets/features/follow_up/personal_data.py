"""Who may be named in the tabs of the ten months."""

from __future__ import annotations

from typing import Final

from eig_sheets.features.follow_up.tabs import DELIVERABLES, FOLLOW_UP
from eig_sheets.personal_data.people_columns import PersonalTab

PERSONS: Final = (
    PersonalTab(FOLLOW_UP, "Suivi", "dossiers", ("commentaire",)),
    PersonalTab(DELIVERABLES, "Livrables", "dossiers", ("commentaire",)),
)
