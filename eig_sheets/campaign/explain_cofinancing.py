"""Explanation of the co-financing of one dossier: its route, what is missing, and each amount."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eig_sheets.campaign.explain import eligibility_line
from eig_sheets.campaign.explain_recruits import awaited_line, recruit_lines, settled_lines
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
from eig_sheets.domain.cofinancing import CofinancingStatus, RouteReason
from eig_sheets.domain.costs import OVER_5_YEARS, UP_TO_5_YEARS
from eig_sheets.domain.explain import AmountTerms, CostTerms, amount_terms
from eig_sheets.text.french import euros, number
from eig_sheets.workbook import words
from eig_sheets.workbook.render.cells import sentence
from eig_sheets.workbook.render.cofinancement import missing_text

_EXCLUDING_FIELDS = {RouteReason.REJECTED: ("preselection",), RouteReason.WITHDRAWN: ("decision",)}
_SALARIES = {UP_TO_5_YEARS: "salaries.up_to_5_years", OVER_5_YEARS: "salaries.over_5_years"}


def explain_cofinancing(numero: str, reading: Reading, results: Results) -> list[Line]:
    """Lines on the co-financing of a dossier: route, what is missing, amounts."""
    campaign, source_of = reading.campaign, rule_sources(reading)
    row = row_of(results.cofinancing, numero)
    place = RowCells(reading.layout.tabs["candidatures"], row_of(results.dossiers, numero)["row"])
    if row["status"] == CofinancingStatus.VOID:
        return [_request(row, place), *_exclusion(row, place, eligibility_line(numero, reading, results, source_of))]
    talents = reading.valid_rows("talents") if reading.has("talents") else None
    terms = amount_terms(
        numero, results.dossiers, results.cofinancing, campaign.cofinancing, campaign.salaries, talents
    )
    asked = row["status"] != "non"
    if not asked:
        return [*_route(row, place), *_amounts(terms, row, place, source_of)]
    settled = settled_lines(terms, row, place, reading, source_of)
    return [
        *_route(row, place),
        *_costs(terms, place, source_of),
        *(recruit_lines(terms, reading, source_of) if row["requested"] is True else ()),
        *awaited_line(row, terms.asked, place),
        *(settled if row["settled"] else _amounts(terms, row, place, source_of)),
    ]


def _request(row: Mapping[str, Any], place: RowCells) -> Line:
    asked = row["requested"]
    said = words.yes_no(bool(asked)) if asked is True or asked is False else None
    return explanation_line("Demande", said, "", place.of("demande_cofinancement"), row["source"] or "")


def _exclusion(row: Mapping[str, Any], place: RowCells, eligibility: Line) -> Iterator[Line]:
    """Why a dossier that is out of the call has no co-financing."""
    if row["reason"] == RouteReason.INELIGIBLE:
        yield eligibility
    reason = sentence([words.COFINANCING_REASONS[row["reason"]]]) or ""
    cells = place.of(*_EXCLUDING_FIELDS.get(row["reason"], ()))
    yield explanation_line("Statut", words.COFINANCING[row["status"]], f"{reason} : ne compte dans aucun total", cells)


def _route(row: Mapping[str, Any], place: RowCells) -> Iterator[Line]:
    missing = missing_text(row["missing"], row["to_check"]) or "Rien ne manque."
    carrier, source = ("programme", "porteur", "type_porteur"), row["source"] or ""
    yield _request(row, place)
    reason = sentence([words.COFINANCING_REASONS[row["reason"]]]) or ""
    route = words.credit_route(row["route"], row["payment"], bool(row["carried"]))
    yield explanation_line("Voie", route, reason, place.of("type_administration", *carrier), source)
    yield explanation_line(
        "Statut", words.COFINANCING[row["status"]], missing, place.of(*carrier, "convention"), source
    )


def _costs(terms: AmountTerms, place: RowCells, source_of: Mapping[str, str]) -> Iterator[Line]:
    labels = {UP_TO_5_YEARS: "Coût d’un EIG, jusqu’à 5 ans", OVER_5_YEARS: "Coût d’un EIG, plus de 5 ans"}
    for cost in terms.costs:
        yield explanation_line(
            labels[cost.field],
            cost.used,
            _cost(cost, out_of_order=terms.costs_out_of_order),
            place.of(cost.field),
            rule_source(source_of, _SALARIES[cost.field], "cofinancing.net_to_employer_ratio"),
        )


def _cost(cost: CostTerms, *, out_of_order: bool) -> str:
    estimate = f"{number(cost.salary)} × {number(cost.ratio)} × {number(cost.months)} = {euros(cost.estimate)}"
    if cost.used is None:
        return "illisible : ni corrigé ni estimé"
    if cost.typed is None:
        return f"cellule vide, estimé : {estimate}"
    low, high = cost.plausible
    doubt = "" if low <= cost.typed <= high else " ; à vérifier"
    if out_of_order:
        doubt = " ; à vérifier : jusqu’à 5 ans coûte plus que plus de 5 ans, colonnes inversées ?"
    return f"saisi ; l’estimation serait {estimate}{doubt}"


def _amounts(
    terms: AmountTerms, row: Mapping[str, Any], place: RowCells, source_of: Mapping[str, str]
) -> Iterator[Line]:
    source = rule_source(source_of, *_rules_of_amount(terms))
    fields = (UP_TO_5_YEARS, OVER_5_YEARS)
    lower, higher = reversed(fields) if terms.costs_out_of_order else fields
    for label, end, field in (("minimum", "min", lower), ("maximum", "max", higher)):
        amount, cost = number_or_none(row[f"amount_{end}"]), number_or_none(row[f"per_eig_{end}"])
        if row["status"] == "non":
            formula, cells = "non demandé : 0", place.of("demande_cofinancement")
        elif amount is None:
            formula, cells = "inconnu : une valeur manque ou ne se lit pas", place.of("nombre_eig", field)
        else:
            formula = f"{number(terms.count or 0)} EIG × {number(cost or 0)}{_share(terms)}"
            used = [field] if terms.costs else []
            one, cells = number_or_none(row[f"one_{end}"]), place.of("nombre_eig", *used)
            for_one = f"{number(cost or 0)}{_share(terms)}"
            yield explanation_line(f"Pour un EIG, {label}", one, for_one, place.of(*used), source)
        yield explanation_line(f"Montant {label}", amount, formula, cells, source)


def _rules_of_amount(terms: AmountTerms) -> tuple[str, ...]:
    return ("cofinancing.months", "cofinancing.total_months") if terms.flat is None else ("cofinancing.flat_amount",)


def _share(terms: AmountTerms) -> str:
    if terms.flat is not None:
        return ", forfait par EIG"
    return f" × {number(terms.part)} / {number(terms.whole)}, arrondi au centime"
