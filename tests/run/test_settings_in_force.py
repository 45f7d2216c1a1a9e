"""Beside each setting: the value in force, and whether the tab, the configuration, eig5 or the program gives it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from eig_sheets import config, loading
from eig_sheets.call.rules.regles import RecordedRule
from eig_sheets.campaign.overrides import Overrides
from eig_sheets.run.home import OTHERS
from eig_sheets.run.settings_in_force import settings_in_force
from eig_sheets.text.french import typographic
from tests.columns import cell_of
from tests.nightly import Robot
from tests.people_cells import type_in
from tests.workbook.snapshots import EIG5

pytestmark = pytest.mark.in_memory

SETTINGS = OTHERS["parametres"]
CHILD = (
    'extends = "eig5"\nwithout = ["ranking.waiting_list"]\n[campaign]\ntarget = 12\n[cofinancing]\nenvelope = 1200000\n'
)


def in_force(campaign: config.Campaign) -> dict[str, tuple[str, str]]:
    settings = settings_in_force(Overrides(campaign))
    return {setting.label: (setting.value.replace("\u202f", " "), setting.origin) for setting in settings}


def test_the_packaged_configuration_is_eig5():
    settings = in_force(EIG5)
    assert settings["Places"] == ("20", "eig5")
    assert settings["Départage"] == ("Pertinence du besoin ; Transformation", "eig5")
    assert settings["Poids – Ouverture"] == ("1", "eig5")
    assert settings["Note minimale"] == ("aucun", "valeur par défaut du programme")


def test_a_child_says_which_values_are_its_own_and_which_it_inherits(tmp_path):
    path = tmp_path / "appel" / "config" / "campaign.toml"
    path.parent.mkdir(parents=True)
    path.write_text(CHILD, encoding="utf-8")
    settings = in_force(loading.load(path))
    assert settings["Places"] == ("12", "campaign.toml")
    assert settings["Enveloppe de co-financement"] == ("1 200 000", "campaign.toml")
    assert settings["Nombre minimal d’évaluations par dossier"] == ("3", "eig5")
    assert settings["Places en liste d’attente"] == ("0", "valeur par défaut du programme")
    other = Path(tmp_path / "suivant.toml")
    other.write_text(
        'extends = "appel/config/campaign.toml"\n[workbook]\nlocation = "suivant.xlsx"\n', encoding="utf-8"
    )
    assert in_force(loading.load(other))["Places"] == ("12", "appel/config/campaign.toml")


@pytest.mark.slow
def test_the_tab_shows_them_beside_each_setting(demo):
    shown = {row["Réglage"]: row for row in Robot(demo).tab("Paramètres").rows}
    assert (shown["Places"]["Valeur en vigueur"], shown["Places"]["D’où elle vient"]) == ("20", "campaign.toml")
    cell = cell_of("parametres", "valeur", 3)
    type_in(demo.workbook, "Paramètres", cell, 18)
    assert demo.run("sync").code == 0
    shown = {row["Réglage"]: row for row in Robot(demo).tab("Paramètres").rows}
    assert shown["Places"]["Valeur en vigueur"] == "18"
    assert shown["Places"]["D’où elle vient"] == f"Paramètres!{cell} (configuration\u202f: 20)"
    assert shown["Places"]["Encore ouvert"].replace("\u202f", " ").startswith("Non : enregistré le ")
    assert shown["Nombre minimal d’évaluations par dossier"]["Encore ouvert"] == "Oui"
    before = demo.bytes
    assert demo.run("sync").code == 0
    assert demo.bytes == before
    home = Robot(demo).tab("Accueil").rows
    assert [row["Quoi"] for row in home if "réglages" in str(row["Quoi"]).lower()] == [typographic(SETTINGS)]


def test_before_the_first_evaluation_every_setting_is_open_and_afterwards_those_that_are_recorded_are_not():
    recorded = [RecordedRule("Places", "20", "20", datetime(2021, 4, 26, 9))]
    assert {setting.still_open for setting in settings_in_force(Overrides(EIG5))} == {"Oui"}
    said = {setting.label: setting.still_open for setting in settings_in_force(Overrides(EIG5), recorded)}
    assert {label for label, still in said.items() if still != "Oui"} == {"Places"}
    assert (
        said["Places"].replace("\u202f", " ")
        == "Non : enregistré le lundi 26 avril 2021 ; « Réouverture » pour en changer."
    )


@pytest.mark.slow
def test_a_refused_setting_leaves_the_configuration_in_force(demo):
    type_in(demo.workbook, "Paramètres", cell_of("parametres", "valeur", 3), "beaucoup")
    assert demo.run("sync").code == 0
    shown = {row["Réglage"]: row for row in Robot(demo).tab("Paramètres").rows}
    assert (shown["Places"]["Valeur en vigueur"], shown["Places"]["D’où elle vient"]) == ("20", "campaign.toml")
