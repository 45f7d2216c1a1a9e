"""Of each e-mail of the ten months, the rows and the day that make it due, for what tests hold of every e-mail."""

from datetime import date
from typing import Any

from eig_sheets.features.follow_up.settings import DONE
from tests.emails.drafting.support import LAUREATE, RECRUIT
from tests.features.follow_up.rows import MILESTONE

SECTIONS: dict[str, Any] = {}
_PROJECT = {"candidatures": [LAUREATE], "talents": [RECRUIT], "suivi": [MILESTONE]}
EXAMPLES = {
    "rappel_jalon": (date(2022, 1, 25), _PROJECT),
    "point_mensuel": (date(2021, 10, 13), _PROJECT),
    "bilan_ouverture": (date(2022, 6, 13), _PROJECT),
}
CALLED_OFF = {"suivi": ("statut", DONE)}
"""By tab, a word after which nobody is written to."""
ROWS = {"suivi": [MILESTONE]}
"""Some of each tab, in which any cell may be damaged but those of `KEPT`: without them, a row is none."""
KEPT = {"suivi": {"numero", "jalon"}}
