"""`requests run` on a Grist document: free rows, answers shown by a formula, each request once."""

from pathlib import Path

import pytest

from tests.end_to_end.grist.support import Team, demonstration
from tests.grist_server import GristServer

pytestmark = pytest.mark.slow


def requests_of(team: Team) -> list[dict[str, object]]:
    tab = team.read().tab("Demandes")
    headers, *rows = tab.rows
    return [dict(zip(headers, [*row, *[None] * (len(headers) - len(row))], strict=True)) for row in rows]


def test_an_officer_asks_and_reads_the_answer(grist: GristServer, tmp_path: Path):
    team = demonstration(grist, tmp_path / "demo")
    before = team.now_version
    assert team.run("requests", "run").code == 0
    assert team.now_version == before
    number = requests_of(team)[2]["N° de demande"]
    team.type_in("Demandes", 2, "Demandé par", "Ada")
    team.type_in("Demandes", 2, "Action", "Sélection")
    [record] = team.run("requests", "run", "--format", "json").records
    assert (record["number"], record["by"], record["state"]) == (number, "Ada", "faite")
    rows = requests_of(team)
    assert str(rows[2]["Réponse"]).startswith("Faite le ")
    assert (len(rows), sum(not row["Action"] for row in rows)) == (11, 10)
    before = team.now_version
    assert team.run("requests", "run").code == 0
    assert team.now_version == before
    team.type_in("Demandes", 2, "Détail", "autre chose")
    assert team.run("requests", "run", "--format", "json").records == []
    assert "déjà traitée" in str(requests_of(team)[2]["Réponse"])
