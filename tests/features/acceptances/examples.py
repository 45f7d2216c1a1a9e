"""Of each reminder to accept, the rows and the day that make it due, for what tests hold of every e-mail."""

from datetime import date
from typing import Any

from eig_sheets.emails.catalogue.due import message_id
from tests.emails.drafting.support import JUROR, LAUREATE

SECTIONS: dict[str, Any] = {}
EXAMPLES = {
    "rappel_acceptation": (
        date(2021, 5, 20), {"candidatures": [LAUREATE]}, {"laureat-90001": date(2021, 5, 10)},
    ),
    "rappel_acceptation_jure": (
        date(2021, 4, 20), {"jury": [JUROR]}, {message_id("invitation_jury", JUROR["email"]): date(2021, 4, 12)},
    ),
}  # fmt: skip
CALLED_OFF: dict[str, tuple[str, str]] = {}
ROWS: dict[str, list[dict[str, Any]]] = {}
KEPT: dict[str, set[str]] = {}
