"""The table of `rank`: its JSON is a contract."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.report.open_points import LEFT_ASIDE, left_aside
from eig_sheets.call.scoring.calibration.performance import Bin, Estimate, Performance, Simulation
from eig_sheets.call.scoring.calibration.simulated_campaigns import Situation
from eig_sheets.call.scoring.classement import interval, reviews_text
from eig_sheets.call.scoring.explain_rank import SELECTED
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.call.scoring.simulation import SITUATIONS, points
from eig_sheets.call.scoring.words import alert_texts, style_of
from eig_sheets.call.selection.selection import SELECTION
from eig_sheets.call.selection.words import moved_texts
from eig_sheets.campaign.explanation_lines import EXPLANATION, Line
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.config import Campaign
from eig_sheets.text.french import number, plural, typographic
from eig_sheets.workbook import words
from eig_sheets.workbook.cells import sentence
from eig_sheets.workbook.table import Col, Table, plain

RankRow = Mapping[Any, Any]
"""What the ranking says of a dossier, with its project; `left_aside`: why no result counts it."""


def ranked(results: Results) -> list[RankRow]:
    """A row for each dossier, in official order."""
    dossiers = results.of(APPLICATIONS).dossiers.set_index("numero")[["projet", "administration"]]
    rows = results.of(SCORES).ranking.join(dossiers, on="numero").to_dict("records")
    return [{key: plain(value) for key, value in row.items()} | {"left_aside": None} for row in rows]


def rows_left_aside(reading: Reading, results: Results) -> list[RankRow]:
    """A row for each dossier that was received and that no result counts."""
    return [
        {
            **dict.fromkeys(results.of(SCORES).ranking.columns),
            "numero": dossier.numero,
            "projet": dossier.name or None,
            "administration": dossier.administration or None,
            "reviews": 0,
            "reviews_expected": 0,
            "alerts": [],
            "proposal_reserves": [],
            "unranked_reason": LEFT_ASIDE,
            "left_aside": typographic(dossier.text),
        }
        for dossier in left_aside(reading)
    ]


def rank_table(results: Results, campaign: Campaign) -> Table[RankRow]:
    """The table of the ranking: people have French words, and all remarks in one column."""
    style = style_of(results.of(SCORES).ranking["p_selected"], campaign.ranking.zone)
    texts = alert_texts(results.of(SCORES).ranking, campaign.campaign.target, results.of(SCORES).calibration)
    moved = moved_texts(results.of(SELECTION))

    def remarks(row: RankRow) -> str | None:
        if row["left_aside"]:
            return typographic(f"{words.LEFT_ASIDE} ({row['left_aside']})")
        reasons = [words.UNRANKED[row["unranked_reason"]]] if row["unranked_reason"] else []
        reasons += [moved[row["numero"]]] if row["numero"] in moved else []
        return sentence([*reasons, *texts.of(row["alerts"])])

    return Table(
        Col("rank", "Rang"),
        Col("dossier", "Dossier", lambda row: row["numero"]),
        Col("project", "Projet", lambda row: row["projet"]),
        Col("administration"),
        Col("note", "Note /20"),
        Col("criteria", value=lambda row: {criterion.id: row.get(criterion.id) for criterion in campaign.criteria}),
        Col("reviews", "Évaluations", people=lambda row: reviews_text(row["reviews"], row["reviews_expected"])),
        Col("reviews_expected"),
        Col("stdev"),
        Col("expected_rank", "Rang attendu"),
        Col("interval_50"),
        Col("mass_50"),
        Col("interval_90"),
        Col("mass_90"),
        Col(
            "interval", typographic("Intervalle 50 %"), lambda row: interval(row["interval_50"], row["mass_50"]),
            for_programs=False,
        ),
        Col("p_selected"),
        Col(
            "selected", "Sélection",
            lambda row: None if row["p_selected"] is None else style.text(row["p_selected"]), for_programs=False,
        ),
        Col("zone", "Zone", people=lambda row: words.ZONES.get(row["zone"])),
        Col(
            "proposal", "Proposition",
            people=lambda row: words.proposal_text(row["proposal"], row["proposal_reserves"]),
        ),
        Col("decision", "Décision"),
        Col("alerts"),
        Col("unranked_reason"),
        Col("proposal_reserves"),
        Col("left_aside"),
        Col("remarks", "Alertes", remarks, for_programs=False),
    )  # fmt: skip


def rank_explanation(reading: Reading, results: Results) -> Table[Line]:
    """The table of the explanation of a rank: people see its probability as the ranking shows it."""
    style = style_of(results.of(SCORES).ranking["p_selected"], reading.campaign.ranking.zone)

    def value(line: Line) -> Any:
        return style.text(line["value"]) if line["what"] == SELECTED else line["value"]

    return Table(*(Col("value", "Valeur", people=value) if column.key == "value" else column for column in EXPLANATION))


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
