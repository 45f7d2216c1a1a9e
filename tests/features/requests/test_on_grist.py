"""`requests run` on a Grist document: free rows, answers shown by a formula, each request once."""

from pathlib import Path

import pytest
import requests

from tests.end_to_end.grist.support import Team, demonstration
from tests.grist_server import ROBOT, GristServer

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


def test_an_export_that_an_officer_attached_is_imported(grist: GristServer, tmp_path: Path):
    team = demonstration(grist, tmp_path / "demo")
    team.type_in("Demandes", 2, "Action", "Importer")
    assert team.run("requests", "run").code == 0
    assert "« Pièce jointe »" in str(requests_of(team)[2]["Réponse"]).replace("\u202f", " ")
    table = team.table("Demandes")
    team.act(["AddColumn", table.id, "Fichier", {"type": "Attachments"}])
    export = "ID;Déposé le;État du dossier;Nom du projet\n900001;2021-03-01;En instruction;Phare\n"
    answer = requests.post(
        f"{grist.url}/api/docs/{team.document}/attachments", files={"upload": ("export.csv", export.encode())},
        headers={"Authorization": f"Bearer {grist.keys[ROBOT]}"}, timeout=60,
    )  # fmt: skip
    team.type_in("Demandes", 3, "Fichier", ["L", *answer.json()])
    team.type_in("Demandes", 3, "Action", "Importer")
    assert team.run("requests", "run").code == 0
    assert "1 dossier à ajouter" in str(requests_of(team)[3]["Réponse"]).replace("\u202f", " ")
    team.type_in("Demandes", 3, "Confirmer", True)
    assert team.run("requests", "run").code == 0
    assert "900001" in map(str, team.column("Candidatures", "N° de dossier"))
