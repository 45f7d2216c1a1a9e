"""A tab that was renamed: the sentence stands where officers look, in `Accueil` and in the answer of their request."""

import pytest

from eig_sheets.features.requests.rules import Action
from tests.features.requests.officers import Officers
from tests.in_memory import storage_at
from tests.nightly import Robot, Table
from tests.spreadsheet.xlsx_desk import edit

pytestmark = pytest.mark.in_memory

GONE = "L’onglet « Jury » est introuvable."


@pytest.fixture
def officers(demo) -> Officers:
    """Those of the demonstration, whose `Jury` somebody renamed, in a workbook where people made it."""
    made = Officers(demo)
    assert made.run().code == 0
    kept = storage_at(demo.workbook)
    kept.save([tab if tab.name != "Jury" else replaced(tab) for tab in kept.tabs])
    return made


def replaced(tab):
    from dataclasses import replace

    return replace(tab, name="Nos jurés à nous", mark=None)


def banner(demo) -> str:
    """What `Accueil` says above its headers."""
    rows = demo.read().tab("Accueil").rows
    return next(str(row[0]).replace("\u202f", " ") for row in rows if row and "exécution" in str(row[0]))


def journal(demo):
    return [str(row["Ce qui s’est passé"]).replace("\u202f", " ") for row in Table(demo.read().tab("Journal")).rows]


@pytest.mark.slow
def test_the_answer_of_a_request_says_it_once(officers, demo):
    number = officers.ask(Action.SYNC)
    before = len(journal(demo))
    done = officers.run()
    assert done.code == 1
    assert GONE in done.err.replace("\u202f", " ")
    [answer] = [row for row in Table(demo.read().tab("Réponses")).rows if row["N° de demande"] == number]
    assert answer["Réponse"].replace("\u202f", " ").startswith(GONE)
    assert "rendez-lui ce nom" in answer["Réponse"]
    assert "à demander à la personne qui exploite le robot" in answer["Réponse"], "an officer has no terminal"
    assert answer["État"] == "en attente"
    assert [GONE in row for row in journal(demo)[: len(journal(demo)) - before]] == [True]
    saves = demo.bytes
    assert officers.run().code == 1
    assert demo.bytes == saves, "the second run writes it again"


@pytest.mark.slow
def test_once_it_is_put_right_the_request_is_done(officers, demo):
    number = officers.ask(Action.SYNC)
    officers.run()
    edit(demo.workbook, "rename_tab", tab="Nos jurés à nous", **{"from": "Nos jurés à nous", "to": "Jury"})
    assert officers.run().code == 0
    [answer] = [row for row in Table(demo.read().tab("Réponses")).rows if row["N° de demande"] == number]
    assert answer["État"] == "faite"


def test_the_tab_of_requests_itself_may_be_renamed(officers, demo):
    edit(demo.workbook, "rename_tab", tab="Nos jurés à nous", **{"from": "Nos jurés à nous", "to": "Jury"})
    kept = storage_at(demo.workbook)
    kept.save([tab if tab.name != "Demandes" else replaced(tab) for tab in kept.tabs])
    assert officers.run().code == 1
    assert "« Demandes »" in journal(demo)[0]
    assert "S’il a été renommé, rendez-lui ce nom" in Table(demo.read().tab("Journal")).rows[0]["Que faire"]


def test_accueil_repeats_what_the_journal_says_of_a_night_that_failed(officers, demo):
    assert demo.run("sync").code == 1
    assert GONE in journal(demo)[0]
    tab = demo.read().tab("Accueil")
    [formula] = [text for (_, column), text in tab.formulas.items() if column == 0]
    name = "Journal"
    line = Robot(demo).tab(name)
    assert f"&{name}!C" in formula.replace("'", "")
    assert line.rows[0]["Résultat"] == "Échec"
