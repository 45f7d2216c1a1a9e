"""The columns and rows of `Classement`."""

from __future__ import annotations

import pandas as pd

from eig_sheets.call.scoring import classement
from eig_sheets.call.scoring.calibration import Calibration
from eig_sheets.call.scoring.words import alert_texts
from eig_sheets.spreadsheet.model.sheet import Format, Tone
from eig_sheets.text.french import typographic
from eig_sheets.workbook import words
from tests.run.tables import by_header, column
from tests.workbook.snapshots import SCHEMA

CRITERIA = (("impact", "Impact"), ("equipe", "Équipe"))
COLUMNS = classement.columns(CRITERIA, (1, 4))
RANKING = pd.DataFrame(
    {
        "rank": [1, None],
        "numero": ["102", "101"],
        "note": [18.25, None],
        "impact": [3.5, None],
        "equipe": [4.0, None],
        "reviews": [3, 0],
        "reviews_expected": [4, 3],
        "stdev": [0.5, None],
        "expected_rank": [1.25, None],
        "interval_50": [(1, 2), None],
        "mass_50": [0.62, None],
        "interval_90": [(1, 7), None],
        "mass_90": [0.996, None],
        "p_selected": [0.93, None],
        "zone": ["deliberation", None],
        "hearts": [2, 0],
        "proposal": ["laureat", None],
        "proposal_reserves": [(), ()],
        "decision": ["Lauréat", None],
        "unranked_reason": [None, "sans_evaluation"],
        "alerts": [("ex_aequo",), ("peu_evaluations",)],
        "tie_break": ["equipe", None],
        "tied": [True, False],
    },
    dtype=object,  # codes are None where there is none, never NaN
)
DOSSIERS = pd.DataFrame(
    {"numero": ["101", "102"], "projet": ["Phare", "Bouée"], "administration": ["Direction des phares", "Douanes"]}
)
COFINANCING = pd.DataFrame({"numero": ["101", "102"], "status": ["non", "acquis"]})


BOUNDS = (0.25, 0.75)
CORRECTED = Calibration(*[pd.DataFrame()] * 3, components=())


def rows(ranking: pd.DataFrame = RANKING, places: int = 1, **moved: str) -> list[dict[str, object]]:
    texts = alert_texts(ranking, places, CORRECTED)
    return by_header(
        COLUMNS,
        classement.rows(
            ranking, DOSSIERS, COFINANCING, CRITERIA, texts, {f"{numero[1:]}": why for numero, why in moved.items()}
        ),
    )


def test_rows_come_in_official_order_with_the_project_of_their_own_number():
    assert [(row["Rang"], row["N° de dossier"], row["Nom du projet"], row["Co-financement"]) for row in rows()] == [
        (1, "102", "Bouée", "Conditions réunies"), (None, "101", "Phare", "Non demandé"),
    ]  # fmt: skip


def test_a_ranked_dossier_has_its_notes_intervals_and_proposal():
    row = rows()[0]
    assert (row["Note /20"], row["Impact"], row["Équipe"], row["Écart-type"]) == (18.25, 3.5, 4, 0.5)
    assert (row["Évaluations"], row["Coups de cœur"], row["Rang attendu"]) == ("3 / 4", 2, 1.25)
    assert (row["Intervalle 50 %"], row["Intervalle 90 %"]) == ("1 à 2 (62\u202f%)", "1 à 7 (> 99\u202f%)")
    assert (row["Probabilité de sélection"], row["Zone"]) == (0.93, "Délibération")
    assert (row["Proposition"], row["Décision"]) == ("Lauréat", "Lauréat")


def test_no_number_is_expected_of_a_dossier_that_nobody_reads_any_more():
    withdrawn = RANKING.assign(reviews=[1, 0], reviews_expected=[0, 0])
    assert [row["Évaluations"] for row in rows(withdrawn)] == ["1", "0"]


