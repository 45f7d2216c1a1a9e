"""Explanation of each number of one dossier: its value, its formula, its cells, the source of its rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eig_sheets.campaign.explain_rank import explanation_of
from eig_sheets.campaign.overrides import of_key
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.config import Campaign, sources
from eig_sheets.domain.amounts import Origin
from eig_sheets.domain.costs import OVER_5_YEARS, UP_TO_5_YEARS
from eig_sheets.domain.eligibility import Code
from eig_sheets.domain.explain import AmountTerms, CostTerms, EvaluationTerms, RecruitTerms, amount_terms, note_terms
from eig_sheets.domain.proposals import Reserve
from eig_sheets.domain.ranking import by_expected_rank
from eig_sheets.domain.scoring import EvaluationStatus
from eig_sheets.text.french import euros, number, plural, typographic
from eig_sheets.workbook import words
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.model.cells import a1
from eig_sheets.workbook.render.cells import sentence
from eig_sheets.workbook.render.eligibilite import reasons

Line = dict[str, Any]

_SALARIES = {UP_TO_5_YEARS: "salaries.up_to_5_years", OVER_5_YEARS: "salaries.over_5_years"}
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
    campaign, source_of = reading.campaign, _sources(reading)
    row = _record(results.ranking, numero)
    terms = note_terms(numero, results.evaluated, results.evaluations, campaign.criteria, campaign.scoring)
    return [
        _eligibility(numero, reading, results, source_of),
        *(_evaluation(term, reading.layout.tabs["evaluations"], source_of) for term in terms),
        *_means(row, terms, reading.layout.tabs["evaluations"], campaign, source_of),
        *_place(row, results, campaign, source_of),
    ]


def explain_cofinancing(numero: str, reading: Reading, results: Results) -> list[Line]:
    """Lines on the co-financing of a dossier: route, what is missing, amounts."""
    campaign, source_of = reading.campaign, _sources(reading)
    row = _record(results.cofinancing, numero)
    talents = reading.valid_rows("talents") if "talents" in reading.tables else None
    terms = amount_terms(
        numero, results.dossiers, results.cofinancing, campaign.cofinancing, campaign.salaries, talents
    )
    place = _Place(reading.layout.tabs["candidatures"], _record(results.dossiers, numero)["row"])
    asked = row["status"] != "non"
    amounts = _exact(terms, row, reading, source_of) if row["exact"] else _amounts(terms, row, place, source_of)
    return [*_route(row, place), *(_costs(terms, place, source_of) if asked else ()), *amounts]


def _sources(reading: Reading) -> dict[str, str]:
    """The sources of values: the comments of the configuration, or the cells of settings that officers typed."""
    origins = reading.overrides.origins
    keys = {*origins, *(["criteria.weight"] if of_key(origins, "criteria.weight") else [])}
    replaced = {key: " ; ".join(map(str, of_key(origins, key))) for key in keys}
    return {**sources(reading.campaign.path, reading.campaign.provenance), **replaced}


def _source(source_of: Mapping[str, str], *keys: str) -> str:
    """The keys of the configuration of a line, and the sources of their values."""
    return " ; ".join(f"{key} ({source_of[key]})" if key in source_of else key for key in keys)


def _line(what: str, value: object, formula: str = "", cells: str = "", source: str = "") -> Line:
    what, formula, source = map(typographic, (what, formula, source))
    return {"what": what, "value": value, "formula": formula, "cells": cells, "source": source}


def _record(frame: Any, numero: str) -> dict[str, Any]:
    found: dict[str, Any] = frame[frame["numero"] == numero].to_dict("records")[0]
    return found


class _Place:
    """The cells of one dossier."""

    def __init__(self, tab: TabLayout, row: int) -> None:
        self._tab, self._row = tab, row

    def of(self, *fields: str) -> str:
        """Addresses of the fields that have a column."""
        return ", ".join(filter(None, (self._tab.reference(field, self._row) for field in fields)))


def _eligibility(numero: str, reading: Reading, results: Results, source_of: Mapping[str, str]) -> Line:
    tab = reading.layout.tabs["candidatures"]
    row = _record(results.eligibility, numero)
    place = _Place(tab, _record(results.dossiers, numero)["row"])
    cells = place.of(*(field for _, field in row["reasons"]))
    rules = [_RULES_OF_ELIGIBILITY.get(code, "eligibility.required") for code, _ in row["reasons"]]
    why = sentence(reasons(row["reasons"], tab.header)) or "Rien ne manque, aucune règle n’est enfreinte."
    return _line(
        "Éligibilité",
        words.ELIGIBILITY[row["status"]],
        why,
        cells,
        _source(source_of, *dict.fromkeys(rules or ["eligibility.required", "campaign.closes"])),
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
    source = _source(source_of, "scoring.min", "criteria.weight")
    return _line(f"Note /20 de {evaluation.juror}", evaluation.note, formula, _scores(evaluation, tab), source)


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
        yield _line(f"Moyenne « {criterion.label} »", _value(row[criterion.id]), _mean([v for _, v in used]), cells)
    notes = [term.note for term in counted]
    cells = ", ".join(_scores(term, tab) for term in counted)
    yield _line("Note /20 du dossier", _value(row["note"]), _mean(notes), cells, _source(source_of, "ranking.method"))
    yield _line("Écart-type", _value(row["stdev"]), _spread(notes), cells)


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


def _value(value: Any) -> float | None:
    return None if value is None or value != value else float(value)  # noqa: PLR0124 — NaN is not itself


def _place(row: dict[str, Any], results: Results, campaign: Campaign, source_of: Mapping[str, str]) -> Iterator[Line]:
    ranked = results.ranking[results.ranking["rank"].notna()]
    if row["unranked_reason"]:
        yield _line("Rang", None, words.UNRANKED[row["unranked_reason"]])
        return
    above = int((ranked["rank"] < row["rank"]).sum())
    formula = f"{plural(above, 'dossier')} devant, sur {plural(len(ranked), 'classé')}"
    expected = by_expected_rank(campaign.ranking, results.calibration)
    level = "à rang attendu égal" if expected else "à note égale"
    formula += f" ; {level}, départagé par « {campaign.labels[row['tie_break']]} »" if row["tie_break"] else ""
    formula += " ; ex aequo après départage" if row["tied"] else ""
    yield _line("Rang", int(row["rank"]), formula, "", _source(source_of, "ranking.method", "ranking.tie_break"))
    places = min(campaign.campaign.target, len(ranked))
    rule = f"{plural(places, 'place')} ; {campaign.ranking.waiting_list} en liste d’attente"
    if campaign.ranking.min_note is not None:
        rule += f" ; note minimale {number(campaign.ranking.min_note)}"
    rule += " ; la majorité des avis compte (pas plus de projets que de places)" if len(ranked) <= places else ""
    rule += " ; toute la zone de délibération est à délibérer" if expected and len(ranked) > places else ""
    reserves = row["proposal_reserves"]
    rule += "".join(f" ; sous réserve : {words.ALERTS[reserve]}" for reserve in reserves)
    keys = ("campaign.target", "ranking.waiting_list", *(_RULES_OF_RESERVES[reserve] for reserve in reserves))
    yield _line("Proposition", words.proposal_text(row["proposal"], reserves), rule, "", _source(source_of, *keys))
    for line in explanation_of(row, results, campaign):
        yield _line(line.label, line.value, line.formula, "", _source(source_of, *line.rules))


def _route(row: dict[str, Any], place: _Place) -> Iterator[Line]:
    asked = place.of("demande_cofinancement")
    status = words.COFINANCING[row["status"]]
    missing = sentence(words.MISSING[code] for code in row["missing"]) or "Rien ne manque."
    fields = ("programme", "convention", "porteur", "type_porteur")
    source = row["source"] or ""
    yield _line("Demande", words.yes_no(_boolean(row["requested"])), "", asked, source)
    reason = sentence([words.COFINANCING_REASONS[row["reason"]]]) or ""
    route = words.ROUTES.get(row["route"])
    yield _line("Voie", route, reason, place.of("type_administration", "programme"), source)
    yield _line(
        "Versement", words.ROUTES.get(row["payment"]), "selon qui reçoit les crédits", place.of("type_porteur"), source
    )
    yield _line("Statut", status, missing, place.of(*fields), source)


def _boolean(value: Any) -> bool | None:
    return bool(value) if value is True or value is False else None


def _costs(terms: AmountTerms, place: _Place, source_of: Mapping[str, str]) -> Iterator[Line]:
    labels = {UP_TO_5_YEARS: "Coût d’un EIG, jusqu’à 5 ans", OVER_5_YEARS: "Coût d’un EIG, plus de 5 ans"}
    for cost in terms.costs:
        yield _line(
            labels[cost.field],
            cost.used,
            _cost(cost),
            place.of(cost.field),
            _source(source_of, _SALARIES[cost.field], "cofinancing.net_to_employer_ratio"),
        )


def _cost(cost: CostTerms) -> str:
    estimate = f"{number(cost.salary)} × {number(cost.ratio)} × {number(cost.months)} = {euros(cost.estimate)}"
    if cost.used is None:
        return "illisible : ni corrigé ni estimé"
    if cost.typed is None:
        return f"cellule vide, estimé : {estimate}"
    low, high = cost.plausible
    doubt = "" if low <= cost.typed <= high else " ; à vérifier"
    return f"saisi ; l’estimation serait {estimate}{doubt}"


def _amounts(terms: AmountTerms, row: dict[str, Any], place: _Place, source_of: Mapping[str, str]) -> Iterator[Line]:
    source = _source(source_of, *_rules_of_amount(terms))
    ends = (
        ("minimum", "amount_min", "per_eig_min", UP_TO_5_YEARS),
        ("maximum", "amount_max", "per_eig_max", OVER_5_YEARS),
    )
    for label, key, per_eig, field in ends:
        amount, cost = _value(row[key]), _value(row[per_eig])
        if row["status"] == "non":
            formula, cells = "non demandé : 0", place.of("demande_cofinancement")
        elif amount is None:
            formula, cells = "inconnu : une valeur manque ou ne se lit pas", place.of("nombre_eig", field)
        else:
            formula = f"{number(terms.count or 0)} EIG × {number(cost or 0)}{_share(terms)}"
            cells = place.of("nombre_eig", *(field for _ in terms.costs[:1]))
        yield _line(f"Montant {label}", amount, formula, cells, source)


def _exact(terms: AmountTerms, row: dict[str, Any], reading: Reading, source_of: Mapping[str, str]) -> Iterator[Line]:
    """The line of the amount once every talent is recruited: the sum of the costs of each."""
    total = " + ".join(f"{number(recruit.cost or 0)} ({recruit.talent})" for recruit in terms.recruits)
    rows = reading.valid_rows("talents").set_index("candidature")["row"]
    tab = reading.layout.tabs["talents"]
    cells = ", ".join(_Place(tab, rows[recruit.talent]).of(_cost_field(recruit)) for recruit in terms.recruits)
    source = _source(source_of, *_rules_of_amount(terms))
    yield _line("Montant exact", _value(row["amount_min"]), f"({total}){_share(terms)}", cells, source)


def _cost_field(recruit: RecruitTerms) -> str:
    return "cout_reel" if recruit.origin is Origin.REAL else "experience"


def _rules_of_amount(terms: AmountTerms) -> tuple[str, ...]:
    return ("cofinancing.months", "cofinancing.total_months") if terms.flat is None else ("cofinancing.flat_amount",)


def _share(terms: AmountTerms) -> str:
    if terms.flat is not None:
        return ", forfait par EIG"
    return f" × {number(terms.part)} / {number(terms.whole)}, arrondi au centime"
