"""Beside each setting: the value in force, and whether the tab, the configuration, eig5 or the program gives it."""

from __future__ import annotations

from pathlib import Path

import pytest

from eig_sheets import config, loading
from eig_sheets.campaign.overrides import Overrides
from eig_sheets.run.settings_in_force import settings_in_force
from tests.columns import cell_of
from tests.nightly import Robot
from tests.people_cells import type_in
from tests.workbook.snapshots import EIG5

pytestmark = pytest.mark.in_memory

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
    before = demo.bytes
    assert demo.run("sync").code == 0
    assert demo.bytes == before


@pytest.mark.slow
def test_a_refused_setting_leaves_the_configuration_in_force(demo):
    type_in(demo.workbook, "Paramètres", cell_of("parametres", "valeur", 3), "beaucoup")
    assert demo.run("sync").code == 0
    shown = {row["Réglage"]: row for row in Robot(demo).tab("Paramètres").rows}
    assert (shown["Places"]["Valeur en vigueur"], shown["Places"]["D’où elle vient"]) == ("20", "campaign.toml")
