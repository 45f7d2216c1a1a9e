"""The table of `rank --calibration`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from eig_sheets.campaign.simulation import SITUATIONS, points
from eig_sheets.domain.calibration.performance import Bin, Estimate, Performance
from eig_sheets.domain.calibration.simulated_campaigns import Situation
from eig_sheets.domain.calibration.simulation import Simulation
from eig_sheets.text.french import number, plural, typographic
from eig_sheets.workbook.table import Col, Table, plain

Row = tuple[Situation, Performance]
_PLACE_DECIMALS, _SHARE_DECIMALS = 3, 4


def campaigns_text(pairs: int) -> str:
    """The step that is shown while campaigns are simulated."""
    count = 2 * pairs * len(Situation)
    return f"Simulation de {plural(count, 'campagne')}, une demi-minute ou un peu plus"


def calibration_table(simulation: Simulation) -> Table[Row]:
    """A row for each situation: means over `campaigns`, and in `…_error` their standard errors; for people, words.

    `hits`: the places that go to the truly best, by expected rank, by note (`raw_hits`), by lot (`chance_hits`);
    `common`, `raw_common`: the places common to two juries; `coverage_90`: the share of true ranks that are in the 90 %
    interval; `unlikely_…`: what was said at P between 0.02 and 0.10, how many, on average, and how often it came true;
    `calibration_gap`: the mean difference between P and how often it came true; `bins`: the same by bins of P. Null
    where there is nothing to average.
    """
    return Table(
        Col("situation", value=lambda row: row[0].value),
        Col("dossiers", value=lambda _: simulation.dossiers),
        Col("places", value=lambda _: simulation.places),
        Col("campaigns", value=lambda row: row[1].campaigns),
        *_estimate("hits", lambda mean: mean.corrected, _PLACE_DECIMALS),
        *_estimate("raw_hits", lambda mean: mean.raw, _PLACE_DECIMALS),
        Col("chance_hits", value=lambda _: round(simulation.by_chance, _PLACE_DECIMALS)),
        *_estimate("common", lambda mean: mean.corrected_common, _PLACE_DECIMALS),
        *_estimate("raw_common", lambda mean: mean.raw_common, _PLACE_DECIMALS),
        *_estimate("coverage_90", lambda mean: mean.coverage),
        Col("unlikely_count", value=lambda row: row[1].unlikely.count),
        Col("unlikely_said", value=lambda row: _rounded(row[1].unlikely.said)),
        *_estimate("unlikely_came_true", lambda mean: mean.unlikely.came_true),
        Col("calibration_gap", value=lambda row: _rounded(row[1].calibration_gap)),
        Col("bins", value=lambda row: [_bin(interval) for interval in row[1].bins]),
        *_FOR_PEOPLE,
    )


def _estimate(
    key: str, estimate: Callable[[Performance], Estimate], decimals: int = _SHARE_DECIMALS
) -> tuple[Col[Row], Col[Row]]:
    return (
        Col(key, value=lambda row: _rounded(estimate(row[1]).value, decimals)),
        Col(f"{key}_error", value=lambda row: _rounded(estimate(row[1]).error, decimals)),
    )


def _bin(interval: Bin) -> dict[str, float | None]:
    return {
        "low": interval.low,
        "high": interval.high,
        "count": interval.count,
        "said": _rounded(interval.said),
        "came_true": _rounded(interval.came_true.value),
        "came_true_error": _rounded(interval.came_true.error),
    }


def _rounded(value: float, decimals: int = _SHARE_DECIMALS) -> float | None:
    rounded: float | None = plain(round(value, decimals))
    return rounded


def _text(key: str, header: str, text: Callable[[Performance], str]) -> Col[Row]:
    return Col(key, typographic(header), lambda row: text(row[1]), for_programs=False)


def _percent(share: float) -> str:
    return typographic(f"{number(100 * share, 0)} %")


_FOR_PEOPLE: Final[tuple[Col[Row], ...]] = (
    Col("said", "Si…", lambda row: SITUATIONS[row[0]], for_programs=False),
    _text("corrected", "Bien données, rang attendu", lambda mean: number(mean.corrected.value, 1)),
    _text("raw", "Bien données, note", lambda mean: number(mean.raw.value, 1)),
    _text("common", "Communes, rang attendu", lambda mean: number(mean.corrected_common.value, 1)),
    _text("raw_common", "Communes, note", lambda mean: number(mean.raw_common.value, 1)),
    _text("coverage", "Vrai rang dans l’intervalle à 90 %", lambda mean: _percent(mean.coverage.value)),
    _text(
        "unlikely", "Dit de 2 à 10 %, arrive",
        lambda mean: _percent(mean.unlikely.came_true.value) if mean.unlikely.count else "rien n’a été dit",
    ),
    _text("gap", "Écart moyen de la probabilité", lambda mean: points(mean.calibration_gap)),
)  # fmt: skip
