"""Explanation of the rank of one dossier: the value of each number, its formula, its cells, the source of its rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eig_sheets.campaign.explain_notes import evaluation_line, mean_lines
from eig_sheets.campaign.explain_rank import explanation_of
from eig_sheets.campaign.explain_selection import selection_lines
from eig_sheets.campaign.explanation_lines import (
    Line,
    RowCells,
    explanation_line,
    row_of,
    rule_source,
    rule_sources,
)
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.domain.eligibility import EligibilityCode
from eig_sheets.domain.explain import note_terms
from eig_sheets.domain.proposals import Reserve
from eig_sheets.domain.ranking import by_expected_rank
from eig_sheets.text.french import number, plural
from eig_sheets.workbook import words
from eig_sheets.workbook.render.cells import sentence
from eig_sheets.workbook.render.eligibilite import reasons

_RULES_OF_ELIGIBILITY = {
    EligibilityCode.TOO_LATE: "campaign.closes",
    EligibilityCode.TOO_EARLY: "campaign.opens",
    EligibilityCode.EIG_NUMBER_REFUSED: "eligibility.eig_numbers",
    EligibilityCode.COMMITMENT_REFUSED: "eligibility.eliminating",
    EligibilityCode.COMMITMENT_NO: "eligibility.attestations",
}
_RULES_OF_RESERVES = {Reserve.FEW_REVIEWS: "scoring.min_reviews", Reserve.TO_REVIEW: "eligibility.required"}


def explain_rank(numero: str, reading: Reading, results: Results) -> list[Line]:
    """Lines on the rank of a dossier: eligibility, note of each evaluation, means, rank, sensitivity."""
    campaign, source_of = reading.campaign, rule_sources(reading)
    row = row_of(results.ranking, numero)
    terms = note_terms(numero, results.evaluated, results.evaluations, campaign.criteria, campaign.scoring)
    scale, method = rule_source(source_of, "scoring.min", "criteria.weight"), rule_source(source_of, "ranking.method")
    return [
        eligibility_line(numero, reading, results, source_of),
        *(evaluation_line(term, reading.layout_of(term.source), scale) for term in terms),
        *mean_lines(row, terms, campaign.criteria, reading.layout_of, "Note /20 du dossier", method),
        *_place(row, reading, results, source_of),
    ]


def eligibility_line(numero: str, reading: Reading, results: Results, source_of: Mapping[str, str]) -> Line:
    """The line on the eligibility of a dossier, with every reason."""
    tab = reading.layout.tabs["candidatures"]
    row = row_of(results.eligibility, numero)
    place = RowCells(tab, row_of(results.dossiers, numero)["row"])
    cells = place.of(*(field for _, field in row["reasons"]))
    rules = [_RULES_OF_ELIGIBILITY.get(code, "eligibility.required") for code, _ in row["reasons"]]
    why = sentence(reasons(row["reasons"], tab.header)) or "Rien ne manque, aucune règle n’est enfreinte."
    return explanation_line(
        "Éligibilité",
        words.ELIGIBILITY[row["status"]],
        why,
        cells,
        rule_source(source_of, *dict.fromkeys(rules or ["eligibility.required", "campaign.closes"])),
    )


def _place(row: dict[str, Any], reading: Reading, results: Results, source_of: Mapping[str, str]) -> Iterator[Line]:
    campaign = reading.campaign
    ranked = results.ranking[results.ranking["rank"].notna()]
    if row["unranked_reason"]:
        yield explanation_line("Rang", None, words.UNRANKED[row["unranked_reason"]])
        return
    above = int((ranked["rank"] < row["rank"]).sum())
    formula = f"{plural(above, 'dossier')} devant, sur {plural(len(ranked), 'classé')}"
    expected = by_expected_rank(campaign.ranking, results.calibration)
    level = "à rang attendu égal" if expected else "à note égale"
    formula += f" ; {level}, départagé par « {campaign.labels[row['tie_break']]} »" if row["tie_break"] else ""
    formula += " ; ex aequo après départage" if row["tied"] else ""
    yield explanation_line(
        "Rang", int(row["rank"]), formula, "", rule_source(source_of, "ranking.method", "ranking.tie_break")
    )
    places = min(campaign.campaign.target, len(ranked))
    rule = f"{plural(places, 'place')} ; {campaign.ranking.waiting_list} en liste d’attente"
    if campaign.ranking.min_note is not None:
        rule += f" ; note minimale {number(campaign.ranking.min_note)}"
    rule += " ; la majorité des avis compte (pas plus de projets que de places)" if len(ranked) <= places else ""
    rule += " ; toute la zone de délibération est à délibérer" if expected and len(ranked) > places else ""
    reserves = row["proposal_reserves"]
    rule += " ; sélection sous limites : voir plus bas" if results.selection is not None else ""
    rule += "".join(f" ; sous réserve : {words.ALERTS[reserve]}" for reserve in reserves)
    keys = ("campaign.target", "ranking.waiting_list", *(_RULES_OF_RESERVES[reserve] for reserve in reserves))
    yield explanation_line(
        "Proposition", words.proposal_text(row["proposal"], reserves), rule, "", rule_source(source_of, *keys)
    )
    if results.selection is not None:
        yield from selection_lines(row["numero"], reading, results.selection, source_of)
    for line in explanation_of(row, results, campaign):
        yield explanation_line(line.label, line.value, line.formula, "", rule_source(source_of, *line.rules))
