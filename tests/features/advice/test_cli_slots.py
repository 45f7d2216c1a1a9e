"""`eig-sheets slots`: slots that are generated, listed, imported; registrations to webinars; never over a row."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.call.applications.test_commands_import import refuses_the_workbook
from tests.cli.test_unmarked import without_marks, writes_nothing
from tests.cli.test_writing import shows_without_writing, writes_nothing_beside_another_run
from tests.features.advice.exports import LIVESTORM, line, written
from tests.nightly import Robot
from tests.people_cells import people
from tests.program import Campaign
from tests.spreadsheet.xlsx_desk import edit

pytestmark = pytest.mark.in_memory

DAY = ("--today", "2021-02-05")
TAB, REGISTERED = "Créneaux", "Inscriptions"


def rows(campaign: Campaign, tab: str = TAB) -> list[dict[str, object]]:
    """What the filled cells of each row hold, by their header."""
    lines = Robot(campaign).tab(tab).rows
    return [{key: value for key, value in record.items() if value is not None and key != "row"} for record in lines]


def said(done) -> str:
    return done.err.replace("\u202f", " ")


def test_slots_are_generated_once_and_no_cell_of_people_changes(demo):
    before = people(demo.workbook)
    shown = demo.run(*DAY, "slots", "generate", "--to", "2021-02-12", "--dry-run", "--format", "json")
    assert len([record for record in shown.records if record["tab"] == TAB]) == 18 * 3
    assert people(demo.workbook) == before
    done = demo.run(*DAY, "slots", "generate", "--to", "2021-02-12")
    assert "18 créneaux libres ajoutés." in said(done)
    slots = rows(demo)
    assert [slots[0]["Début"], slots[-1]["Début"]] == [datetime(2021, 2, 5, 14), datetime(2021, 2, 12, 16, 40)]
    assert {(record["Durée (min)"], record["Statut"]) for record in slots} == {(20, "Libre")}
    assert before.lost(people(demo.workbook)) == []
    again = demo.bytes
    assert "0 créneau libre ajouté." in said(demo.run(*DAY, "slots", "generate", "--to", "2021-02-12"))
    assert demo.bytes == again


def test_by_default_slots_are_those_of_the_call_from_today_without_holidays(demo):
    done = demo.run("--today", "2021-03-30", "slots", "generate")
    assert "9 créneaux libres ajoutés." in said(done)  # Friday 2 April; the 9th is after the closing
    assert demo.run("--today", "2021-04-30", "slots", "generate").code == 1
    late = demo.run(*DAY, "slots", "generate", "--from", "2021-02-19", "--to", "2021-02-12")
    assert (late.code, "--from est après --to" in said(late)) == (2, True)


@pytest.mark.slow
def test_the_free_slots_are_a_text_to_paste(demo):
    assert demo.run(*DAY, "slots", "list", "--free").out == "Aucun créneau libre à venir.\n"
    demo.run(*DAY, "slots", "generate", "--to", "2021-02-12")
    cell = Robot(demo).tab(TAB).cell("E-mail", datetime(2021, 2, 12, 14), "Début")
    edit(demo.workbook, "set", tab=TAB, cell=cell, value="claude@exemple.invalid")
    text = demo.run("--today", "2021-02-06", "slots", "list", "--free").out.replace("\u202f", " ").splitlines()
    assert text[:3] == ["Nous pouvons échanger pendant 20 minutes à l’un de ces moments :", "",
                        "- vendredi 12 février 2021 à 14 h 20"]  # fmt: skip
    assert len(text) == 2 + 8
    records = demo.run("--today", "2021-02-06", "slots", "list", "--free", "--format", "json").records
    assert [records[0][key] for key in ("starts", "minutes", "state", "row")] == ["2021-02-12 14:20", 20, "Libre", 13]
    assert len(demo.run(*DAY, "slots", "list", "--format", "csv").rows) == 18


@pytest.mark.slow
def test_bookings_are_appended_once_under_any_free_slots(demo, tmp_path):
    demo.run(*DAY, "slots", "generate", "--to", "2021-02-05")
    before = people(demo.workbook)
    answers = {"Question 1": "Votre projet", "Response 1": "=Phare"}
    path = written(tmp_path, line(**answers), line("2021-02-05 04:00 pm", None, Canceled="true"))
    done = demo.run(*DAY, "slots", "import", path)
    assert "1 créneau réservé ajouté ; 1 créneau annulé, non ajouté." in said(done)
    assert done.out == "Rien à faire à la main.\n"
    assert rows(demo)[-1] == {
        "Début": datetime(2021, 2, 5, 14, 20), "Durée (min)": 20, "Réservé par": "Claude Roux",
        "E-mail": "claude@exemple.invalid", "Projet": "=Phare", "Statut": "Réservé",
    }  # fmt: skip
    assert before.lost(people(demo.workbook)) == []
    free = demo.run("--today", "2021-02-04", "slots", "list", "--free", "--format", "json").records
    assert "2021-02-05 14:20" not in {slot["starts"] for slot in free}  # its free row is not offered any more
    again = demo.bytes
    assert "aucun créneau réservé ajouté ; 1 créneau déjà là" in said(demo.run(*DAY, "slots", "import", path))
    assert demo.bytes == again


@pytest.mark.slow
def test_what_an_export_says_otherwise_is_told_with_its_cell_and_never_written(demo, tmp_path):
    demo.run(*DAY, "slots", "import", written(tmp_path, line()))
    before = demo.bytes
    cell = Robot(demo).tab(TAB).cell("Statut", datetime(2021, 2, 5, 14, 20), "Début")
    done = demo.run(*DAY, "slots", "import", written(tmp_path, line(Canceled="true")), "--format", "json")
    assert [(record["what"], record["cell"]) for record in done.records] == [
        ("annulé dans l’export, « Réservé » ici", f"{TAB}!{cell}")
    ]
    assert "1 créneau à revoir par vous" in said(done)
    assert demo.bytes == before
    edit(demo.workbook, "set", tab=TAB, cell=cell, value="Annulé")
    [told] = demo.run(*DAY, "slots", "import", written(tmp_path, line()), "--format", "json").records
    assert told["what"] == "réservé dans l’export, « Annulé » ici"
    edit(demo.workbook, "set", tab=TAB, cell=cell, value="Réservé")
    moved = (line(Canceled="true"), line("2021-02-05 02:30 pm", "2021-02-05 02:50 pm"))
    done = demo.run(*DAY, "slots", "import", written(tmp_path, *moved), "--format", "json")
    assert [record["what"] for record in done.records] == [
        "annulé dans l’export, « Réservé » ici", "ajouté, à une heure déjà prise ici",
    ]  # fmt: skip


def test_who_did_not_come_is_added_as_called_off_and_counts_once(demo, tmp_path):
    absent, came = line(**{"Marked as No-Show": "Yes"}), line("2021-02-05 02:40 pm", "2021-02-05 03:00 pm")
    path = written(tmp_path, absent, came)
    done = demo.run(*DAY, "slots", "import", path)
    assert "1 créneau réservé ajouté ; 1 créneau ajouté « Annulé », personne absente." in said(done)
    assert [row["Statut"] for row in rows(demo)[-2:]] == ["Annulé", "Réservé"]
    again = demo.run(*DAY, "slots", "import", path)
    assert "aucun créneau réservé ajouté ; 2 créneaux déjà là." in said(again)
    assert again.out == "Rien à faire à la main.\n"


def test_who_is_booked_here_and_did_not_come_is_told(demo, tmp_path):
    demo.run(*DAY, "slots", "import", written(tmp_path, line()))
    path = written(tmp_path, line(**{"Marked as No-Show": "Yes"}))
    (told,) = demo.run(*DAY, "slots", "import", path, "--format", "json").records
    assert told["what"] == "personne absente dans l’export, « Réservé » ici"


def test_a_line_that_cannot_be_read_costs_no_other(demo, tmp_path):
    path = written(tmp_path, line("bientôt"), line())
    done = demo.run(*DAY, "slots", "import", path)
    assert "« Start Date & Time » ne se lit pas (bientôt)" in done.out.replace("\u202f", " ")
    assert "1 créneau réservé ajouté." in said(done)
    assert len(rows(demo)) == 1


@pytest.mark.slow
def test_registrations_are_appended_once_and_attendance_comes_as_one_more_row(demo, tmp_path):
    people_before = people(demo.workbook)
    first = [("Alix", "Moreau", "alix@exemple.invalid", "Agence", "2021-02-03T10:00:00Z", ""),
             ("Noa", "Simon", "noa@exemple.invalid", "", "", "")]  # fmt: skip
    command = (*DAY, "slots", "import", written(tmp_path, *first, headers=LIVESTORM), "--kind", "webinars")
    ask = demo.run(*command)
    assert (ask.code, "« Préparer sa candidature » (2021-03-02)" in said(ask)) == (2, True)
    done = demo.run(*command, "--webinar", "2021-02-12")
    assert "2 inscriptions ajoutées." in said(done)
    assert rows(demo, REGISTERED)[0] == {
        "Webinaire": "Présentation de l’appel à projets", "Prénom Nom": "Alix Moreau", "E-mail": "alix@exemple.invalid",
        "Administration": "Agence", "Inscrit le": datetime(2021, 2, 3, 11),
    }  # fmt: skip
    after = [(*registration[:-1], present) for registration, present in zip(first, ("Oui", "Non"), strict=True)]
    command = (*DAY, "slots", "import", written(tmp_path, *after, headers=LIVESTORM), "--kind", "webinars")
    done = demo.run(*command, "--webinar", "présentation de l'appel à projets")
    assert "1 présence ajoutée, d’une personne déjà inscrite ; 1 inscription déjà là." in said(done)
    assert [row.get("Présent") for row in rows(demo, REGISTERED)] == [None, None, "oui"]
    saves = demo.bytes
    assert "2 inscriptions déjà là." in said(demo.run(*command, "--webinar", "2021-02-12"))
    assert demo.bytes == saves
    assert people_before.lost(people(demo.workbook)) == []


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("import", "absent.csv"), 1, "Fichier introuvable : absent.csv."),
        (("import", "absent.csv", "--webinar", "x"), 2, "--webinar va avec --kind webinars."),
        (("generate", "--to", "2025-01-01"), 1, "Plus de 400 jours"),
        (("generate", "--to", "demain"), 2, "--to"),
    ],
)
def test_a_mistake_is_a_sentence(demo, arguments, code, sentence):
    done = demo.run(*DAY, "slots", *arguments)
    assert (done.code, sentence in said(done)) == (code, True)


def test_without_its_tab_a_command_says_what_to_do(demo):
    edit(demo.workbook, "delete_tab", tab=TAB)
    done = demo.run(*DAY, "slots", "list")
    assert (done.code, "L’onglet « Créneaux » est introuvable : lancez « eig-sheets init »." in said(done)) == (1, True)


@pytest.mark.on_a_file
def test_the_workbook_itself_is_no_export(demo, tmp_path):
    refuses_the_workbook(demo, tmp_path, "slots", "import")


def test_nothing_is_written_in_a_workbook_without_our_mark(demo):
    writes_nothing(without_marks(demo), ("slots", "generate"))


def test_beside_another_run_slots_are_shown_and_not_written(demo):
    command = (*DAY, "slots", "generate", "--to", "2021-02-12")
    writes_nothing_beside_another_run(demo, command)
    shows_without_writing(demo, command)
