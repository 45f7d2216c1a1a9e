"""The table of `rank`: its JSON is a contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eig_sheets.campaign.explain_rank import SELECTED
from eig_sheets.campaign.explanation_lines import EXPLANATION, Line
from eig_sheets.campaign.open_points import LEFT_ASIDE, left_aside
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.selection_texts import moved_texts
from eig_sheets.config import Campaign
from eig_sheets.text.french import typographic
from eig_sheets.workbook import words
from eig_sheets.workbook.alerts import alert_texts
from eig_sheets.workbook.probabilities import style_of
from eig_sheets.workbook.render.cells import sentence
from eig_sheets.workbook.render.classement import interval, reviews_text
from eig_sheets.workbook.table import Col, Table, plain

RankRow = Mapping[Any, Any]
"""What the ranking says of a dossier, with its project; `left_aside`: why no result counts it."""


def ranked(results: Results) -> list[RankRow]:
    """A row for each dossier, in official order."""
    dossiers = results.dossiers.set_index("numero")[["projet", "administration"]]
    rows = results.ranking.join(dossiers, on="numero").to_dict("records")
    return [{key: plain(value) for key, value in row.items()} | {"left_aside": None} for row in rows]


def rows_left_aside(reading: Reading, results: Results) -> list[RankRow]:
    """A row for each dossier that was received and that no result counts."""
    return [
        {
            **dict.fromkeys(results.ranking.columns),
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
    style = style_of(results.ranking["p_selected"], campaign.ranking.zone)
    texts = alert_texts(results.ranking, campaign.campaign.target, results.calibration)
    moved = moved_texts(results.selection)

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
    style = style_of(results.ranking["p_selected"], reading.campaign.ranking.zone)

    def value(line: Line) -> Any:
        return style.text(line["value"]) if line["what"] == SELECTED else line["value"]

    return Table(*(Col("value", "Valeur", people=value) if column.key == "value" else column for column in EXPLANATION))
