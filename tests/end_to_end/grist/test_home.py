"""`Accueil` in a Grist document: the table of an older version goes on under the title that people see."""

import pytest

from tests.end_to_end.grist.support import Team


@pytest.mark.slow
def test_the_table_of_an_older_version_goes_on_under_its_title(team: Team):
    home = team.table("Accueil")
    [mark] = [one for one in team.now.marks if one.id == "accueil"]
    team.act(["UpdateRecord", "EIG_Robot", mark.row_id, {"repere": "tableau_de_bord"}])
    team.act(["UpdateRecord", "_grist_Views_section", home.raw_section, {"title": "Où en est-on"}])
    titles = [table.title for table in team.now.tables]
    team.type_in("Évaluations", 0, "Définition", 4)
    assert team.run("sync").code == 0
    assert [table.title for table in team.now.tables] == titles
    assert team.table("Où en est-on").ref == home.ref
    rows = team.read().tab("Où en est-on").rows
    assert any("Dernière synchronisation réussie" in row for row in rows)
    version = team.now.version
    assert team.run("sync").code == 0
    assert team.now.version == version
