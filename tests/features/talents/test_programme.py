"""The programme around the call on five days, in numbers; and what holds of it on any day."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets import loading
from eig_sheets.campaign.reading import read
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.sample import sheets as sample_sheets
from eig_sheets.sample import write_config
from eig_sheets.sample.sources import professions_of
from tests.effort import first
from tests.sample.days import DAYS, EVERY_DAY, counts, tables
from tests.sample.support import EIG5, schema, snapshot

OPENED, JURY, DECIDED, TEAMS, UNDER_WAY = DAYS
WISHES = ["voeu_1", "voeu_2", "voeu_3"]
REFUSED = {"Non retenu", "Désisté", "Liste d’attente"}
RECRUITED = {
    "Développeur": 11, "Designer": 11, "Data engineer": 7, "Data scientist": 6, "Juriste du numérique": 3,
    "Product manager": 1,
}  # fmt: skip


@pytest.mark.slow
def test_the_numbers_of_talents_on_each_day():
    assert [counts(day, "talents", "statut") for day in DAYS] == [
        {},
        {"": 449},
        {"": 471},
        {"Non retenu": 407, "Retenu": 27, "Auditionné": 25, "Liste d’attente": 12},
        {"Non retenu": 431, "Retenu": 39, "Désisté": 1},
    ]


def test_the_numbers_of_the_other_tabs_on_each_day():
    sizes = [{tab: len(tables(day)[tab]) for tab in ("jury", "evaluations_talents")} for day in DAYS]
    assert sizes == [
        {"jury": 0, "evaluations_talents": 0},
        {"jury": 22, "evaluations_talents": 0},
        {"jury": 22, "evaluations_talents": 0},
        {"jury": 45, "evaluations_talents": 480},
        {"jury": 45, "evaluations_talents": 480},
    ]
    assert [counts(day, "candidatures", "decision").get("Lauréat", 0) for day in DAYS] == [0, 0, 5, 17, 16]


def test_as_many_are_heard_and_recruited_as_in_the_fifth_promotion():
    talents, reviews = tables(UNDER_WAY)["talents"], tables(UNDER_WAY)["evaluations_talents"]
    assert len(talents) == talents["candidature"].nunique() == talents["email"].nunique() == 471
    assert reviews["candidature"].nunique() == talents["audition"].notna().sum() == 96
    assert {*pd.to_datetime(talents["audition"].dropna()).dt.day} == {7, 8, 9, 14, 15}
    assert reviews.loc[reviews["jure"] != "personne.d.autre@exemple.invalid", "jure"].nunique() == 36
    recruited = talents[talents["statut"] == "Retenu"]
    assert recruited["metier"].value_counts().to_dict() == RECRUITED
    teams = recruited["projet_decide"].value_counts()
    assert teams.value_counts().to_dict() == {2: 9, 3: 7}


def test_each_real_project_gets_whom_it_asked_for():
    dossiers, talents = tables(UNDER_WAY)["candidatures"], tables(UNDER_WAY)["talents"]
    teams = talents[talents["statut"] == "Retenu"].groupby("projet_decide")["metier"].agg(sorted).to_dict()
    laureates = dossiers[(dossiers["decision"] == "Lauréat") & (dossiers["projet"] != "Tampon Zéro")]
    assert len(laureates) == 15
    assert {row.projet: teams[row.numero] for row in laureates.itertuples()} == {
        row.projet: sorted(professions_of()[row.projet]) for row in laureates.itertuples()
    }


def test_who_gives_up_after_being_chosen_is_replaced():
    [gone] = tables(UNDER_WAY)["talents"].query("statut == 'Désisté'").itertuples()
    before = tables(TEAMS)["talents"].set_index("candidature").loc[gone.candidature]
    assert (before["statut"], gone.projet_decide) == ("Retenu", None)
    team = tables(UNDER_WAY)["talents"].query("statut == 'Retenu' and projet_decide == @before.projet_decide")
    [late] = team[team["debut_contrat"] > pd.Timestamp(2021, 9, 13)].itertuples()
    assert (late.metier, len(team)) == (before["metier"], 2)
    waiting = tables(TEAMS)["talents"].set_index("candidature").loc[late.candidature]
    assert waiting["statut"] == "Liste d’attente"


TALENTS = {"note_hors_echelle": 1, "jure_inconnu": 1}
"""The anomalies of the tabs of talents, once they were heard."""


@pytest.mark.slow
@pytest.mark.parametrize("day", first(3, [UNDER_WAY, JURY, OPENED, DECIDED, TEAMS]), ids=str)
def test_check_finds_in_these_tabs_what_the_story_has_wrong(day: date):
    whole = read(snapshot(sample_sheets(schema(), day=day)), EIG5)
    assert whole.problems == ()
    tabs = {"Talents", "Évaluations talents", "Créneaux", "Suivi", "Jury"}
    codes = (
        pd.Series([anomaly.code for anomaly in whole.anomalies if anomaly.tab in tabs], dtype=object)
        .value_counts()
        .to_dict()
    )
    assert codes == (TALENTS if day >= TEAMS else {})


# ---- On any day


@pytest.mark.slow
@given(st.sampled_from(EVERY_DAY))
def test_no_candidate_is_ahead_of_time(day: date):
    talents = tables(day)["talents"]
    assert (talents["date_depot"] < pd.Timestamp(day + timedelta(1))).all()
    state, chose = talents["statut"], talents[WISHES].notna().any(axis=1)
    assert day >= date(2021, 5, 10) or state.isna().all()
    assert day >= date(2021, 5, 24) or not chose.any()
    assert not (talents["audition"].notna() & ~chose).any()
    heard = state == "Auditionné"
    assert (talents.loc[heard, "audition"] < pd.Timestamp(day + timedelta(1))).all()
    assert state[talents["projet_decide"].notna()].isin(["Retenu"]).all()
    assert talents.loc[state == "Retenu", "projet_decide"].notna().all()
    for row in talents[state == "Retenu"].itertuples():
        assert row.projet_decide in (row.voeu_1, row.voeu_2, row.voeu_3)
    assert state[talents["debut_contrat"].notna()].isin(["Retenu"]).all()
    assert talents.loc[talents["cout_reel"].notna(), "debut_contrat"].notna().all()


@pytest.mark.slow
@given(st.sampled_from(EVERY_DAY))
def test_every_review_is_of_a_hearing_that_took_place(day: date):
    reviews = tables(day)["evaluations_talents"]
    moments = reviews.merge(tables(day)["talents"], on="candidature", how="left")["audition"]
    assert moments.isna().sum() == 0
    assert (moments < pd.Timestamp(day + timedelta(1))).all()
    unknown = ~reviews["jure"].isin(tables(day)["jury"]["email"])
    assert unknown.sum() in (0, 1)


@pytest.mark.slow
@given(st.sampled_from(EVERY_DAY), st.integers(0, 60))
def test_rows_of_people_stay_where_they_are(day: date, later: int):
    for tab, key in (("talents", ["candidature"]), ("evaluations_talents", ["candidature", "jure"])):
        before, after = (tables(moment)[tab][key].to_numpy().tolist() for moment in (day, day + timedelta(later)))
        assert after[: len(before)] == before


@pytest.mark.parametrize("seed", [6, 2021])
def test_another_seed_tells_another_story_in_the_same_numbers(seed: int):
    made = {sheet.id: sheet for sheet in sample_sheets(schema(), seed=seed, day=UNDER_WAY)}
    fields = [field.id for field in schema().tab("talents").fields]
    talents = pd.DataFrame(made["talents"].rows, columns=fields, dtype=object)
    recruited = talents[talents["statut"] == "Retenu"]
    assert recruited["metier"].value_counts().to_dict() == RECRUITED
    assert {*recruited["email"]} != {*tables(UNDER_WAY)["talents"].query("statut == 'Retenu'")["email"]}


def test_each_workbook_has_what_concerns_it(tmp_path):
    both = loading.load(write_config(tmp_path, other="../talents.xlsx"))
    projects, talents = (
        {sheet.id: sheet.rows for sheet in sample_sheets(schema_of(campaign), day=UNDER_WAY)}
        for campaign in (both, both.for_talents())
    )
    assert (len(projects["jury"]), len(talents["jury"])) == (22, 36)
    assert "talents" not in projects
    assert "candidatures" not in talents
    addresses = {*tables(UNDER_WAY)["talents"]["email"]} - {"malo.kerguelen@exemple.invalid"}
    cells = {cell for rows in projects.values() for row in rows for cell in row if isinstance(cell, str)}
    assert not cells & addresses
    assert len(talents["talents"]) == 471
