"""The sensitivity of the places to a criterion or a juror, as the jury's page shows it."""

from __future__ import annotations

from collections.abc import Iterator

from eig_sheets.call.report import ranking_inputs
from eig_sheets.call.report.ranking_inputs import inputs_of
from eig_sheets.call.scoring.sensitivity_texts import Sensitivity, Variation, places_text
from eig_sheets.campaign.results import Results
from eig_sheets.config import Campaign
from eig_sheets.text.french import plural, typographic

MOST_VARIATIONS = 30
"""Most variations of the table; with more, those that move the most dossiers."""
MOST_MOVERS = 12
"""Dossiers of one cell of the table that are named; the others are counted."""


def shown_variations(sensitivity: Sensitivity) -> tuple[Variation, ...]:
    """The variations of the table, in the order in which they are computed."""
    most = sorted(sensitivity.moving, key=_move_count, reverse=True)[:MOST_VARIATIONS]
    return tuple(variation for variation in sensitivity.moving if variation in most)


def _move_count(variation: Variation) -> int:
    return len(variation.enters) + len(variation.leaves)


def intro_text(sensitivity: Sensitivity) -> str:
    """The text above the table: what is varied, or why nothing is."""
    if sensitivity.reason:
        return sensitivity.reason
    tried = "Chaque critère retiré, puis compté double ; chaque juré écarté : une seule chose à la fois."
    text = f"{tried} Ces essais refont le {sensitivity.ranking}."
    return typographic(text)


def remark_sentences(sensitivity: Sensitivity) -> Iterator[str]:
    """The texts under the table, on what it does not show: one or two sentences each."""
    yield from map(typographic, _remark_sentences(sensitivity))


def _remark_sentences(sensitivity: Sensitivity) -> Iterator[str]:
    moving, unchanged = len(sensitivity.moving), len(sensitivity.variations) - len(sensitivity.moving)
    if sensitivity.variations and not moving:
        yield f"{plural(unchanged, 'essai')} : aucun ne change {places_text(sensitivity)}."
    elif unchanged:
        yield f"{plural(unchanged, 'autre essai ne change', 'autres essais ne changent')} rien."
    if moving > MOST_VARIATIONS:
        others = plural(moving - MOST_VARIATIONS, "autre essai déplace", "autres essais déplacent")
        yield f"{others} moins de dossiers, ou autant : « eig-sheets rank --sensitivity » les montre tous."
    if any(not mover.noted for variation in sensitivity.moving for mover in variation.leaves):
        yield (
            "« Sans autre évaluation » : le dossier sort parce que personne d’autre ne l’a évalué, ce qui ne dit rien "
            "de sa valeur."
        )


def inputs(results: Results, campaign: Campaign) -> bytes:
    """The inputs of the ranking, the same bytes whatever the order of the rows (`ranking_digest.inputs`)."""
    return ranking_inputs.inputs(inputs_of(results, campaign))


def digest(results: Results, campaign: Campaign) -> str:
    """The SHA-256 of the inputs, in hexadecimal."""
    return ranking_inputs.digest(inputs_of(results, campaign))
