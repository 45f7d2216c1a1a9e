"""The words in which people decide on a dossier, on a candidate."""

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
