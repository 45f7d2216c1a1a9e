"""Explanation of the co-financing of one dossier: its route, what is missing, each amount, each person recruited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.applications.explain import dossier_eligibility_line
from eig_sheets.call.cofinancing.amounts import COFINANCING
from eig_sheets.call.cofinancing.cofinancement import missing_text
from eig_sheets.call.cofinancing.rules_cofinancing import CofinancingStatus, RouteReason
from eig_sheets.call.cofinancing.rules_costs import OVER_5_YEARS, UP_TO_5_YEARS
from eig_sheets.call.cofinancing.rules_explain import AmountTerms, CostTerms, RecruitTerms, amount_terms
from eig_sheets.call.cofinancing.rules_recruits import THIRTIETHS, Origin, last_paid_day, months_of, needs_dates
from eig_sheets.call.cofinancing.words import ORIGINS, awaited_text, gap, gap_text, recruited_text
from eig_sheets.campaign.explanation_lines import (
    Line,
    RowCells,
    cells_in,
    explanation_line,
    number_or_none,
    row_of,
    rule_source,
    rule_sources,
)
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reading_parts import recruits_tab
from eig_sheets.campaign.result_parts import candidate_rows
from eig_sheets.campaign.results import Results
from eig_sheets.text.french import euros, number, plural
from eig_sheets.workbook import words
from eig_sheets.workbook.cells import sentence

_EXCLUDING_FIELDS = {RouteReason.REJECTED: ("preselection",), RouteReason.WITHDRAWN: ("decision",)}
_SALARIES = {UP_TO_5_YEARS: "salaries.up_to_5_years", OVER_5_YEARS: "salaries.over_5_years"}
_COST_FIELDS = {Origin.REAL: "cout_reel", Origin.FLAT: "statut"}


def explain_cofinancing(numero: str, reading: Reading, results: Results) -> list[Line]:
    """Lines on the co-financing of a dossier: route, what is missing, amounts."""
    campaign, source_of = reading.campaign, rule_sources(reading)
    row = row_of(results.of(COFINANCING), numero)
    place = RowCells(reading.layout.tabs["candidatures"], row_of(results.of(APPLICATIONS).dossiers, numero)["row"])
    if row["status"] == CofinancingStatus.VOID:
        return [
            _request(row, place),
            *_exclusion(row, place, dossier_eligibility_line(numero, reading, results, source_of)),
        ]
    talents = candidate_rows(reading)
    terms = amount_terms(
        numero,
        results.of(APPLICATIONS).dossiers,
        results.of(COFINANCING),
        campaign.cofinancing,
        campaign.salaries,
        talents,
    )
    asked = row["status"] != "non"
    if not asked:
        return [*_route(row, place), *_amounts(terms, row, place, source_of)]
    settled = _settled_lines(terms, row, place, reading, source_of)
    return [
        *_route(row, place),
        *_costs(terms, place, source_of),
        *(_recruit_lines(terms, reading, source_of) if row["requested"] is True else ()),
        *_awaited_line(row, terms.asked, place),
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
            per_eig, cells = number_or_none(row[f"one_{end}"]), place.of("nombre_eig", *used)
            for_one = f"{number(cost or 0)}{_share(terms)}"
            yield explanation_line(f"Pour un EIG, {label}", per_eig, for_one, place.of(*used), source)
        yield explanation_line(f"Montant {label}", amount, formula, cells, source)


def _rules_of_amount(terms: AmountTerms) -> tuple[str, ...]:
    return ("cofinancing.months", "cofinancing.total_months") if terms.flat is None else ("cofinancing.flat_amount",)


def _share(terms: AmountTerms) -> str:
    if terms.flat is not None:
        return ", forfait par EIG"
    return f" × {number(terms.part)} / {number(terms.whole)}, arrondi au centime"


def _recruit_lines(terms: AmountTerms, reading: Reading, source_of: Mapping[str, str]) -> Iterator[Line]:
    """For each recruited EIG, where their cost comes from and which months are paid."""
    rules = reading.campaign.cofinancing
    for recruit in terms.recruits:
        name = f"EIG {recruit.talent}"
        fields = [_cost_field(recruit)] if recruit.origin else ["cout_reel", "experience"]
        cells = cells_in(reading, recruits_tab(reading.campaign), recruit.row, *fields)
        yield explanation_line(f"{name} : coût", recruit.cost, ORIGINS[recruit.origin], cells)
        if needs_dates(rules):
            months = None if recruit.thirtieths is None else months_of(recruit.thirtieths)
            cells = cells_in(reading, recruits_tab(reading.campaign), recruit.row, "debut_contrat", "fin_contrat")
            source = rule_source(source_of, "cofinancing.paid_from", "cofinancing.months")
            yield explanation_line(f"{name} : mois payés", months, _months_text(recruit, reading), cells, source)


def _months_text(recruit: RecruitTerms, reading: Reading) -> str:
    rules = reading.campaign.cofinancing
    first, last = rules.paid_from, last_paid_day(rules)
    if recruit.start is None:
        return "début du contrat vide, illisible, ou hors de ce que l’appel permet : les mois payés ne sont pas connus"
    if recruit.thirtieths is None or first is None or last is None:
        return "une date du contrat ne se lit pas, ne peut être crue, ou les deux se contredisent"
    length = f"{number(rules.total_months)} mois, faute de fin saisie"
    until = f"au {_day(recruit.end)}" if recruit.end else f"pour {length}"
    covered = f"{number(recruit.thirtieths)} trentièmes de mois"
    return f"contrat du {_day(recruit.start)} {until} ; mois payés du {_day(first)} au {_day(last)} : {covered}"


def _settled_lines(
    terms: AmountTerms, row: Mapping[str, Any], place: RowCells, reading: Reading, source_of: Mapping[str, str]
) -> Iterator[Line]:
    """The amount once every EIG's is known: the sum of each, and where it is beside the provisional range."""
    cells = ", ".join(
        filter(
            None,
            (
                cells_in(reading, recruits_tab(reading.campaign), recruit.row, _cost_field(recruit))
                for recruit in terms.recruits
            ),
        )
    ) or place.of("recrutement_clos")
    what = "Montant exact" if row["exact"] else "Montant après le recrutement, en partie estimé"
    amount = float(row["amount_min"])
    source = rule_source(source_of, *_rules_of_amount(terms))
    yield explanation_line(what, amount, _sum_text(terms), cells, source)
    least, most = number_or_none(row["range_min"]), number_or_none(row["range_max"])
    if least is None or most is None:
        return
    fields = ("nombre_eig", "cout_jusqu_a_5_ans", "cout_plus_de_5_ans") if terms.costs else ("nombre_eig",)
    reasons = [gap_text(amount, least, most), *_reasons(terms)]
    yield explanation_line(
        "Écart avec le prévisionnel", gap(amount, least, most), " ; ".join(reasons), place.of(*fields)
    )


