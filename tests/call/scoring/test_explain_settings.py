"""An explanation says which values officers set in `Paramètres`, and what the configuration said."""

import pytest

from tests.columns import cell_of
from tests.spreadsheet.xlsx_desk import edit

pytestmark = pytest.mark.in_memory


@pytest.mark.slow
def test_a_source_is_the_cell_where_officers_set_it(demo):
    for row, (label, value) in enumerate((("Places", 8), ("Poids – Ouverture", 2), ("Départage", "Ouverture")), 3):
        edit(demo.workbook, "set", tab="Paramètres", cell=cell_of("parametres", "reglage", row), value=label)
        edit(demo.workbook, "set", tab="Paramètres", cell=cell_of("parametres", "valeur", row), value=value)
    numero = demo.run("rank", "--format", "json").records[0]["dossier"]
    said = demo.run("rank", "--explain", numero, "--format", "json").records
    sources = {line["what"]: line["source"].replace("\u202f", " ") for line in said}
    target, weight, tie = (f"Paramètres!{cell_of('parametres', 'valeur', row)}" for row in (3, 4, 5))
    assert f"campaign.target ({target} (configuration : 20))" in sources["Proposition"]
    assert f"ranking.tie_break ({tie} (configuration : Pertinence du besoin ; " in sources["Rang"]
    note = next(source for what, source in sources.items() if what.startswith("Note /20 de"))
    assert f"criteria.weight ({weight} (configuration : 1))" in note
    money = demo.run("cofinancing", "--explain", numero, "--format", "json").records
    assert "Paramètres" not in "".join(line["source"] for line in money)


def test_without_settings_a_source_is_the_configuration_s(demo):
    numero = demo.run("rank", "--format", "json").records[0]["dossier"]
    said = demo.run("rank", "--explain", numero, "--format", "json").records
    assert not any("Paramètres" in line["source"] for line in said)
    assert any("Cahier" in line["source"] for line in said)
