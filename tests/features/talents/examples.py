"""Of each e-mail to candidates, the rows and the day that make it due, for what tests hold of every e-mail."""

from datetime import date

from eig_sheets.domain.decisions import WITHDRAWN
from eig_sheets.features.talents.settings import TalentDates
from tests.columns import EIG5
from tests.emails.drafting.support import LAUREATE, RECRUIT, TALENT

SECTIONS = {"emails.talents": EIG5.section(TalentDates).model_copy(update={"acknowledged": True})}
REVEALED, JUNE, JULY = date(2021, 5, 24), date(2021, 6, 1), date(2021, 7, 1)


def _talent(**changes):
    return {"candidatures": [LAUREATE], "talents": [{**TALENT, **changes}]}


EXAMPLES = {
    "accuse_talent": (JUNE, _talent(statut="À évaluer")),
    "choix_projets": (REVEALED, _talent(voeu_1=None)),
    "rappel_voeux": (date(2021, 5, 29), _talent(voeu_1=None), {"choix_projets-70012": None}),
    "convocation_talent": (JUNE, _talent()),
    "talent_retenu": (JULY, _talent(statut="Retenu", projet_decide="90001")),
    "talent_non_retenu": (JULY, _talent(statut="Non retenu")),
}
CALLED_OFF = {"talents": ("statut", WITHDRAWN)}
"""By tab, a word after which nobody is written to."""
ROWS = {"talents": [TALENT, {**RECRUIT, "candidature": "70013"}]}
"""Some of each tab, in which any cell may be damaged but those of `KEPT`: without them, a row is none."""
KEPT = {"talents": {"candidature"}}
