"""`emails check` and `emails show`: every missing value of a message, and a message as it will arrive."""

import webbrowser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.cli.test_errors import refused
from tests.nightly import Robot
from tests.people_cells import type_in
from tests.spreadsheet.xlsx_desk import edit

pytestmark = [pytest.mark.in_memory, pytest.mark.newest]

OUTBOX = "E-mails à envoyer"


@pytest.fixture
def robot(demo):
    return Robot(demo)


@pytest.mark.slow
def test_check_names_each_hole_of_each_row_whether_a_message_is_due_or_not(robot):
    table = robot.tab("Candidatures")
    edit(
        robot.campaign.workbook, "set", tab="Candidatures", cell=table.cell("E-mail du porteur", "3712437"), value=None
    )
    checked = robot.campaign.run("emails", "check", "--format", "json")
    assert checked.code == 0
    assert [[*record] for record in checked.records] == [["template", "tab", "row", "whom", "reasons"]] * len(
        checked.records
    )
    mine = [record for record in checked.records if record["whom"] == "3712437"]
    assert {"laureat", "promotion_liste_attente", "bienvenue"} <= {record["template"] for record in mine}
    for record in mine:
        assert (record["tab"], record["row"]) == ("Candidatures", 4)
        assert any(
            f"Candidatures!{table.cell('E-mail du porteur', '3712437')}" in reason for reason in record["reasons"]
        )


@pytest.mark.slow
def test_check_writes_nothing_and_tells_of_columns_that_are_not_there(demo):
    edit(demo.workbook, "rename_header", tab="Candidatures", **{"from": "Retour au porteur", "to": "Divers"})
    before = demo.bytes
    checked = demo.run("emails", "check")
    assert "non_retenu : la colonne « Retour au porteur » est absente" in checked.err.replace("\u202f", " ")
    assert "ne nomme pas" not in checked.err
    assert demo.bytes == before
    assert "laureat ne nomme pas : " in demo.run("-v", "emails", "check").err.replace("\u202f", " ")


def test_check_names_what_looks_unfilled_in_a_template(demo):
    template = demo.config.parent / "emails" / "laureat.md"
    template.write_text(template.read_text(encoding="utf-8").replace("Bonjour", "Bonjour {prénom}", 1), "utf-8")
    said = demo.run("emails", "check").err.replace("\u202f", " ")
    assert "laureat contient « {prénom} », comme un modèle non rempli : ses messages sont retenus" in said


def test_check_refuses_a_template_with_a_mistake(demo):
    path = demo.folder / "config" / "emails" / "laureat.md"
    path.write_text(path.read_text(encoding="utf-8").replace("{{ projet }}", "{{ project }}"), encoding="utf-8")
    refused(demo.run("emails", "check"), 1, "laureat.md", "project", "« projet »")


@pytest.mark.slow
def test_show_is_what_people_left_in_the_outbox(robot):
    first = next(row for row in robot.tab(OUTBOX).rows if row["Modèle"] == "laureat")
    shown = robot.campaign.run("emails", "show", first["Id"])
    assert (shown.code, shown.own) == (0, f"{first['Id']}\u202f: À valider\n\n")
    assert shown.out.startswith(f"À : {first['Destinataires']}\n".replace(" :", "\u202f:"))
    assert first["Objet"] in shown.out
    cell = robot.tab(OUTBOX).cell("Message", first["Id"])
    type_in(robot.campaign.workbook, OUTBOX, cell, "Bonjour,\n\nUn *mot* de la main de Léa : 2 \\* 3.\n")
    shown = robot.campaign.run("emails", "show", first["Id"])
    assert shown.out.endswith("Bonjour,\n\nUn mot de la main de Léa : 2 * 3.\n\n")


@pytest.mark.slow
def test_show_opens_the_page_in_the_browser(robot, monkeypatch):
    opened = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    first = robot.tab(OUTBOX).rows[0]["Id"]
    assert "Mis en page" in robot.campaign.run("emails", "show", first, "--open").err
    assert "<html" in Path(unquote(urlsplit(opened[0]).path)).read_text(encoding="utf-8")


@pytest.mark.slow
def test_show_of_an_unknown_message_names_the_closest(robot):
    first = robot.tab(OUTBOX).rows[0]["Id"]
    refused(robot.campaign.run("emails", "show", first[:-1]), 1, first, "emails list")
