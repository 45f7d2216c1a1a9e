"""Explanation of a co-financing once people are recruited: each EIG's cost and months, and why the range is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from eig_sheets.campaign.explanation_lines import (
    Line,
    RowCells,
    cells_in,
    explanation_line,
    number_or_none,
    rule_source,
)
from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.contracts import THIRTIETHS, last_paid_day, months_of, needs_dates
from eig_sheets.domain.explain import AmountTerms, RecruitTerms
from eig_sheets.domain.recruitment import Origin
from eig_sheets.text.french import number, plural
from eig_sheets.workbook.recruitment_words import ORIGINS, awaited_text, gap, gap_text, recruited_text

_TAB = "talents"
_COST_FIELDS = {Origin.REAL: "cout_reel", Origin.FLAT: "statut"}


def recruit_lines(terms: AmountTerms, reading: Reading, source_of: Mapping[str, str]) -> Iterator[Line]:
    """For each recruited EIG, where their cost comes from and which months are paid."""
    rules = reading.campaign.cofinancing
    for recruit in terms.recruits:
        name = f"EIG {recruit.talent}"
        field = _COST_FIELDS.get(recruit.origin or Origin.SIMULATED, "experience")
        fields = [field] if recruit.origin else ["cout_reel", "experience"]
        cells = cells_in(reading, _TAB, recruit.row, *fields)
        yield explanation_line(f"{name} : coût", recruit.cost, ORIGINS[recruit.origin], cells)
        if needs_dates(rules):
            months = None if recruit.thirtieths is None else months_of(recruit.thirtieths)
            cells = cells_in(reading, _TAB, recruit.row, "debut_contrat", "fin_contrat")
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


def settled_lines(
    terms: AmountTerms, row: Mapping[str, Any], place: RowCells, reading: Reading, source_of: Mapping[str, str]
) -> Iterator[Line]:
    """The amount once every EIG's is known: the sum of each, and where it is beside the provisional range."""
    cells = ", ".join(
        filter(None, (cells_in(reading, _TAB, recruit.row, _cost_field(recruit)) for recruit in terms.recruits))
    ) or place.of("recrutement_clos")
    what = "Montant exact" if row["exact"] else "Montant après le recrutement, en partie estimé"
    amount = float(row["amount_min"])
    source = rule_source(source_of, *_rules_of(terms))
    yield explanation_line(what, amount, _sum_text(terms), cells, source)
    least, most = number_or_none(row["range_min"]), number_or_none(row["range_max"])
    if least is None or most is None:
        return
    fields = ("nombre_eig", "cout_jusqu_a_5_ans", "cout_plus_de_5_ans") if terms.costs else ("nombre_eig",)
    reasons = [gap_text(amount, least, most), *_reasons(terms)]
    yield explanation_line(
        "Écart avec le prévisionnel", gap(amount, least, most), " ; ".join(reasons), place.of(*fields)
    )


def awaited_line(row: Mapping[str, Any], asked: float | None, place: RowCells) -> Iterator[Line]:
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


def _rules_of(terms: AmountTerms) -> tuple[str, ...]:
    return ("cofinancing.months", "cofinancing.total_months") if terms.flat is None else ("cofinancing.flat_amount",)


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
