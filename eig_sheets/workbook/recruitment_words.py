"""French texts about a co-financing after recruitment: what is awaited, the source of costs, the gap to the range."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from eig_sheets.domain.costs import exact
from eig_sheets.domain.recruitment import Awaited, Origin
from eig_sheets.text.french import number, plural
from eig_sheets.workbook.cofinancing_texts import amount, between
from eig_sheets.workbook.render.cells import sentence

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
    """What is missing before the amount is settled; None when nothing is."""
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
