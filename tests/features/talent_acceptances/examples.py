"""Of the reminder to talents, the rows and the day that make it due, for what tests hold of every e-mail."""

from datetime import date
from typing import Any

from tests.emails.drafting.support import LAUREATE, RECRUIT

SECTIONS: dict[str, Any] = {}
_PROJECT = {"candidatures": [LAUREATE], "talents": [RECRUIT]}
EXAMPLES = {
    "rappel_acceptation_talent": (date(2021, 7, 20), _PROJECT, {"talent_retenu-70012": date(2021, 7, 1)}),
}
CALLED_OFF: dict[str, tuple[str, str]] = {}
ROWS: dict[str, list[dict[str, Any]]] = {}
KEPT: dict[str, set[str]] = {}
