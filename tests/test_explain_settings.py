"""An explanation says which values officers set in `Paramètres`, and what the configuration said."""

import pytest

from tests.workbook.xlsx_desk import edit

pytestmark = pytest.mark.in_memory


def test_a_source_is_the_cell_where_officers_set_it(demo):
    for row, (label, value) in enumerate((("Places", 8), ("Poids – Ouverture", 2), ("Départage", "Ouverture")), 3):
        edit(demo.workbook, "set", tab="Paramètres", cell=f"A{row}", value=label)
        edit(demo.workbook, "set", tab="Paramètres", cell=f"B{row}", value=value)
    numero = demo.run("rank", "--format", "json").records[0]["dossier"]
    said = demo.run("rank", "--explain", numero, "--format", "json").records
    sources = {one["what"]: one["source"].replace("\u202f", " ") for one in said}
    assert "campaign.target (Paramètres!B3 (configuration : 20))" in sources["Proposition"]
    assert "ranking.tie_break (Paramètres!B5 (configuration : Pertinence du besoin ; " in sources["Rang"]
    note = next(source for what, source in sources.items() if what.startswith("Note /20 de"))
    assert "criteria.weight (Paramètres!B4 (configuration : 1))" in note
    money = demo.run("cofinancing", "--explain", numero, "--format", "json").records
    assert "Paramètres" not in "".join(one["source"] for one in money)


def test_without_settings_a_source_is_the_configuration_s(demo):
    numero = demo.run("rank", "--format", "json").records[0]["dossier"]
    said = demo.run("rank", "--explain", numero, "--format", "json").records
    assert not any("Paramètres" in one["source"] for one in said)
    assert any("Cahier" in one["source"] for one in said)
