"""`requests` where `Demandes` has rows that are no requests, such as totals, and merged cells."""

import openpyxl
import pytest

from eig_sheets.features.requests.rules import Action
from eig_sheets.spreadsheet.model.cells import a1
from tests.effort import slow
from tests.features.requests.officers import Deeds, Officers, blank_campaign, copied
from tests.nightly import Table
from tests.spreadsheet.xlsx_desk import edit

pytestmark = pytest.mark.in_memory


@pytest.fixture(scope="module")
def blank(tmp_path_factory):
    return blank_campaign(tmp_path_factory.mktemp("blank") / "campaign")


@pytest.fixture
def officers(blank, tmp_path):
    return Officers(copied(blank, tmp_path / "campaign"))


@pytest.fixture
def deeds(officers):
    return Deeds(officers.campaign)


def said(officers):
    """What `Réponses` says of rows of which it records nothing, then what `Anomalies` would."""
    answers = [row["Réponse"] for row in Table(officers.campaign.read().tab("Réponses")).rows]
    anomalies = officers.campaign.run("check", "--format", "json").records
    waiting = [str(one).replace("\u202f", " ") for one in answers if not str(one).startswith("Faite")]
    return waiting, [(record["code"], record["cell"]) for record in anomalies if record["tab"] == "Demandes"]


TOTALS = (
    {"number": "Total", "action": 3.0},
    {"number": "Total"},
    {"action": 3.0},
    {"detail": "Total : 3"},
    {"by": "Claire, pour mémoire"},
)


@pytest.mark.parametrize("total", [TOTALS[0], *slow(*TOTALS[1:])])
def test_a_row_of_totals_is_left_alone_without_a_word(officers, deeds, total):
    last = officers.rows[-1]["row"]
    officers.type_in(last + 2, **total)
    number = officers.ask(Action.REPORT)
    deeds.run()
    assert [deed[0] for deed in deeds.done] == [number]
    assert said(officers) == ([], [])
    assert len(officers.free) == 11 if total == {"number": "Total"} else 10
    typed = next(row for row in officers.rows if row["row"] == last + 2)
    assert typed["Réponse"] is None
    assert {typed[header] for header in typed if header != "row"} == {*total.values(), None}
    before = officers.campaign.bytes
    deeds.run()
    assert officers.campaign.bytes == before


def test_an_unnumbered_row_in_words_is_said_and_not_done(officers, deeds):
    last = officers.rows[-1]["row"]
    officers.type_in(last + 1, action="Danser")
    deeds.run()
    waiting, anomalies = said(officers)
    assert deeds.done == []
    assert [answer.partition(" : ")[0] for answer in waiting] == [f"« Demandes », ligne {last + 1}"]
    assert "sans numéro, rien n’est fait. Prenez une ligne libre" in waiting[0]
    assert anomalies == [("numero_vide", a1(last + 1, officers.table.headers["N° de demande"]))]


@pytest.mark.parametrize("place", ["the last row and a blank one", *slow("the last free rows", "under the last row")])
def test_merged_numbers_stop_no_other_request(officers, deeds, place):
    rows = [row["row"] for row in officers.rows]
    first, last = {"the last free rows": (rows[-2], rows[-1]), "under the last row": (rows[-1] + 1, rows[-1] + 4)}.get(
        place, (rows[-1], rows[-1] + 1)
    )
    number = officers.ask(Action.REPORT)
    column = officers.table.headers["N° de demande"]
    edit(officers.campaign.workbook, "merge", tab="Demandes", range=f"{a1(first, column)}:{a1(last, column)}")
    deeds.run()
    assert [deed[0] for deed in deeds.done] == [number]
    assert len(officers.free) == 10
    assert max(row["row"] for row in officers.rows) > last
    assert said(officers) == ([], [])


@pytest.mark.slow
def test_a_request_whose_number_is_merged_away_is_named_with_the_merge(officers, deeds):
    first, second, *_ = [row["row"] for row in officers.rows]
    column = officers.table.headers["N° de demande"]
    area = f"{a1(first, column)}:{a1(second, column)}"
    edit(officers.campaign.workbook, "merge", tab="Demandes", range=area)
    done = officers.ask(Action.REPORT, row=first)
    officers.ask(Action.REPORT, row=second)
    deeds.run()
    assert [deed[0] for deed in deeds.done] == [done]
    [waiting], anomalies = said(officers)
    assert f"ligne {second} : sans numéro, rien n’est fait" in waiting
    assert anomalies == [("cellule_fusionnee", a1(second, column))]
    [told] = [
        anomaly
        for anomaly in officers.campaign.run("check", "--format", "json").records
        if anomaly["tab"] == "Demandes"
    ]
    assert area in told["message"]
    assert told["remedy"] == "Défusionnez, puis remplissez chaque cellule."


@pytest.mark.slow
@pytest.mark.on_a_file
def test_merged_cells_of_a_file_stop_no_other_request(demo):
    assert demo.run("requests", "run").code == 0
    table = Table(demo.read().tab("Demandes"))
    column, last = table.headers["N° de demande"], table.rows[-1]["row"]
    book = openpyxl.load_workbook(demo.workbook)
    book["Demandes"].merge_cells(f"{a1(last - 1, column)}:{a1(last + 1, column)}")
    book["Demandes"][a1(table.rows[0]["row"], table.headers["Action"])] = "Sélection"
    book.save(demo.workbook)
    [record] = demo.run("requests", "run", "--format", "json").records
    assert record["state"] == "faite"
    assert len(Officers(demo).free) == 10
    assert demo.run("requests", "run").code == 0