def test_alerts_tell_the_tie_break_and_why_a_dossier_has_no_rank():
    assert [row["Alertes"] for row in rows()] == [
        typographic("À égalité, départagé par « Équipe » ; ex aequo"),
        typographic("Non classé : aucune évaluation complète ; trop peu d’évaluations complètes"),
    ]


def test_a_dossier_without_a_note_is_blank_there():
    row = rows()[1]
    blank = ("Note /20", "Impact", "Écart-type", "Intervalle 50 %", "Zone", "Proposition", "Décision")
    assert [header for header in blank if row[header] is not None] == []


def test_the_criteria_are_columns_on_their_scale():
    assert [shown.header for shown in COLUMNS if shown.scale] == ["Impact", "Équipe"]
    assert column(COLUMNS, "Impact").scale == (1, 4)
    assert "1 à 4" in column(COLUMNS, "Impact").note


def test_zones_and_proposals_have_a_colour():
    for header, labels in (("Zone", words.ZONES), ("Proposition", words.PROPOSALS)):
        assert {word for word, _ in column(COLUMNS, header).tones} >= {*labels.values()}


def test_a_proposal_under_reserve_says_so_and_is_not_green():
    [row, _] = rows(RANKING.assign(proposal_reserves=[("peu_evaluations",), ()]))
    assert row["Proposition"] == "Lauréat (sous réserve)"
    [beside] = [robot.look for robot in SCHEMA.tab("candidatures").robot_fields if robot.id == "proposition"]
    for tones in (dict(column(COLUMNS, "Proposition").tones), dict(beside.tones)):
        assert (tones["Lauréat"], tones["Lauréat (sous réserve)"]) == (Tone.GOOD, Tone.DOUBT)


def test_places_for_everyone_are_said_as_many_or_more():
    everyone = RANKING.assign(alerts=[("autant_de_places",), ()], tie_break=[None, None])
    assert [rows(everyone, places)[0]["Alertes"] for places in (1, 20)] == [
        "Autant de places que de projets", "Plus de places que de projets",
    ]  # fmt: skip


def crowd(tied: int, count: int) -> pd.DataFrame:
    """A ranking of so many dossiers."""
    rows = {name: [value] * count for name, value in RANKING.iloc[0].items()}
    return pd.DataFrame(rows, dtype=object).assign(tied=[place < tied for place in range(count)], tie_break=None)


def test_when_most_dossiers_are_tied_it_is_said_once_above():
    many, few = (alert_texts(crowd(*ties), 20, CORRECTED) for ties in ((327, 353), (20, 39)))
    assert (list(many.of(["ex_aequo", "nsp"])), list(few.of(["ex_aequo"]))) == ([words.ALERTS["nsp"]], ["ex aequo"])
    assert few.once == ()
    [said] = many.once
    assert said.replace("\u202f", " ") == (
        "327 des 353 dossiers classés sont ex aequo avec un autre, tous les départages épuisés : leur rang ne dit pas "
        "lequel est devant."
    )
    assert column(fitted(crowd(327, 353)), "Rang").note.endswith(said)
    assert column(fitted(crowd(20, 39)), "Rang") == column(COLUMNS, "Rang")


def fitted(ranking: pd.DataFrame, bounds: tuple[float, float] = BOUNDS):
    return classement.fitted(COLUMNS, ranking, bounds, alert_texts(ranking, 20, CORRECTED))


def test_the_format_of_probabilities_follows_them():
    header = "Probabilité de sélection"
    for p_selected, format_ in (
        ([0.93, None], Format.PROBABILITY), ([0.7501, None], Format.PROBABILITY_2), ([1.0, None], Format.PERCENT),
    ):  # fmt: skip
        assert column(fitted(RANKING.assign(p_selected=p_selected)), header).format is format_
    unchanged = [shown for shown in fitted(RANKING) if shown.header != header]
    assert unchanged == [shown for shown in COLUMNS if shown.header != header]


def test_the_note_of_the_zone_has_its_bounds():
    said = column(fitted(RANKING, (0.2, 0.805)), "Zone").note.replace("\u202f", " ")
    assert "de 20 % à 80,5 %, bornes comprises" in said
