"""Who may be named in the tab of requests."""

from __future__ import annotations

from typing import Final

from eig_sheets.features.requests.tabs import REQUESTS
from eig_sheets.personal_data.people_columns import PersonalTab

PERSONS: Final = PersonalTab(REQUESTS, "Demandes", "sendings", ("demande_par", "precision"))
