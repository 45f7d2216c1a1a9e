"""Columns that nothing of a call rests on: a new workbook does not have them, one that has them keeps them."""

import shutil

import pytest

from eig_sheets import loading
from eig_sheets.campaign.reading import read
from eig_sheets.campaign.robot_sheets import blank_sheet
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.config import ConfigError
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook
from tests.program import ROOT, eig
from tests.workbook.snapshots import EIG5

pytestmark = pytest.mark.newest

FOUNDATION = ROOT / "examples" / "fondation" / "config" / "campaign.toml"
SPOKEN_OF = ("EIG", "employeur", "co-financement", "Co-financement", "hors les murs", "Type d’administration")


def made(campaign):
    tab = schema_of(campaign).tab("candidatures")
    return {field.id for field in tab.made}, {robot.id for robot in tab.robots_made}


def test_the_programme_has_all_of_them():
    tab = schema_of(EIG5).tab("candidatures")
    assert (tab.made, tab.robots_made) == (tab.fields, tab.robot_fields)


def test_a_call_without_cofinancing_speaks_of_none():
    campaign = loading.load(FOUNDATION)
    headers = [field.header for field in schema_of(campaign).tab("candidatures").made]
    assert [header for header in headers if any(word in header for word in SPOKEN_OF)] == []
    ranking = blank_sheet("classement", read(Snapshot(()), campaign))
    assert "Co-financement" not in [column.header for column in ranking.columns]


def test_what_the_configuration_names_is_there(tmp_path):
    path = tmp_path / "campaign.toml"
    text = FOUNDATION.read_text(encoding="utf-8")
    path.write_text(
        text.replace("[workbook.headers]\n", '[workbook.headers]\nconvention = ["Accord"]\n'), encoding="utf-8"
    )
    (tmp_path / "emails").mkdir()
    assert {"convention", "ouverture_donnees"} <= made(loading.load(path))[0]
    assert "hors_les_murs" not in made(loading.load(path))[0]


@pytest.mark.slow
def test_a_workbook_of_before_keeps_its_columns_and_they_are_read(tmp_path):
    """One that has the robot's column shows it, and `Classement` what it shows."""
    config = tmp_path / "config" / "campaign.toml"
    shutil.copytree(FOUNDATION.parent, config.parent)
    text = FOUNDATION.read_text(encoding="utf-8")
    paid = text.replace('rule = "none"', 'rule = "flat"\nflat_amount = 1000')
    config.write_text(paid, encoding="utf-8")
    day = ("--config", config, "--today", "2025-04-01")
    assert eig(*day, "init").code == 0
    config.write_text(text, encoding="utf-8")
    assert eig(*day, "sync").code == 0
    again = eig(*day, "sync")
    assert (again.code, "Rien n’a changé" in again.err) == (0, True)
    reading = read(opened(tmp_path / "demandes.xlsx"), loading.load(config))
    assert "cofinancement" in reading.layout.tabs["candidatures"].robot_columns
    assert "Co-financement" in [column.header for column in blank_sheet("classement", reading).columns]


def test_columns_that_a_call_says_it_does_without_are_not_there(tmp_path):
    assert {"mentor", "ministere"}.isdisjoint(made(loading.load(FOUNDATION))[0])
    path = tmp_path / "campaign.toml"
    path.write_text(
        FOUNDATION.read_text(encoding="utf-8").replace('"ministere",', '"ministere", "decision", "mentors", "fiche",'),
        encoding="utf-8",
    )
    with pytest.raises(ConfigError) as refused:
        schema_of(loading.load(path))
    said = str(refused.value).replace("\u202f", " ")
    assert "workbook.without_columns retire « decision », dont aucun appel ne se passe" in said
    assert "« mentors » est inconnu ; vouliez-vous dire « mentor »" in said
    assert "workbook.without_columns retire « fiche », que la configuration nomme ailleurs" in said


def opened(path):
    return XlsxWorkbook(str(path), path.with_name("versions")).read()
