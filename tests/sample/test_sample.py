"""Properties of the sample campaign that other tests and the documentation rely on."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import datetime
from importlib import resources

import pytest

from eig_sheets import loading, sample
from eig_sheets.workbook.anomalies import Severity
from tests.messages import FOLDERS
from tests.sample.support import EIG5, raw, reading, schema, sheets

pytestmark = pytest.mark.newest

SEEDS = (5, 6, 2021)


def projects(fictional: str) -> set[str]:
    text = resources.files(sample).joinpath("projects.csv").read_text(encoding="utf-8")
    return {row["projet"] for row in csv.DictReader(text.splitlines()) if row["fictif"] == fictional}


REAL, FICTIONAL = projects("non"), projects("oui")


def test_fifteen_real_projects_and_about_as_many_invented_ones():
    dossiers = raw("candidatures")
    assert (len(REAL), len(FICTIONAL)) == (15, 17)
    assert set(dossiers["projet"]) == REAL | FICTIONAL
    assert "EIG Link" not in REAL
    assert len(raw("jury")) == 22


def test_real_projects_carry_their_source_and_licence():
    text = resources.files(sample).joinpath("projects.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        assert row["source"]
        assert row["licence"] == ("Licence Ouverte 2.0" if row["fictif"] == "non" else "MIT")
        assert row["resume"].endswith("(projet fictif)") == (row["fictif"] == "oui")


def test_every_tab_of_the_schema_says_that_it_is_fictional():
    made = sample.sheets(schema())
    assert [sheet.id for sheet in made] == [tab.id for tab in schema().tabs]
    for sheet, tab in zip(made, schema().tabs, strict=True):
        assert [column.header for column in sheet.columns] == [field.header for field in tab.fields]
        assert "notes fictives" in str(sheet.banner[0])
        assert sheet.grid()[sheet.header_row - 1] == [column.header for column in sheet.columns]


def test_the_same_seed_draws_the_same_campaign_and_another_seed_another():
    assert sample.sheets(schema(), seed=5) == sample.sheets(schema(), seed=5)
    assert sheets(5)["evaluations"] != sheets(6)["evaluations"]


def test_the_campaign_reads_without_structural_problem():
    assert reading().problems == ()


def test_what_is_wrong_is_wrong_on_purpose():
    assert Counter(anomaly.code for anomaly in reading().anomalies) == {
        "numero_en_double": 2,
        "email_invalide": 1,
        "montant_illisible": 1,
        "note_hors_echelle": 1,
        "note_illisible": 1,
        "note_en_date": 1,
        "jure_en_double": 2,
        "dossier_inconnu": 1,
        "jure_inconnu": 1,
        "conflit_organisation": 1,
        "conflit_deport": 1,
        "deport_avec_notes": 1,
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_only_invented_projects_are_anomalous_late_ineligible_refused_or_withdrawn(seed: int):
    read_back, dossiers = reading(seed), raw("candidatures", seed)
    project = dict(zip(dossiers["numero"], dossiers["projet"], strict=True))
    accused = {project[anomaly.dossier] for anomaly in read_back.anomalies if anomaly.dossier in project}
    assert len(accused) > 5
    assert not accused & REAL
    typed = read_back.tables["candidatures"].frame
    real = typed[typed["projet"].isin(REAL)]
    assert set(real["preselection"]) == {"Présélectionné"}
    assert set(real["decision"].dropna()) == {"Lauréat"}
    assert real["nombre_eig"].isin([2, 3]).all()
    assert (real["date_depot"] <= datetime(2021, 4, 7, 23, 59, 59)).all()
    assert {"Non retenu", "Liste d’attente", "Désisté"} < set(typed["decision"])
    assert "Écarté – inéligible" in set(typed["preselection"])


@pytest.mark.parametrize("seed", SEEDS)
def test_real_projects_have_good_scores_and_complete_dossiers(seed: int):
    read_back = reading(seed)
    dossiers = read_back.valid_rows("candidatures")
    real = dossiers[dossiers["projet"].isin(REAL)]
    assert real[list(EIG5.eligibility.required)].notna().all(axis=None)
    assert real[list(EIG5.eligibility.attestations)].all(axis=None)
    evaluations = read_back.valid_rows("evaluations")
    scores = evaluations[evaluations["numero"].isin(real["numero"])][[criterion.id for criterion in EIG5.criteria]]
    assert len(scores) > 50
    assert scores.min(axis=None) >= 3


def test_one_second_too_late_and_one_eig_too_many():
    dossiers = raw("candidatures").set_index("projet")
    assert dossiers.loc["Dernière minute", "date_depot"] == datetime(2021, 4, 8)
    assert dossiers.loc["Quadrille", "nombre_eig"] == 4


def test_more_dossiers_are_heard_than_there_are_places():
    dossiers = raw("candidatures")
    heard = dossiers[(dossiers["preselection"] == "Présélectionné") & (dossiers["decision"] != "Désisté")]
    assert EIG5.campaign.target < len(heard) < 2 * EIG5.campaign.target


def test_about_four_evaluations_a_dossier_with_deports_nsp_and_blanks():
    evaluations = reading().valid_rows("evaluations")
    counts = evaluations.groupby("numero").size()
    assert 3.5 < counts.mean() < 5
    nsp = evaluations[[f"{criterion.id}_nsp" for criterion in EIG5.criteria]]
    assert nsp.sum().sum() == 3
    assert evaluations["deport"].sum() == 4
    blank = evaluations[[criterion.id for criterion in EIG5.criteria]].isna().all(axis=1)
    assert (blank & evaluations["deport"].isna()).sum() >= 3


def test_scores_that_people_type_as_text_are_there():
    typed = {
        value for criterion in EIG5.criteria for value in raw("evaluations")[criterion.id] if isinstance(value, str)
    }
    assert {"3,5", "3.5", "NSP", "ne se prononce pas", "bof"} == typed


def test_addresses_are_in_a_reserved_domain_and_nobody_is_invented_for_a_real_administration():
    for sheet in sheets().values():
        for cell in (str(cell) for row in sheet.rows for cell in row):
            assert all(domain == "exemple.invalid" for domain in re.findall(r"@([\w.-]+)", cell))
    dossiers = raw("candidatures")
    people = dossiers[dossiers["projet"].isin(REAL)][["porteur_projet", "mentor"]]
    assert people.map(lambda name: "fictif" in name or "fictive" in name).all(axis=None)


def test_the_configuration_keeps_comments_and_sources_and_gains_the_banner(tmp_path):
    path = sample.write_config(tmp_path)
    campaign = loading.load(path)
    assert path == tmp_path / "config" / "campaign.toml"
    assert campaign.campaign.banner == sample.BANNER
    assert campaign.location() == str(tmp_path / "campagne.xlsx")
    assert campaign.state_folder() == tmp_path / ".eig-sheets"
    assert campaign.criteria == EIG5.criteria
    kept = path.read_text(encoding="utf-8").splitlines()
    lost = set(loading.packaged_text().splitlines()) - set(kept)
    assert all(line.startswith(("location =", "dir =", "reminders =")) for line in lost)
    templates = {template.name for template in campaign.templates_folder.glob("*.md")}
    assert templates == {path.name for folder in FOLDERS for path in folder.glob("*.md")} != set()
    assert all(campaign.section(model) == EIG5.section(model) for model in EIG5.section_keys)


def test_all_severities_appear():
    assert {anomaly.severity for anomaly in reading().anomalies} == set(Severity)
