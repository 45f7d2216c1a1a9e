"""The words in which people decide on a dossier, on a candidate, on a slot, on a milestone."""

from __future__ import annotations

from typing import Final

PRESELECTED: Final = "Présélectionné"
REJECTED_INELIGIBLE: Final = "Écarté – inéligible"
REJECTED_INSUFFICIENT: Final = "Écarté – insuffisant"

LAUREATE: Final = "Lauréat"
WAITING: Final = "Liste d’attente"
REFUSED: Final = "Non retenu"
WITHDRAWN: Final = "Désisté"

TO_EVALUATE: Final = "À évaluer"
RETAINED: Final = "Retenu"
HEARD: Final = "Auditionné"
TALENT_STATES: Final = (TO_EVALUATE, PRESELECTED, HEARD, RETAINED, WAITING, REFUSED, WITHDRAWN)

DONE: Final = "Fait"
POINTLESS: Final = "Sans objet"
POSTPONED: Final = "Reporté"
MILESTONE_STATES: Final = (DONE, POSTPONED, POINTLESS)

OF_THE_PROGRAMME: Final = "Programme"
ROLES: Final = {
    "porteur": "Porteur",
    "mentor": "Mentor",
    "equipe": "Équipe EIG",
    "rh": "RH",
    "gestion": "Gestion",
    "programme": OF_THE_PROGRAMME,
}
"""Who answers for a milestone, as the configuration and as people say it."""
REMINDED_ROLES: Final = tuple(role for role in ROLES.values() if role != OF_THE_PROGRAMME)
"""Those who are reminded of it: the programme's own team reads the tab."""
