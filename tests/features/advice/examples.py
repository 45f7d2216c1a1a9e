"""Of each e-mail of advice, the rows and the day that make it due, for what tests hold of every e-mail."""

from datetime import date

from eig_sheets.emails.catalogue.due import short_name
from eig_sheets.features.advice.settings import SlotSettings
from tests.features.advice.rows import ASKED, FREE_SLOT, REGISTERED, SLOT
from tests.messages import EIG5

_SLOTS = EIG5.section(SlotSettings)
SECTIONS = {
    "slots": _SLOTS.model_copy(
        update={
            "webinars": tuple(
                one.model_copy(update={"recording": "https://exemple.invalid/video"}) for one in _SLOTS.webinars
            )
        }
    )
}
"""What the configuration says, with which each may leave."""
_CLAUDE = short_name(SLOT["email"])
_ADVICE = date(2021, 2, 10)


def _received(template: str, moment: str) -> dict[str, None]:
    return {f"{template}-{_CLAUDE}-{moment}": None}


EXAMPLES = {
    "proposition_creneaux": (_ADVICE, {"creneaux": [ASKED, FREE_SLOT]}),
    "invitation_webinaire": (date(2021, 2, 23), {"creneaux": [SLOT]}),
    "confirmation_creneau": (_ADVICE, {"creneaux": [SLOT]}),
    "rappel_creneau": (date(2021, 2, 18), {"creneaux": [SLOT]}, _received("confirmation_creneau", "2021-02-19-1420")),
    "confirmation_inscription": (_ADVICE, {"inscriptions": [REGISTERED]}),
    "rappel_webinaire": (
        date(2021, 2, 11), {"inscriptions": [REGISTERED]}, _received("confirmation_inscription", "2021-02-12-1100"),
    ),
    "enregistrement_webinaire": (date(2021, 2, 13), {"inscriptions": [REGISTERED]}),
    "relance_depot": (date(2021, 3, 23), {"creneaux": [{**SLOT, "statut": "Tenu"}]}),
    "relance_depot_webinaire": (date(2021, 4, 4), {"inscriptions": [{**REGISTERED, "present": "oui"}]}),
}  # fmt: skip
CALLED_OFF = {"creneaux": ("statut", "Annulé")}
"""By tab, a word after which nobody is written to."""
ROWS = {"creneaux": [SLOT], "inscriptions": [REGISTERED]}
"""Some of each tab, in which any cell may be damaged but those of `KEPT`: without them, a row is none."""
KEPT = {"creneaux": {"debut"}, "inscriptions": {"email"}}
