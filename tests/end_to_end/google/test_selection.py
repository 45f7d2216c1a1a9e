"""A selection under limits on a Google Sheet: the proposals that people see beside their dossiers keep the limits."""

import pytest

from tests.end_to_end.google.support import Desk

LIMITS = """
[selection]
utility = "note"
[[selection.limits]]
column = "Administration d’accueil"
max = 3
source = "Cahier, 5.2"
"""


@pytest.mark.slow
def test_the_proposals_beside_the_dossiers_keep_the_limits(desk: Desk):
    with (desk.folder / "config" / "campaign.toml").open("a", encoding="utf-8") as file:
        file.write(LIMITS)
    found = desk.run("select", "--format", "json")
    assert (found.code, desk.written) == (0, 0)
    assert desk.sync().code == 0
    proposed = [row["N° de dossier"] for row in desk.rows("Candidatures") if row["Proposition"].startswith("Lauréat")]
    assert len(proposed) == 3
    assert sorted(proposed) == sorted(found.records["selected"])
    assert desk.sync().code == 0
    assert desk.written == 0
