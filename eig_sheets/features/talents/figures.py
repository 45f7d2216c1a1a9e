"""What `Accueil` and the Journal count in a workbook of candidates alone. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.decisions import TALENT_STATES, TO_EVALUATE
from eig_sheets.features.talents.tabs import REVIEWS, TALENTS
from eig_sheets.sync.dashboard import Apart
from eig_sheets.text.french import plural
from eig_sheets.workbook.render.accueil import Indicator

_CANDIDATES: Final = "Candidats"


def candidate_indicators(reading: Reading) -> Iterator[Indicator]:
    """How many candidates there are, are left out, and are in each state; then how many evaluations."""
    table, talents = reading.tables[TALENTS], reading.valid_rows(TALENTS)
    total, included = len(table.frame), len(talents)
    yield Indicator(_CANDIDATES, "Lignes remplies dans Talents", total)
    detail = "Une anomalie bloquante les laisse hors des résultats : voir Anomalies." if total > included else ""
    yield Indicator(_CANDIDATES, "Laissés de côté", total - included, detail=detail)
    states = talents["statut"].fillna(TO_EVALUATE).value_counts()
    for state in TALENT_STATES:
        count = int(states.get(state, 0))
        yield Indicator(_CANDIDATES, state, count, count / included if included else None)
    yield Indicator("Jury", "Évaluations de candidats", len(reading.valid_rows(REVIEWS)))


def _counts(reading: Reading) -> tuple[str, ...]:
    candidates, reviews = (len(reading.valid_rows(tab)) for tab in (TALENTS, REVIEWS))
    return plural(candidates, "candidature"), plural(reviews, "évaluation")


APART: Final = Apart(candidate_indicators, _counts)
