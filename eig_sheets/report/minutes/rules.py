"""The rules that the minutes state: each with its value and its source."""

from __future__ import annotations

from collections.abc import Iterator

from eig_sheets.config import Campaign, sources
from eig_sheets.french import listed, number, plural, typographic
from eig_sheets.overrides import Overrides, of_key

_CONFIGURED = "configuration de la campagne"
_METHODS = {
    "mean": "moyenne des notes des évaluations complètes",
    "expected_rank": "rang attendu, corrigé de la sévérité des jurés",
}


def rules_of(campaign: Campaign, overrides: Overrides) -> Iterator[tuple[str, str, str]]:
    """What is ruled, its value, and its source: a cell, or what the configuration's comments say."""
    said = sources(campaign.path)
    for what, value, key in _rules(campaign):
        cells = " ; ".join(map(str, of_key(overrides.origins, key)))
        yield typographic(what), typographic(value), typographic(cells or said.get(key, _CONFIGURED))


def _rules(campaign: Campaign) -> Iterator[tuple[str, str, str]]:
    low, high = campaign.scale
    ranking = campaign.ranking
    yield "Places", plural(campaign.campaign.target, "projet"), "campaign.target"
    for criterion in campaign.criteria:
        yield f"Critère « {criterion.label} »", f"poids {number(criterion.weight)}", f"criteria.{criterion.id}"
    yield "Échelle d’un critère", f"de {number(low)} à {number(high)}", "scoring.min"
    yield "Note d’une évaluation", "20 × Σ poids × note ÷ (maximum × Σ poids)", "scoring.max"
    yield "Évaluations attendues par dossier", number(campaign.scoring.min_reviews), "scoring.min_reviews"
    yield "Rang officiel", _METHODS[ranking.method], "ranking.method"
    yield "Départage à égalité", _tie_break(campaign), "ranking.tie_break"
    if ranking.min_note is not None:
        yield "Note minimale", f"{number(ranking.min_note)} sur 20", "ranking.min_note"
    yield "Liste d’attente", plural(ranking.waiting_list, "place"), "ranking.waiting_list"
    yield "Graine des tirages", number(ranking.seed), "ranking.seed"


def _tie_break(campaign: Campaign) -> str:
    labels = [campaign.labels[name] for name in campaign.ranking.tie_break]
    return f"{listed(labels, 'puis')} ; sinon ex aequo" if labels else "aucun : ex aequo"