def _awaited_line(row: Mapping[str, Any], asked: float | None, place: RowCells) -> Iterator[Line]:
    """How many are recruited of those asked for, and what is still missing; nothing before anybody is."""
    if row["recruited"] or row["settled"]:
        text = recruited_text(int(row["recruited"]), asked)
        awaited = awaited_text(row["awaited"]) or "Rien ne manque."
        yield explanation_line("Recrutement", text, awaited, place.of("nombre_eig", "recrutement_clos"))


def _cost_field(recruit: RecruitTerms) -> str:
    return _COST_FIELDS.get(recruit.origin or Origin.SIMULATED, "experience")


def _sum_text(terms: AmountTerms) -> str:
    """(61 000 (T1) + 57 750 (T2)) × 3 / 10; by thirtieths when some are paid fewer months than others."""
    costs = [(f"{number(recruit.cost or 0)} ({recruit.talent})", recruit.thirtieths or 0) for recruit in terms.recruits]
    if not costs:
        return "recrutement clos, personne n’est recruté : 0"
    if terms.flat is not None:
        return f"({' + '.join(cost for cost, _ in costs)}), forfait par EIG"
    if all(months_of(paid) == terms.part for _, paid in costs):
        total = " + ".join(cost for cost, _ in costs)
        return f"({total}) × {number(terms.part)} / {number(terms.whole)}, arrondi au centime"
    total = " + ".join(f"{cost} × {number(paid)}" for cost, paid in costs)
    return f"({total}) / {number(THIRTIETHS * terms.whole)}, arrondi au centime"


def _reasons(terms: AmountTerms) -> Iterator[str]:
    """Why an amount need not be in its range, each in a few words."""
    shorter = (
        sum(months_of(recruit.thirtieths or 0) < terms.part for recruit in terms.recruits) if terms.flat is None else 0
    )
    if terms.asked is not None and terms.count is not None and terms.count < terms.asked:
        yield plural(int(terms.asked - terms.count), "EIG de moins que demandé", "EIG de moins que demandés")
    if shorter:
        yield plural(shorter, "contrat plus court que les mois payés", "contrats plus courts que les mois payés")
    simulated = [cost.used for cost in terms.costs if cost.used is not None]
    outside = [
        recruit.talent
        for recruit in terms.recruits
        if recruit.origin is Origin.REAL
        and recruit.cost is not None
        and simulated
        and not min(simulated) <= recruit.cost <= max(simulated)
    ]
    if outside:
        yield f"coût réel hors des simulations : {', '.join(outside)}"


def _day(value: date) -> str:
    return f"{value:%d/%m/%Y}"
