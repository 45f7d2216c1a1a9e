"""The rules again, from the text of the call, one row at a time with fractions: slow, plain, and nothing shared."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from eig_sheets.config import Campaign

Row = dict[str, Any]


def rows_of(table: pd.DataFrame) -> list[Row]:
    """Rows as plain dictionaries, None for every blank."""
    return [{name: plain(value) for name, value in row.items()} for row in table.to_dict("records")]


def plain(value: Any) -> Any:
    return value if isinstance(value, (frozenset, tuple)) or not pd.isna(value) else None


BREAKING = ("depot_avant_ouverture", "depot_hors_delai", "nombre_eig_refuse", "attestation_refusee")


def eligibility(row: Row, fields: list[str], available: frozenset[str], rules: Campaign) -> tuple[str, list[Any]]:
    """The status and the (code, field) of each reason, in the order of `fields`."""
    checked = {"date_depot", *rules.eligibility.required, *rules.eligibility.attestations}
    if rules.eligibility.eig_numbers:
        checked.add("nombre_eig")
    codes = [(code_of(row, field, available, rules), field) for field in fields if field in checked]
    reasons = [(code, field) for code, field in codes if code]
    if any(code in BREAKING for code, _ in reasons):
        return "ineligible", reasons
    return ("a_instruire" if reasons else "eligible"), reasons


def code_of(row: Row, field: str, available: frozenset[str], rules: Campaign) -> str | None:
    if field not in available:
        return "non_verifiable"
    if field in row["unreadable"]:
        return "illisible"
    if row[field] is None:
        return "a_lire" if field in rules.eligibility.read_in_fiche else "a_completer"
    return broken_rule(field, row[field], rules)


def broken_rule(field: str, value: Any, rules: Campaign) -> str | None:
    if field == "date_depot" and value < rules.campaign.first_moment:
        return "depot_avant_ouverture"
    if field == "date_depot" and value.replace(microsecond=0) > rules.campaign.last_moment:
        return "depot_hors_delai"
    if field == "nombre_eig" and value not in rules.eligibility.eig_numbers:
        return "nombre_eig_refuse"
    if field in rules.eligibility.attestations and value is False:
        return "attestation_refusee" if field in rules.eligibility.eliminating else "attestation_non"
    return None


def note(row: Row, rules: Campaign) -> tuple[str, Fraction | None]:
    """The status of one evaluation, and its note out of 20."""
    if row["deport"]:
        return "deport", None
    over = under = Fraction(0)
    for criterion in rules.criteria:
        if row[f"{criterion.id}_nsp"]:
            continue
        if row[criterion.id] is None:
            return "incomplete", None
        weight = Fraction(str(criterion.weight))
        over += weight * Fraction(str(row[criterion.id]))
        under += weight * Fraction(str(rules.scoring.max))
    return ("included", 20 * over / under) if under else ("no_score", None)


def average(values: list[Fraction]) -> Fraction | None:
    return sum(values, Fraction(0)) / len(values) if values else None


def scores(numero: str, evaluations: list[Row], rules: Campaign) -> dict[str, Any]:
    outcomes = [(row, *note(row, rules)) for row in evaluations if row["numero"] == numero]
    included = [(row, value) for row, status, value in outcomes if status == "included" and value is not None]
    complete = [row for row, status, _ in outcomes if status in ("included", "no_score")]
    notes = [value for _, value in included]
    middle = average(notes)
    result: dict[str, Any] = {
        "note": middle,
        "reviews": len(included),
        "reviews_expected": max(sum(status != "deport" for _, status, _ in outcomes), rules.scoring.min_reviews),
        "incomplete": sum(status == "incomplete" for _, status, _ in outcomes),
        "stdev": None,
        "hearts": sum(row["coup_de_coeur"] is True for row in complete),
        "favorable": sum(row["avis"] == "Favorable" for row in complete),
        "unfavorable": sum(row["avis"] == "Défavorable" for row in complete),
        "nsp": sum(row[f"{criterion.id}_nsp"] for row in complete for criterion in rules.criteria),
    }
    if middle is not None and len(notes) > 1:
        result["stdev"] = math.sqrt(sum((value - middle) ** 2 for value in notes) / (len(notes) - 1))
    for criterion in rules.criteria:
        scored = [row[criterion.id] for row, _ in included]
        result[criterion.id] = average([Fraction(str(value)) for value in scored if value is not None])
    return result


def why_unranked(row: Row, status: str, value: Fraction | None, anyone_preselected: bool) -> str | None:
    if status == "ineligible":
        return "ineligible"
    if row["preselection"] == "Écarté – inéligible":
        return "ecarte_ineligible"
    if row["preselection"] == "Écarté – insuffisant":
        return "ecarte_insuffisant"
    if row["decision"] == "Désisté":
        return "desiste"
    if anyone_preselected and row["preselection"] != "Présélectionné":
        return "non_preselectionne"
    return "sans_evaluation" if value is None else None


def ranking(dossiers: list[Row], evaluations: list[Row], statuses: dict[str, str], rules: Campaign) -> dict[str, Row]:
    """Rank, proposal, tie and reason of each dossier, by its number."""
    table = {row["numero"]: scores(row["numero"], evaluations, rules) for row in dossiers}
    anyone = any(row["preselection"] == "Présélectionné" for row in dossiers)
    result = {}
    for row in dossiers:
        numero = row["numero"]
        reason = why_unranked(row, statuses[numero], table[numero]["note"], anyone)
        result[numero] = {"rank": None, "tied": False, "proposal": None, "unranked_reason": reason}
    ranked = [numero for numero in result if result[numero]["unranked_reason"] is None]
    keys = {numero: key(table[numero], rules) for numero in ranked}
    for numero in ranked:
        better = sum(keys[other] > keys[numero] for other in ranked)
        equal = sum(keys[other] == keys[numero] for other in ranked)
        result[numero] |= {"rank": better + 1, "tied": equal > 1}
        result[numero]["proposal"] = proposal(table[numero], better + 1, equal, len(ranked), rules)
    return result


def key(row: dict[str, Any], rules: Campaign) -> list[Fraction]:
    """Best first when sorted downwards; a missing mean is the lowest of all."""
    means = [row[criterion] for criterion in rules.ranking.tie_break]
    return [row["note"], *(Fraction(-1) if mean is None else mean for mean in means)]


def proposal(row: dict[str, Any], rank: int, equal: int, ranked: int, rules: Campaign) -> str:
    places, minimum = rules.campaign.target, rules.ranking.min_note
    if minimum is not None and row["note"] < Fraction(str(minimum)):
        return "non_retenu"
    if ranked <= places:
        if row["unfavorable"] > row["favorable"]:
            return "non_retenu"
        return "deliberation" if row["unfavorable"] == row["favorable"] > 0 else "laureat"
    if rank <= places < rank + equal - 1:
        return "deliberation"
    if rank <= places:
        return "laureat"
    return "liste_attente" if rank <= places + rules.ranking.waiting_list else "non_retenu"


DIRECT = ("decret_transfert", "delegation_gestion")


def route_of(kind: str | None, programme: str | None) -> str | None:
    """The table of design §3, in words."""
    if kind is None:
        return None
    if kind == "Ministères économiques et financiers":
        return "delegation_gestion"
    if kind == "Administration centrale" or (kind == "Autorité administrative indépendante" and programme):
        return "decret_transfert"
    return "portage"


def route(row: Row) -> dict[str, Any]:
    """Who receives the credits of one dossier, and what is missing for that."""
    asked = row["demande_cofinancement"]
    if asked is None:
        return outcome(None, None, "sous_reserve", None, None, {"demande"})
    if asked is False:
        return outcome(False, None, "non", "autofinancement", None, set())
    host = route_of(row["type_administration"], row["programme"])
    carrier = route_of(row["type_porteur"], row["programme"]) if row["porteur"] else None
    missing = set()
    if host is None:
        missing.add("type")
    elsewhere = row["porteur"] and row["porteur"] not in (row["administration"], row["ministere"])
    if host == "portage" or (host in DIRECT and elsewhere):
        if not row["convention"]:
            missing.add("convention")
        if row["porteur"] and row["type_porteur"] is None:
            missing.add("type_porteur")
        elif carrier not in DIRECT:
            missing.add("porteur")
    eligible = host in DIRECT or (host == "portage" and carrier in DIRECT)
    payment = None
    if eligible:
        payment = "delegation_gestion" if "delegation_gestion" in (host, carrier) else "decret_transfert"
    if payment == "decret_transfert" and not row["programme"]:
        missing.add("programme")
    return outcome(True, eligible, "sous_reserve" if missing else "acquis", host, payment, missing)


def outcome(requested: Any, eligible: Any, status: str, route: Any, payment: Any, missing: set[str]) -> dict[str, Any]:
    return {
        "requested": requested, "eligible": eligible, "status": status,
        "route": route, "payment": payment, "missing": missing,
    }  # fmt: skip


def amounts(row: Row, rules: Campaign) -> tuple[Fraction | None, Fraction | None]:
    """The minimum and the maximum in euros, to the cent, before recruitment."""
    fields = {"cout_jusqu_a_5_ans": rules.salaries.up_to_5_years, "cout_plus_de_5_ans": rules.salaries.over_5_years}
    if row["demande_cofinancement"] is None:
        return None, None
    if row["demande_cofinancement"] is False:
        return Fraction(0), Fraction(0)
    if row["nombre_eig"] is None or row["unreadable"] & {"nombre_eig", *fields}:
        return None, None
    ratio, months = (
        Fraction(str(value)) for value in (rules.cofinancing.net_to_employer_ratio, rules.cofinancing.months)
    )
    total = Fraction(str(rules.cofinancing.total_months))
    least, most = (
        half_up(
            int(row["nombre_eig"])
            * (Fraction(str(salary)) * ratio * total if row[field] is None else Fraction(Decimal(repr(row[field]))))
            * months
            / total
        )
        for field, salary in fields.items()
    )
    return min(least, most), max(least, most)


def half_up(amount: Fraction) -> Fraction:
    return Fraction(math.floor(amount * 100 + Fraction(1, 2)), 100)
