"""Recruitment on a Google Sheet: the columns of `Cofinancement` come once somebody is recruited, and go with them."""

from __future__ import annotations

import pytest

from eig_sheets.call.cofinancing.cofinancement import RECRUITMENT
from tests.columns import cell_of
from tests.end_to_end.google.support import Desk

SUMMER = "2021-07-15"
HEADERS = [column.header for column in RECRUITMENT]


def shown(desk: Desk, numero: str) -> list[object]:
    """What the columns of the recruitment show of a dossier; none of them before anybody is recruited."""
    [row] = [row for row in desk.rows("Cofinancement") if row["N° de dossier"] == numero]
    return [row[header] for header in HEADERS if header in row]


@pytest.mark.slow
def test_the_columns_of_the_recruitment_come_and_go_and_nothing_else_moves(desk: Desk):
    project = str(desk.rows("Candidatures")[0]["N° de dossier"])
    for field, value in (("demande_cofinancement", "oui"), ("nombre_eig", 2)):
        desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", field, 2), value=value)
    config = desk.folder / "config" / "campaign.toml"
    config.write_text(config.read_text(encoding="utf-8").replace("people_tabs = []", 'people_tabs = ["talents"]'))
    assert desk.run("--today", SUMMER, "init").code == 0
    assert desk.run("--today", SUMMER, "sync").code == 0
    assert shown(desk, project) == []
    typed = {
        "candidature": "T1", "statut": "Retenu", "projet_decide": project, "experience": 3,
        "debut_contrat": "13/09/2021",
    }  # fmt: skip
    for field, value in typed.items():
        desk.edit("set", tab="Talents", cell=cell_of("talents", field, 2), value=value)
    assert desk.run("--today", SUMMER, "sync").code == 0
    recruited, months, *_, awaited = shown(desk, project)
    assert (recruited, months) == (1, "")
    assert str(awaited).startswith("Moins d’EIG recrutés que demandés")
    assert desk.run("--today", SUMMER, "sync").code == 0
    assert desk.written == 0
    desk.edit("set", tab="Talents", cell=cell_of("talents", "statut", 2), value="Désisté")
    assert desk.run("--today", SUMMER, "sync").code == 0
    assert shown(desk, project) == []
