"""`init` creates what a workbook lacks, and never touches what is there."""

import openpyxl
import pytest

from eig_sheets import sample
from eig_sheets.workbook.xlsx import XlsxWorkbook
from tests.nightly import Table
from tests.people_cells import people
from tests.program import Campaign
from tests.workbook.xlsx_desk import edit

PEOPLE = ["Candidatures", "Jury", "Évaluations", "E-mails à envoyer"]


@pytest.fixture
def campaign(tmp_path):
    """A campaign without a workbook."""
    sample.write_config(tmp_path)
    return Campaign(tmp_path)


def read(campaign):
    return XlsxWorkbook(campaign.workbook, campaign.folder / "versions").read()


def names(campaign):
    return [tab.name for tab in read(campaign).tabs]


def save(campaign, tabs):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in tabs.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(campaign.workbook)


def test_a_new_workbook_opens_on_the_dashboard_and_has_every_tab(campaign):
    assert campaign.run("init").code == 0
    assert names(campaign)[0] == "Tableau de bord"
    assert set(PEOPLE) < set(names(campaign))
    assert campaign.run("check").code == 0
    assert campaign.run("sync").code == 0


def test_twice_writes_nothing_more(campaign):
    campaign.run("init")
    before = campaign.bytes
    done = campaign.run("init")
    assert done.code == 0
    assert "Rien ne manque" in done.err
    assert campaign.bytes == before


def test_a_dry_run_makes_no_file(campaign):
    done = campaign.run("init", "--dry-run", "--format", "json")
    assert not campaign.workbook.exists()
    assert {"tab": "Jury", "cell": "B2", "old": None, "new": "E-mail"} in done.records


def test_a_workbook_made_by_hand(campaign):
    save(
        campaign,
        {
            "Budget": [["à nous", 1]],
            "Projets": [
                ["Appel 2021"],
                [],
                ["Nom du projet", "N° DS", "Note de l’équipe", "Rang"],
                ["A", "1", "bien", "7"],
            ],
            "Jury": [["Nom", "E-mail"], ["X", "x@example.org"]],
            "Évaluations": [],
        },
    )
    before = people(campaign.workbook)
    assert campaign.run("init").code == 0
    assert before.lost(people(campaign.workbook)) == []
    assert names(campaign)[:4] == ["Budget", "Projets", "Jury", "Évaluations"]
    headers = Table(read(campaign).tab("Projets")).headers
    assert headers["Rang"] == 3  # the team's own
    assert headers["Rang (robot)"] > headers["Commentaire"]
    done = campaign.run("sync")
    assert done.code == 0, done.err
    assert before.lost(people(campaign.workbook)) == []
    assert Table(read(campaign).tab("Projets")).rows[0]["Éligibilité"] == "À instruire"


def test_a_header_that_looks_like_a_required_one_is_not_doubled(campaign):
    save(
        campaign,
        {
            "Candidatures": [["Numero dosier", "Nom du projet", "Région"], ["1", "A", "Bretagne"]],
            "Jury": [["Nom", "E-mail"]],
            "Évaluations": [],
        },
    )
    before = campaign.bytes
    done = campaign.run("init")
    assert done.code == 1
    assert "« Numero dosier »" in done.err.replace("\u202f", " ")
    assert campaign.bytes == before


def test_after_people_rearranged_everything(demo):
    edit(demo.workbook, "rename_tab", tab="Candidatures", to="Projets")
    edit(demo.workbook, "move_column", tab="Évaluations", header="Avis", to=1)
    edit(demo.workbook, "delete_tab", tab="Cofinancement")
    before = people(demo.workbook)
    assert demo.run("init").code == 0
    assert demo.run("sync").code == 0
    assert before.lost(people(demo.workbook), looks=False) == []
    assert names(demo).count("Projets") == 1
    assert "Cofinancement" in names(demo)
