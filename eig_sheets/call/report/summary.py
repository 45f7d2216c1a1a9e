"""The summary at the head of the jury's page, and the numbers of its sentences, in French."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from eig_sheets.call.report.projects import MOST_SHOWN
from eig_sheets.call.report.view import JuryView
from eig_sheets.call.scoring.calibration import Uncorrected, Zone
from eig_sheets.call.scoring.words import everyone_fits_text
from eig_sheets.text.french import NARROW, euros, number, percent, plural, typographic
from eig_sheets.workbook import words

_CONNECT_GROUPS: Final = (
    "Pour y remédier, remplissez « Groupe » dans l’onglet Jury si ce sont des groupes, ou faites évaluer quelques "
    "dossiers par des jurés de l’autre partie. "
)


def essentials(view: JuryView) -> Iterator[str]:
    """The main findings, one or two sentences each."""
    yield from map(typographic, _essentials(view))


def _essentials(view: JuryView) -> Iterator[str]:
    if not view.ranked:
        yield "Aucun dossier n’est classé pour l’instant."
    elif view.everyone_fits:
        yield _everyone_fits_sentence(view)
    if view.reason is not None:
        remedy = _CONNECT_GROUPS if view.reason is Uncorrected.DISCONNECTED else ""
        why = words.UNCORRECTED[view.reason]
        yield f"Pas de rang corrigé : {why}. {remedy}Le classement est celui des notes, sans intervalle."
    yield from view.said_once
    yield from view.selection
    if view.contradicted:
        yield _contradiction_sentence(view.contradicted)
    if view.zones:
        yield _deliberation_sentence(dict(view.zones)[Zone.DELIBERATION], view.zone_bounds)
    if len(view.projects) < view.ranked:
        yield (
            f"Cette page montre les {number(MOST_SHOWN)} dossiers les plus proches de la dernière place, sur "
            f"{number(view.ranked)} ; tous sont dans l’onglet « Classement »."
        )


def _contradiction_sentence(contradicted: int) -> str:
    have = plural(contradicted, "dossier a", "dossiers ont")
    return f"{have} une proposition et une zone qui se contredisent : c’est par là qu’il faut commencer."


def _deliberation_sentence(doubtful: int, bounds: tuple[float, float]) -> str:
    if not doubtful:
        limits = " et ".join(map(percent, bounds))
        return f"Aucun dossier n’est en zone « Délibération » : aucune probabilité de sélection n’est entre {limits}."
    between_bounds = " à ".join(map(percent, bounds))
    are = plural(doubtful, "dossier est", "dossiers sont")
    return (
        f"{are} en zone « Délibération » : la probabilité de sélection y est de {between_bounds}. C’est là que le "
        "jury a le plus à dire."
    )


def _everyone_fits_sentence(view: JuryView) -> str:
    least = "" if view.min_note is None else f" la note minimale ({number(view.min_note)} sur 20) et"
    carries = "portent" if least else "porte"
    fits = everyone_fits_text(view.ranked, view.target).capitalize()
    return (
        f"{fits} : {plural(view.ranked, 'dossier classé', 'dossiers classés')} pour {plural(view.target, 'place')}. Le "
        f"rang n’élimine donc personne ;{least} la majorité des avis {carries} la proposition."
    )


def official(view: JuryView) -> str:
    """The sentence on which of the two rankings is the official one."""
    if view.by_expected_rank:
        return typographic("Le rang officiel suit le rang attendu ; la note brute reste à côté.")
    return "Le rang officiel suit la moyenne des notes, sans correction."


def money(view: JuryView) -> Iterator[str]:
    """The sentences on the co-financing of the first dossiers."""
    yield from map(typographic, _money(view))


def _money(view: JuryView) -> Iterator[str]:
    sums = view.sums
    if sums is None:
        return
    first = min(view.target, view.ranked)
    yield f"{firsts(first)} : {between(*sums.selected)} de co-financement."
    if sums.envelope is None:
        yield "L’enveloppe n’est pas renseignée : rien ne dit où elle s’arrête."
    elif sums.covered is not None:
        surely, perhaps = (firsts(count).lower() for count in sums.covered)
        best = "" if surely == perhaps else f", au mieux {perhaps}"
        yield f"L’enveloppe est de {amount(sums.envelope)} : elle couvre sûrement {surely}{best}."
    if sums.unknown:
        counted = plural(sums.unknown, "dossier sans montant connu compte", "dossiers sans montant connu comptent")
        yield f"{counted} pour zéro."
    if sums.estimated:
        estimated = plural(sums.estimated, "montant est estimé", "montants sont estimés")
        yield f"{estimated}, faute de simulation financière."


def firsts(count: int) -> str:
    """Le premier dossier; les 12 premiers dossiers; aucun dossier."""
    if count < 2:
        return "Le premier dossier" if count else "Aucun dossier"
    return f"Les {number(count)} premiers dossiers"


def between(least: float, most: float) -> str:
    """34 650 € à 39 600 €; one amount when both are the same."""
    return amount(least) if least == most else f"{amount(least)} à {amount(most)}"


def amount(value: float) -> str:
    """34 650 €, or 34 650,40 €: cents when there are some."""
    return f"{number(value)}{NARROW}€" if value == int(value) else euros(value)


def ranks(interval: tuple[int, int]) -> str:
    """(3, 7) → 3 à 7."""
    low, high = interval
    return str(low) if low == high else f"{low} à {high}"


def signed(value: float) -> str:
    """0.52 → +0,52; −0,40 as it is."""
    return ("+" if value > 0 else "") + number(value, 2)
