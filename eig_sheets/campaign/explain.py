"""Explanation of the rank of one dossier: the value of each number, its formula, its cells, the source of its rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eig_sheets.campaign.explain_rank import explanation_of
from eig_sheets.campaign.explanation_lines import (
    Line,
    RowCells,
    explanation_line,
    number_or_none,
    row_of,
    rule_source,
    rule_sources,
)
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.config import Campaign
from eig_sheets.domain.eligibility import Code
from eig_sheets.domain.explain import EvaluationTerms, note_terms
from eig_sheets.domain.proposals import Reserve
from eig_sheets.domain.ranking import by_expected_rank
from eig_sheets.domain.scoring import EvaluationStatus
from eig_sheets.text.french import number, plural
from eig_sheets.workbook import words
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.model.cells import a1
from eig_sheets.workbook.render.cells import sentence
from eig_sheets.workbook.render.eligibilite import reasons

_RULES_OF_ELIGIBILITY = {
    Code.TOO_LATE: "campaign.closes",
    Code.TOO_EARLY: "campaign.opens",
    Code.EIG_NUMBER_REFUSED: "eligibility.eig_numbers",
    Code.COMMITMENT_REFUSED: "eligibility.eliminating",
    Code.COMMITMENT_NO: "eligibility.attestations",
}
_RULES_OF_RESERVES = {Reserve.FEW_REVIEWS: "scoring.min_reviews", Reserve.TO_REVIEW: "eligibility.required"}
_NOT_COUNTED = {
    EvaluationStatus.RECUSED: "déport : ne compte pas",
    EvaluationStatus.INCOMPLETE: "un critère n’est pas encore noté : ne compte pas",
    EvaluationStatus.NO_SCORE: "NSP partout : rien à compter",
}


def explain_rank(numero: str, reading: Reading, results: Results) -> list[Line]:
    """Lines on the rank of a dossier: eligibility, note of each evaluation, means, rank, sensitivity."""
    campaign, source_of = reading.campaign, rule_sources(reading)
    row = row_of(results.ranking, numero)
    terms = note_terms(numero, results.evaluated, results.evaluations, campaign.criteria, campaign.scoring)
    return [
        eligibility_line(numero, reading, results, source_of),
        *(_evaluation(term, reading.layout.tabs["evaluations"], source_of) for term in terms),
        *_means(row, terms, reading.layout.tabs["evaluations"], campaign, source_of),
        *_place(row, results, campaign, source_of),
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


def _evaluation(evaluation: EvaluationTerms, tab: TabLayout, source_of: Mapping[str, str]) -> Line:
    scored = [term for term in evaluation.terms if term.value is not None]
    skipped = ", ".join(f"{term.criterion.label} : NSP" for term in evaluation.terms if term.nsp)
    if evaluation.note is None:
        formula = _NOT_COUNTED[evaluation.status]
    else:
        total = " + ".join(f"{number(term.criterion.weight)} × {number(term.value or 0)}" for term in scored)
        formula = f"20 × ({total}) / ({number(evaluation.maximum)} × {number(evaluation.weights)})"
    formula += f" ; {skipped} (hors des deux sommes)" if skipped and evaluation.note is not None else ""
    source = rule_source(source_of, "scoring.min", "criteria.weight")
    return explanation_line(
        f"Note /20 de {evaluation.juror}", evaluation.note, formula, _scores(evaluation, tab), source
    )


def _scores(evaluation: EvaluationTerms, tab: TabLayout) -> str:
    """The cells of the criteria of one evaluation, side by side ones as a range."""
    if tab.rows_have_ids:
        return ", ".join(filter(None, (tab.reference(term.criterion.id, evaluation.row) for term in evaluation.terms)))
    spans: list[list[int]] = []
    for column in sorted(tab.columns[term.criterion.id] for term in evaluation.terms):
        if spans and spans[-1][1] == column - 1:
            spans[-1][1] = column
        else:
            spans.append([column, column])
    ends = ((a1(evaluation.row, first), a1(evaluation.row, last)) for first, last in spans)
    return ", ".join(f"{tab.name}!{first}" + (f":{last}" if last != first else "") for first, last in ends)


def _means(
    row: dict[str, Any],
    terms: tuple[EvaluationTerms, ...],
    tab: TabLayout,
    campaign: Campaign,
    source_of: Mapping[str, str],
) -> Iterator[Line]:
    counted = [evaluation for evaluation in terms if evaluation.note is not None]
    for place, criterion in enumerate(campaign.criteria):
        used = [(term.row, term.terms[place].value) for term in counted if term.terms[place].value is not None]
        cells = ", ".join(filter(None, (tab.reference(criterion.id, line) for line, _ in used)))
        yield explanation_line(
            f"Moyenne « {criterion.label} »", number_or_none(row[criterion.id]), _mean([v for _, v in used]), cells
        )
    notes = [term.note for term in counted]
    cells = ", ".join(_scores(term, tab) for term in counted)
    yield explanation_line(
        "Note /20 du dossier",
        number_or_none(row["note"]),
        _mean(notes),
        cells,
        rule_source(source_of, "ranking.method"),
    )
    yield explanation_line("Écart-type", number_or_none(row["stdev"]), _spread(notes), cells)


def _mean(values: list[float | None]) -> str:
    if not values:
        return "aucune évaluation ne compte"
    return f"({' + '.join(_note(value) for value in values)}) / {len(values)}"


def _spread(notes: list[float | None]) -> str:
    if len(notes) < 2:
        return "au moins deux évaluations sont nécessaires"
    return f"écart-type d’échantillon de {' ; '.join(_note(note) for note in notes)}"


def _note(value: float | None) -> str:
    return number(round(value or 0, 4))


def _place(row: dict[str, Any], results: Results, campaign: Campaign, source_of: Mapping[str, str]) -> Iterator[Line]:
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
    rule += "".join(f" ; sous réserve : {words.ALERTS[reserve]}" for reserve in reserves)
    keys = ("campaign.target", "ranking.waiting_list", *(_RULES_OF_RESERVES[reserve] for reserve in reserves))
    yield explanation_line(
        "Proposition", words.proposal_text(row["proposal"], reserves), rule, "", rule_source(source_of, *keys)
    )
    for line in explanation_of(row, results, campaign):
        yield explanation_line(line.label, line.value, line.formula, "", rule_source(source_of, *line.rules))
