"""The records of `rank --calibration`: JSON for programs, lines for people."""

from __future__ import annotations

from typing import Any

from eig_sheets.campaign.simulation import SITUATIONS, points
from eig_sheets.cli.output import jsonable
from eig_sheets.domain.calibration.performance import Bin, Estimate, Performance
from eig_sheets.domain.calibration.simulated_campaigns import Situation
from eig_sheets.domain.calibration.simulation import Simulation
from eig_sheets.text.french import number, plural, typographic

HEADERS = {
    "said": "Si…",
    "corrected": "Bien données, rang attendu",
    "raw": "Bien données, note",
    "common": "Communes, rang attendu",
    "raw_common": "Communes, note",
    "coverage": typographic("Vrai rang dans l’intervalle à 90 %"),
    "unlikely": typographic("Dit de 2 à 10 %, arrive"),
    "gap": "Écart moyen de la probabilité",
}
_PLACE_DECIMALS, _SHARE_DECIMALS = 3, 4


def campaigns_text(pairs: int) -> str:
    """What is shown while it lasts."""
    count = 2 * pairs * len(Situation)
    return f"Simulation de {plural(count, 'campagne')}, une demi-minute ou un peu plus"


def records(simulation: Simulation) -> list[dict[str, Any]]:
    """One record for each situation: means over `campaigns`, and in `…_error` their standard errors.

    `hits`: the places that go to the truly best, by expected rank, by note (`raw_hits`), by lot (`chance_hits`);
    `common`, `raw_common`: the places common to two juries; `coverage_90`: the share of true ranks that are in the 90 %
    interval; `unlikely_…`: what was said at P between 0.02 and 0.10, how many, on average, and how often it came true;
    `calibration_gap`: the mean difference between P and how often it came true; `bins`: the same by bins of P. Null
    where there is nothing to average.
    """
    return [
        {
            "situation": situation.value,
            "dossiers": simulation.dossiers,
            "places": simulation.places,
            "campaigns": found.campaigns,
            **_estimate("hits", found.corrected, _PLACE_DECIMALS),
            **_estimate("raw_hits", found.raw, _PLACE_DECIMALS),
            "chance_hits": round(simulation.by_chance, _PLACE_DECIMALS),
            **_estimate("common", found.corrected_common, _PLACE_DECIMALS),
            **_estimate("raw_common", found.raw_common, _PLACE_DECIMALS),
            **_estimate("coverage_90", found.coverage),
            **{f"unlikely_{key}": value for key, value in _bin(found.unlikely).items() if key not in ("low", "high")},
            "calibration_gap": _rounded(found.calibration_gap),
            "bins": [_bin(one) for one in found.bins],
        }
        for situation, found in simulation.by_situation.items()
    ]


def _estimate(name: str, estimate: Estimate, decimals: int = _SHARE_DECIMALS) -> dict[str, float | None]:
    return {name: _rounded(estimate.value, decimals), f"{name}_error": _rounded(estimate.error, decimals)}


def _bin(one: Bin) -> dict[str, float | None]:
    said = {"low": one.low, "high": one.high, "count": one.count, "said": _rounded(one.said)}
    return said | _estimate("came_true", one.came_true)


def _rounded(value: float, decimals: int = _SHARE_DECIMALS) -> float | None:
    found: float | None = jsonable(round(value, decimals))
    return found


def lines(simulation: Simulation) -> list[dict[str, Any]]:
    """The table for people: a line for each situation."""
    return [{"said": SITUATIONS[situation], **_line(found)} for situation, found in simulation.by_situation.items()]


def _line(found: Performance) -> dict[str, str]:
    return {
        "corrected": number(found.corrected.value, 1),
        "raw": number(found.raw.value, 1),
        "common": number(found.corrected_common.value, 1),
        "raw_common": number(found.raw_common.value, 1),
        "coverage": _percent(found.coverage.value),
        "unlikely": _percent(found.unlikely.came_true.value) if found.unlikely.count else "rien n’a été dit",
        "gap": points(found.calibration_gap),
    }


def _percent(share: float) -> str:
    return typographic(f"{number(100 * share, 0)} %")
