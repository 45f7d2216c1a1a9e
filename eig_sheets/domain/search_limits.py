"""Where a search of the best stops: at a number of steps, never at the clock, so that equal data have equal answers."""

from __future__ import annotations

from typing import Final

MOST_NODES: Final = 2_000
"""Nodes of a branch-and-bound. Real calls take one, the hardest of the benchmarks less than a hundred."""


CUT: Final = "La recherche s’est arrêtée avant de prouver que rien n’est meilleur."
"""What is said of an answer that nothing proves to be the best."""


class SearchCutError(Exception):
    """A search stopped before it found any answer, or proved that there is none: in French, with the remedy."""

    def __init__(self) -> None:
        super().__init__(
            "La recherche s’est arrêtée à son dernier pas sans rien trouver, ni prouver qu’il n’y a rien : rien n’est "
            "proposé. Réduisez ce qui est demandé (maxima, limites, jours, équipes), puis relancez la même commande."
        )
