"""The indicators of `Accueil` in the candidates' workbook: candidates by their state, evaluations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.decisions import TALENT_STATES, TO_EVALUATE
from eig_sheets.workbook.render.accueil import Indicator

_SECTION: Final = "Candidats"


def candidate_indicators(reading: Reading) -> Iterator[Indicator]:
    """How many candidates there are, are left out, and are in each state; then how many evaluations."""
    table, talents = reading.tables["talents"], reading.valid_rows("talents")
    total, included = len(table.frame), len(talents)
    yield Indicator(_SECTION, "Lignes remplies dans Talents", total)
    detail = "Une anomalie bloquante les laisse hors des résultats : voir Anomalies." if total > included else ""
    yield Indicator(_SECTION, "Laissés de côté", total - included, detail=detail)
    states = talents["statut"].fillna(TO_EVALUATE).value_counts()
    for state in TALENT_STATES:
        count = int(states.get(state, 0))
        yield Indicator(_SECTION, state, count, count / included if included else None)
    yield Indicator("Jury", "Évaluations de candidats", len(reading.valid_rows("evaluations_talents")))
