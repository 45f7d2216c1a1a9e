"""The sensitivity of the places to a criterion or a juror, as the jury's page shows it."""

from __future__ import annotations

from collections.abc import Iterator

from eig_sheets.campaign.sensitivity import UNOFFICIAL, Sensitivity, Variation, held
from eig_sheets.text.french import plural, typographic

MOST_VARIATIONS = 30
"""Trials of the table; with more, those that move the most dossiers."""
MOST_MOVERS = 12
"""Dossiers of one cell of the table that are named; the others are counted."""


def shown(trials: Sensitivity) -> tuple[Variation, ...]:
    """The trials of the table, in the order in which they are made."""
    most = sorted(trials.moving, key=_moved, reverse=True)[:MOST_VARIATIONS]
    return tuple(variation for variation in trials.moving if variation in most)


def _moved(variation: Variation) -> int:
    return len(variation.enters) + len(variation.leaves)


def before(trials: Sensitivity) -> str:
    """What is tried; or why nothing is."""
    if trials.nothing:
        return trials.nothing
    tried = "Chaque critère retiré, puis compté double ; chaque juré écarté : une seule chose à la fois."
    said = f"{tried} Ces essais refont le classement par la note."
    return typographic(said if trials.official else f"{said} {UNOFFICIAL}")


def after(trials: Sensitivity) -> Iterator[str]:
    """What the table does not show, a sentence or two each."""
    yield from map(typographic, _after(trials))


def _after(trials: Sensitivity) -> Iterator[str]:
    moving, still = len(trials.moving), len(trials.made) - len(trials.moving)
    if trials.made and not moving:
        yield f"{plural(still, 'essai')} : aucun ne change {held(trials)}."
    elif still:
        yield f"{plural(still, 'autre essai ne change', 'autres essais ne changent')} rien."
    if moving > MOST_VARIATIONS:
        others = plural(moving - MOST_VARIATIONS, "autre essai déplace", "autres essais déplacent")
        yield f"{others} moins de dossiers, ou autant : « eig-sheets rank --sensitivity » les montre tous."
    if any(not mover.noted for variation in trials.moving for mover in variation.leaves):
        yield (
            "« Sans autre évaluation » : le dossier sort parce que personne d’autre ne l’a évalué, ce qui ne dit rien "
            "de sa valeur."
        )
