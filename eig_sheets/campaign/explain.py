"""Explanation of the rank of one dossier: the value of each number, its formula, its cells, the source of its rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eig_sheets.campaign.explain_notes import evaluation_line, mean_lines
from eig_sheets.campaign.explain_rank import explanation_of
from eig_sheets.campaign.explanation_lines import (
    Line,
    RowCells,
    eligibility_line,
    explanation_line,
    row_of,
    rule_source,
    rule_sources,
)
from eig_sheets.campaign.limit_settings import SECTION
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.selection import LimitInForce, Selection
from eig_sheets.campaign.selection_texts import UTILITIES, envelope_name, limit_name, money, moved_texts
from eig_sheets.domain.eligibility import EligibilityCode
from eig_sheets.domain.explain import note_terms
from eig_sheets.domain.proposals import Reserve
from eig_sheets.domain.ranking import by_expected_rank
from eig_sheets.domain.selection.problem import ENVELOPE
from eig_sheets.text.french import number, plural
from eig_sheets.workbook import words
from eig_sheets.workbook.model.cell_names import reference
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
        dossier_eligibility_line(numero, reading, results, source_of),
        *(evaluation_line(term, reading.layout_of(term.source), scale) for term in terms),
        *mean_lines(row, terms, campaign.criteria, reading.layout_of, "Note /20 du dossier", method),
        *_place(row, reading, results, source_of),
    ]


def dossier_eligibility_line(numero: str, reading: Reading, results: Results, source_of: Mapping[str, str]) -> Line:
    """The line on the eligibility of a dossier, with every reason."""
    tab = reading.layout.tabs["candidatures"]
    row = row_of(results.eligibility, numero)
    place = RowCells(tab, row_of(results.dossiers, numero)["row"])
    cells = place.of(*(field for _, field in row["reasons"]))
    rules = [_RULES_OF_ELIGIBILITY.get(code, "eligibility.required") for code, _ in row["reasons"]]
    why = sentence(reasons(row["reasons"], tab.header))
    source = rule_source(source_of, *dict.fromkeys(rules or ["eligibility.required", "campaign.closes"]))
    return eligibility_line(words.ELIGIBILITY[row["status"]], why, cells, source)


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
        yield from _selection(row["numero"], reading, results.selection, source_of)
    for line in explanation_of(row, results, campaign):
        yield explanation_line(line.label, line.value, line.formula, "", rule_source(source_of, *line.rules))


def _selection(numero: str, reading: Reading, selection: Selection, source_of: Mapping[str, str]) -> Iterator[Line]:
    """A line on the state of a dossier in the selection, then one for each limit that it counts in."""
    if numero not in selection.problem.numbers:
        return
    place = selection.problem.numbers.index(numero)
    why = moved_texts(selection).get(numero) or "comme le classement seul"
    maximised = f"{why} ; ce qui est maximisé : {UTILITIES[selection.by]}"
    source = rule_source(source_of, f"{SECTION}.utility")
    yield explanation_line("Sélection", _selection_state(place, selection), maximised, "", source)
    row = int(reading.tables["candidatures"].frame.set_index("numero")["row"][numero])
    totals = selection.problem.totals(selection.outcome.selected)
    for bound, total in zip(selection.problem.bounds, totals, strict=True):
        if place not in bound.members:
            continue
        if bound.limit == ENVELOPE:
            weight = int(bound.weights[bound.members == place][0])
            text = f"les retenus en prennent {money(total / 100)}, sur {money(bound.level / 100)}"
            name = envelope_name(bound.level / 100)
            source = f"{selection.rules.source} ; {rule_source(source_of, f'{SECTION}.envelope')}"
            yield explanation_line(name, weight / 100, text, "", source)
        elif bound.limit >= 0:
            limit = selection.limits[bound.limit]
            text = f"{total} retenus sur {bound.level} {'au moins' if bound.at_least else 'au plus'}"
            cell = _limit_cell(limit, row, reading)
            yield explanation_line(
                limit_name(limit), bound.value, text, cell, _limit_source(bound.limit, limit, source_of)
            )


def _selection_state(place: int, selection: Selection) -> str:
    if selection.outcome.selected[place]:
        return "retenu"
    return f"réserve {selection.reserve.index(place) + 1}" if place in selection.reserve else "non retenu"


def _limit_cell(limit: LimitInForce, row: int, reading: Reading) -> str:
    tab = reading.layout.tabs["candidatures"]
    return reference(tab.tab, row, limit.column.column, by_id=tab.rows_have_ids)


def _limit_source(place: int, limit: LimitInForce, source_of: Mapping[str, str]) -> str:
    typed = [source_of[key] for name in ("min", "max") if (key := f"{SECTION}.limits.{place}.{name}") in source_of]
    return " ; ".join((limit.rule.source, *typed))
