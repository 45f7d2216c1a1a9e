"""`follow-up status` and `follow-up generate`, as people and programs read them."""

from __future__ import annotations

import pytest

from eig_sheets.cli.feature_commands import found_at
from eig_sheets.cli.session import Session
from eig_sheets.features.follow_up.tabs import ACTION
from tests.cli.test_unmarked import without_marks, writes_nothing
from tests.columns import cell_of
from tests.effort import slow
from tests.in_memory import storage_at
from tests.program import Campaign
from tests.spreadsheet import memory_desk

pytestmark = pytest.mark.in_memory

DECEMBER = ("--today", "2021-12-01")
LAUREATE = "3713503"


@pytest.fixture
def followed(demo) -> Campaign:
    """The demonstration in December, with one selected project whose rows were made."""
    tab = demo.read().tab("Candidatures")
    column = memory_desk.parse_a1(cell_of("candidatures", "numero", 1))[1]
    decisions = memory_desk.parse_a1(cell_of("candidatures", "decision", 1))[1]
    with memory_desk.typing(storage_at(demo.workbook), "Candidatures") as page:
        for row in range(3, len(tab.rows) + 1):
            page[row, decisions] = "Lauréat" if str(tab.value(row, column)).startswith(LAUREATE) else None
    assert demo.run(*DECEMBER, "sync").code == 0
    return demo


def edit(campaign: Campaign, field: str, row: int, value: object) -> None:
    memory_desk.edit(storage_at(campaign.workbook), "set", tab="Suivi", cell=cell_of("suivi", field, row), value=value)


@pytest.mark.slow
def test_status_says_what_is_late_first_then_what_comes(followed):
    edit(followed, "statut", 4, "Fait")
    done = followed.run(*DECEMBER, "follow-up", "status", "--format", "json")
    first, *others = done.records
    assert first == {
        "dossier": LAUREATE, "project": first["project"], "milestone": "Fiches de poste publiées", "owner": "RH",
        "due": "2021-08-02", "state": "en_retard", "late_days": 121, "planned": "2021-08-02", "done": None,
    }  # fmt: skip
    states = [row["state"] for row in others]
    assert states == ["en_retard"] * 13 + ["a_venir"] * 19 + ["fait"]


@pytest.mark.slow
def test_the_table_shows_what_is_late_or_due_within_a_month(followed):
    edit(followed, "echeance", 4, "06/12/2021")
    edit(followed, "statut", 4, "Reporté")
    out = followed.run(*DECEMBER, "follow-up", "status").out.replace("\u202f", " ")
    assert out.startswith("34 jalons : 14 en retard, 19 à venir, 1 reporté.")
    assert "en retard de 121 jours" in out
    assert "Point mensuel avec le mentor n° 3" in out  # 13 December
    assert "Point mensuel avec le mentor n° 4" not in out


@pytest.mark.slow
def test_generate_adds_what_people_deleted_and_says_it_once(followed):
    memory_desk.edit(storage_at(followed.workbook), "delete_row", tab="Suivi", at=4)
    before = followed.bytes
    tried = followed.run(*DECEMBER, "follow-up", "generate", "--dry-run", "--format", "json")
    assert followed.bytes == before
    assert {change["tab"] for change in tried.object["changes"]} == {"Suivi", "Journal"}
    done = followed.run(*DECEMBER, "follow-up", "generate", "--format", "json")
    assert {key: done.object[key] for key in done.object if key != "doubts"} == {
        "rows": [{"dossier": LAUREATE, "milestone": "Contrats visés par le contrôleur budgétaire",
                  "due": "2021-08-23", "owner": "Gestion"}]
    }  # fmt: skip
    again = followed.run(*DECEMBER, "follow-up", "generate")
    assert (again.code, again.out.replace("\u202f", " ").strip()) == (
        0, "Rien à ajouter : Suivi a une ligne pour chaque jalon de chaque projet lauréat.",
    )  # fmt: skip


@pytest.mark.slow
def test_a_project_that_is_none_is_refused(followed):
    refused = followed.run(*DECEMBER, "follow-up", "generate", "--dossier", "3713504")
    assert refused.code == 1
    assert "n’est le numéro d’aucun projet lauréat" in refused.err


@pytest.mark.parametrize("command", ["generate", *slow("status")])
def test_before_the_phase_of_the_tab_there_is_none(demo, command):
    done = demo.run("follow-up", command)
    assert done.code == 1
    assert "n’a pas d’onglet Suivi" in done.err


@pytest.mark.slow
def test_officers_ask_for_the_rows_of_a_project_in_the_workbook(followed):
    memory_desk.edit(storage_at(followed.workbook), "delete_row", tab="Suivi", at=4)
    session = Session(str(followed.config), None, None, verbose=0, quiet=True)
    assert found_at(ACTION.place)(session, LAUREATE) == "1 jalon ajouté dans Suivi, pour 1 projet."


def test_nothing_is_written_in_a_workbook_without_our_mark(demo):
    writes_nothing(without_marks(demo), ("follow-up", "generate"))
