"""French texts of co-financing: its totals, and what is awaited once people are recruited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from eig_sheets.call.cofinancing.rules_costs import exact
from eig_sheets.call.cofinancing.rules_recruits import Awaited, Origin
from eig_sheets.call.cofinancing.rules_totals import Total, Totals
from eig_sheets.text.french import NARROW, euros, listed, number, plural, typographic
from eig_sheets.workbook.cells import sentence

GROUPS: Final = {"proposed": "Lauréats proposés", "decided": "Lauréats décidés"}
"""The French of the groups of `Totals`, by the name of the field."""


def total_sentences(totals: Totals) -> Iterator[str]:
    """One paragraph for each group of laureates: what it costs, what the envelope leaves, what to know of the sum."""
    for group, label in GROUPS.items():
        yield total_sentence(label, getattr(totals, group), totals.envelope)


def total_sentence(label: str, total: Total, envelope: Decimal | None) -> str:
    """What some dossiers cost together, what to know of the sum, and what it leaves of the envelope, if any."""
    parts = [f"{label} : {_amounts(total)}.", *remarks(total)]
    if envelope is not None and total.asking:
        parts.append(f"{envelope_text(total, envelope)}.")
    return typographic(" ".join(parts))


def _amounts(total: Total) -> str:
    inside = total.dossiers - total.excluded
    if not inside:
        return "aucun"
    projects = plural(inside, "projet")
    if not total.asking:
        return f"{projects}, aucun co-financement demandé"
    provisional = " (prévisionnel)" if total.provisional else ""
    of = projects if total.asking == inside else f"{plural(total.asking, 'projet')} sur {number(inside)}"
    return f"{between(total.least, total.most)}{provisional}, pour {number(total.eig)} EIG de {of}"


def envelope_text(total: Total, envelope: Decimal) -> str:
    """What remains of the envelope once a total is paid, or by how much it is exceeded, as a range."""
    at_most, at_least = envelope - total.most, envelope - total.least
    of = f"Enveloppe de {amount(envelope)}"
    if at_most >= 0:
        return f"{of} : il en reste {between(at_most, at_least)}"
    if at_least < 0:
        return f"{of} : dépassée {_by(-at_least, -at_most)}"
    return f"{of} : au minimum, il en reste {amount(at_least)} ; au maximum, elle est dépassée de {amount(-at_most)}"


def remarks(total: Total) -> Iterator[str]:
    """Caveats about a total, one sentence each; none when every amount is certain."""
    doubts = [
        (total.conditional, "sous réserve"),
        (total.estimated, "estimé faute de simulation" if total.estimated < 2 else "estimés faute de simulation"),
    ]
    said = [f"{number(count)} {words}" for count, words in doubts if count]
    if said:
        yield f"Dont {listed(said)}."
    if total.unknown:
        counted = plural(total.unknown, "montant inconnu compte", "montants inconnus comptent")
        yield f"{counted} pour zéro."
    if total.excluded:
        are = plural(total.excluded, "autre, inéligible ou écarté", "autres, inéligibles ou écartés")
        yield f"{are}, {'ne compte' if total.excluded < 2 else 'ne comptent'} pas."


def _by(least: Decimal, most: Decimal) -> str:
    return f"de {amount(least)}" if least == most else between(least, most)


def between(least: Decimal, most: Decimal) -> str:
    """De 34 650 € à 39 600 €; one amount when both are the same."""
    return amount(least) if least == most else f"de {amount(least)} à {amount(most)}"


def amount(value: Decimal) -> str:
    """34 650 €, or 34 650,40 €: cents when there are some."""
    return f"{number(int(value))}{NARROW}€" if value == int(value) else euros(float(value))


AWAITED: Final[Mapping[str, str]] = {
    Awaited.FEWER: "moins d’EIG recrutés que demandés : recrutez, ou saisissez « oui » dans Recrutement clos",
    Awaited.MORE: "plus d’EIG recrutés que demandés : corrigez Statut, Projet décidé ou Nombre d’EIG demandés",
    Awaited.COST: "coût d’un EIG à saisir : Coût réel, ou Années d’expérience",
    Awaited.START: "contrat d’un EIG à saisir : Début du contrat, et une Fin du contrat lisible s’il y en a une",
    Awaited.REVERSED: "contrat d’un EIG qui finit avant de commencer",
    Awaited.DOUBT: "cellules à vérifier : « Ce qui manque » dit lesquelles",
}
ORIGINS: Final[Mapping[Origin | None, str]] = {
    Origin.REAL: "coût réel, saisi",
    Origin.SIMULATED: "simulation du dossier, d’après l’expérience",
    Origin.ESTIMATED: "estimation, faute de simulation, d’après l’expérience",
    Origin.FLAT: "forfait par EIG",
    None: "inconnu : ni coût réel, ni expérience, qui se lisent",
}


def recruited_text(recruited: int, asked: float | None) -> str:
    """2 EIG recrutés sur 3 demandés."""
    of = "" if asked is None else f" sur {number(asked)} demandés" if asked > 1 else f" sur {number(asked)} demandé"
    return f"{plural(recruited, 'EIG recruté', 'EIG recrutés')}{of}"


def awaited_text(codes: Sequence[str]) -> str | None:
    """The data missing before the amount is settled; None without any."""
    return sentence(AWAITED[code] for code in codes)


def gap(settled: float, least: float, most: float) -> float:
    """How far an amount is over the provisional maximum (above 0) or under the minimum; 0 inside the range."""
    (lowest, highest), paid = sorted((exact(least), exact(most))), exact(settled)
    return float(max(paid - highest, Decimal(0)) or min(paid - lowest, Decimal(0)))


def gap_text(settled: float, least: float, most: float) -> str:
    """How an amount compares with its provisional range, in French."""
    foreseen = f"prévu : {between(exact(least), exact(most))}"
    away = gap(settled, least, most)
    if not away:
        return f"{foreseen} ; dans la fourchette" if least != most else foreseen
    side = "de plus que le maximum" if away > 0 else "de moins que le minimum"
    return f"{foreseen} ; {amount(abs(exact(away)))} {side}"
