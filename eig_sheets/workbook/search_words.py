"""French texts about a solver's search that stopped before its end."""

from __future__ import annotations

from typing import Final

CUT: Final = "La recherche s’est arrêtée avant de prouver que rien n’est meilleur."
"""About a solution that is not proved optimal."""
NOTHING_FOUND: Final = (
    "La recherche s’est arrêtée sans rien trouver, ni prouver qu’il n’y a rien : rien n’est proposé ni écrit. Réduisez "
    "ce qui est demandé (maxima, limites, jours, équipes), puis relancez la même commande."
)
"""When no solution was found."""
NO_SOLVER: Final = (
    "Cette recherche demande le paquet « highspy », qui n’est pas installé : il n’existe pas encore pour Python 3.15. "
    "Installez eig-sheets avec Python 3.14 ou plus ancien ; tout ce qui ne cherche rien fonctionne sans lui."
)
"""When the solver is not installed."""
