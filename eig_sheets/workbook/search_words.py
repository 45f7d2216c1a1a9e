"""What is said, in French, of a search that stopped before its end."""

from __future__ import annotations

from typing import Final

CUT: Final = "La recherche s’est arrêtée avant de prouver que rien n’est meilleur."
"""Of an answer that nothing proves to be the best."""
NOTHING_FOUND: Final = (
    "La recherche s’est arrêtée sans rien trouver, ni prouver qu’il n’y a rien : rien n’est proposé ni écrit. Réduisez "
    "ce qui est demandé (maxima, limites, jours, équipes), puis relancez la même commande."
)
"""Of no answer."""
