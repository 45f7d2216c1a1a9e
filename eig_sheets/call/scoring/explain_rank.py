"""Explanation of a rank, in French: corrected rank, contribution of each criterion, neighbours, sensitivity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from eig_sheets.call.scoring.calibration import Calibration, Zone
from eig_sheets.call.scoring.rules_scoring import OUT_OF
from eig_sheets.call.scoring.scores import SCORES, ballots
from eig_sheets.call.scoring.sensitivity import Contribution, Gap, RankAnalysis, Scenario, analyse_rank, scenarios
from eig_sheets.call.scoring.sensitivity_texts import change_text
from eig_sheets.call.scoring.words import ProbabilityStyle, everyone_fits_text, style_of
from eig_sheets.campaign.results import Results
from eig_sheets.config import Campaign
from eig_sheets.domain.rules import ScoringRules
from eig_sheets.text.french import listed, listed_first, number, percent, plural
from eig_sheets.workbook import words

SELECTED: Final = "Probabilité de sélection"
_ZONES = {
    Zone.IN: "sa probabilité de sélection ({chance}) dépasse {high}",
    Zone.DELIBERATION: "sa probabilité de sélection ({chance}) est de {low} à {high}, bornes comprises",
    Zone.OUT: "sa probabilité de sélection ({chance}) est inférieure à {low}",
}


class Explanation(NamedTuple):
    """One line of an explanation; `rules` are the keys of the configuration that it comes from."""

    label: str
    value: object
    formula: str
    rules: tuple[str, ...] = ()


def explanation_of(row: dict[str, Any], results: Results, campaign: Campaign) -> Iterator[Explanation]:
    """The lines about the place of a ranked dossier; `row` is its row in `results.ranking`."""
    places = campaign.campaign.target
    cast, official = ballots(results, campaign, official=False), ballots(results, campaign)
    yield from _corrected(row, results, campaign)
    place = analyse_rank(row["numero"], cast, places)
    yield from _contributions(place.contributions, campaign)
    yield from _neighbours(place)
    yield from _sensitivity(row["numero"], row["rank"] <= places, scenarios(official, places), campaign)


def _corrected(row: dict[str, Any], results: Results, campaign: Campaign) -> Iterator[Explanation]:
    calibration = results.of(SCORES).calibration
    places = min(campaign.campaign.target, len(calibration.dossiers))
    if calibration.reason is not None:
        yield Explanation("Rang attendu", None, uncorrected(calibration))
        return
    (low, high), inside = row["interval_90"], ProbabilityStyle().text(row["mass_90"])
    others = plural(len(calibration.dossiers) - 1, "autre")
    formula = f"1 + la somme, pour les {others}, de la probabilité d’être meilleur ; à {inside} entre {low} et {high}"
    yield Explanation("Rang attendu", float(row["expected_rank"]), formula, ("ranking.method",))
    yield _corrected_note(row, results, campaign.scoring)
    chance = f"probabilité que son rang soit au plus {places}, sévérités et désaccords compris"
    yield Explanation(SELECTED, float(row["p_selected"]), chance, ("campaign.target",))
    if calibration.line is None:
        yield Explanation("Zone", None, everyone_fits_text(len(calibration.dossiers), campaign.campaign.target))
        return
    zone, bounds = Zone(row["zone"]), campaign.ranking.zone
    chance = style_of(results.of(SCORES).ranking["p_selected"], bounds).text(row["p_selected"])
    low, high = map(percent, bounds)
    yield Explanation(
        "Zone", words.ZONES[zone], _ZONES[zone].format(chance=chance, low=low, high=high), ("ranking.zone",)
    )


def _corrected_note(row: dict[str, Any], results: Results, scoring: ScoringRules) -> Explanation:
    own = results.of(SCORES).evaluated[
        (results.of(SCORES).evaluated["numero"] == row["numero"]) & results.of(SCORES).evaluated["note"].notna()
    ]
    severity = float(own["jure"].map(results.of(SCORES).calibration.jurors["severity"]).mean())
    estimate = results.of(SCORES).calibration.dossiers.loc[row["numero"]]
    formula = (
        f"ce que donnerait un juré moyen : la note {number(row['note'], 2)}, plus la sévérité moyenne de ses jurés "
        f"({signed(severity)}), rapprochée de la moyenne de tous d’autant plus que les évaluations sont peu nombreuses "
        f"ou dispersées ; erreur type {number(estimate['corrected_error'], 2)}"
    )
    lowest, highest = OUT_OF * scoring.min / scoring.max, OUT_OF
    if estimate["corrected"] in (lowest, highest):
        formula += f" ; jamais hors de l’échelle, de {number(lowest)} à {number(highest)}"
    return Explanation("Note corrigée /20", float(estimate["corrected"]), formula)


def uncorrected(calibration: Calibration) -> str:
    """The reason why there is no corrected ranking, and the parts of the jury; '' when there is one."""
    if calibration.reason is None:
        return ""
    reason = words.UNCORRECTED[calibration.reason]
    if calibration.reason in words.ALERTS and len(calibration.components) > 1 and _several(calibration):
        sides = [
            f"{listed_first(component.jurors)} ({plural(len(component.dossiers), 'dossier')})"
            for component in calibration.components
        ]
        return f"{reason} ; d’un côté {' ; de l’autre '.join(sides)}"
    return reason


def reliability(calibration: Calibration) -> str:
    """Sentences on how to read severities and on the reliability of notes, for a calibration that has a ranking."""
    spreads = calibration.spreads
    if calibration.reliability is None or spreads is None:
        return ""
    between_groups = "" if spreads.panels is None else f"{number(spreads.panels, 2)} entre groupes, "
    return (
        "une sévérité est ce qu’un juré retire à la note, par rapport à un juré moyen : au-dessus de 0, sévère ; "
        f"fiabilité de la note d’un dossier : {number(calibration.reliability, 2)} sur 1 ; écarts-types estimés, en "
        f"points sur 20 : {number(spreads.dossiers, 2)} entre dossiers, {number(spreads.jurors, 2)} entre jurés, "
        f"{between_groups}{number(spreads.noise, 2)} de désaccord"
    )


def _several(calibration: Calibration) -> bool:
    """Whether some dossier has two jurors: only then are groups of dossiers worth naming."""
    return any(len(component.jurors) > 1 for component in calibration.components)


def signed(points: float) -> str:
    """A signed number in French: 0.314 → +0,31."""
    text = number(points, 2)
    return f"+{text}" if points >= 0 else text


def _contributions(contributions: Sequence[Contribution], campaign: Campaign) -> Iterator[Explanation]:
    for label, selected in (
        ("Ce qui l’élève", [part for part in contributions if part.points > 0]),
        ("Ce qui l’abaisse", [part for part in contributions if part.points < 0]),
    ):
        if selected:
            formula = " ; ".join(_contribution_text(part, campaign) for part in selected)
            yield Explanation(label, round(sum(part.points for part in selected), 4), formula, ("criteria.weight",))


def _contribution_text(part: Contribution, campaign: Campaign) -> str:
    means = f"{number(round(part.mean or 0, 2))} en moyenne, {number(round(part.average or 0, 2))} pour l’ensemble"
    return f"{campaign.labels[part.criterion]} {signed(part.points)} point ({means})"


def _neighbours(place: RankAnalysis) -> Iterator[Explanation]:
    if place.tied:
        yield Explanation("À égalité, par la note", listed(place.tied), "même note, et mêmes moyennes de départage")
    for label, gap, rival in (
        ("Devant lui, par la note", place.above, place.above and place.above.ahead),
        ("Derrière lui, par la note", place.below, place.below and place.below.numero),
    ):
        if gap is not None:
            yield Explanation(
                label, rival, _gap_text(gap, "il lui manque" if gap is place.above else "il manque à celui-ci")
            )
    if place.line is not None:
        outside = place.line.numero == place.numero
        label, rival = ("Pour entrer dans les places", place.line.ahead) if outside else (
            "Avant de sortir des places", place.line.numero
        )  # fmt: skip
        who = "il lui manque" if outside else "il manque au premier qui n’y est pas"
        yield Explanation(label, rival, _gap_text(place.line, who), ("campaign.target",))


def _gap_text(gap: Gap, who: str) -> str:
    if gap.points == 0:
        return "même note : le départage décide"
    points, points_per_evaluation = _points_text(gap.points), _points_text(gap.points_per_evaluation)
    formula = f"{who} {points} sur la note pour être à égalité, soit {points_per_evaluation} sur "
    formula += f"une de ses {gap.reviews} évaluations" if gap.reviews > 1 else "son évaluation"
    return formula if gap.reachable else f"{formula} : aucune n’a cette marge jusqu’à 20"


def _points_text(points: float) -> str:
    return f"{number(round(points, 4))} point{'s' if points >= 2 else ''}"


def _sensitivity(numero: str, within: bool, tested: Sequence[Scenario], campaign: Campaign) -> Iterator[Explanation]:
    moved = [scenario for scenario in tested if numero in (scenario.leaves if within else scenario.enters)]
    stays = "dans les places" if within else "hors des places"
    if not tested:
        return
    if not moved:
        formula = f"reste {stays} quoi qu’on change : chaque critère retiré ou compté double, chaque juré écarté"
    else:
        formula = f"{'sort des' if within else 'entre dans les'} places " + " ; ".join(
            change_text(scenario.change, campaign.labels.get(scenario.subject, scenario.subject)) for scenario in moved
        )
    yield Explanation(
        "Ce qui changerait son sort", f"{plural(len(moved), 'essai')} sur {len(tested)}", formula, ("criteria.weight",)
    )
