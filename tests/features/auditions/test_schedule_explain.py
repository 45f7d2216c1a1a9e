"""`jury schedule --explain`: the slot, who is expected, where else; it writes nothing."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.call.jury.small_jury import unscored
from tests.columns import cell_of
from tests.features.auditions.hearings import PLANNING, heard, made
from tests.nightly import Robot
from tests.spreadsheet.xlsx_desk import edit
from tests.workbook.snapshots import juror

pytestmark = pytest.mark.in_memory

TUESDAY = "mardi 4 mai 2021"
NAMES = ("ada", "bob", "cid")


def said(text):
    return text.replace("\u202f", " ")


def explain(jury, numero, *options):
    return jury.run("jury", "schedule", "--explain", numero, *options)


def told(jury, numero):
    """(what, value, formula) of each line, with ordinary spaces."""
    done = explain(jury, numero, "--format", "json")
    assert done.code == 0, done.err
    return [tuple(said(str(record[key] or "")) for key in ("what", "value", "formula")) for record in done.records]


def cells(jury, numero):
    records = explain(jury, numero, "--format", "json").records
    return {(record["what"], record["value"]): record["cells"] for record in records if record["cells"]}


@pytest.fixture
def jury(tmp_path):
    jurors = [
        juror("ada"),
        juror("bob", deports="101"),
        juror("cid", disponibilites="04/05/2021 09:00–10:20"),
    ]
    return made(tmp_path / "appel", jurors=jurors, evaluations=[unscored("101", "ada")])


@pytest.mark.slow
def test_a_proposal_says_who_is_expected_and_where_else_it_could_be(jury):
    assert jury.schedule("--adjust").code == 0
    saved = jury.bytes
    jury.type("Candidatures", "Décision", "103", "Désisté")
    edited = jury.bytes
    lines = told(jury, "101")
    assert lines == [
        (
            "Créneau",
            f"{TUESDAY} à 9 h, jusqu’à 9 h 40",
            "proposé : l’heure n’est pas saisie en « Audition décidée »",
        ),
        ("Porteur attendu", "porteur101@exemple.invalid", ""),
        ("Juré", "Ada", "disponible ; l’a lu"),
        ("Juré", "Bob", "se retire : il se déporte de ce dossier"),
        ("Juré", "Cid", "disponible"),
        ("Quorum", "2", "présents, sur 3 jurés ; il en faut au moins 2"),
        ("Créneaux impossibles", "1", "un autre dossier y est entendu"),
        ("Créneaux impossibles", "1", "trop peu de jurés peuvent l’entendre"),
    ]
    assert jury.bytes == edited != saved
    [row] = [record["row"] for record in Robot(jury).tab("Candidatures").rows if record["N° de dossier"] == "101"]
    porteur = cell_of("candidatures", "email_porteur", row)
    assert cells(jury, "101")["Porteur attendu", "porteur101@exemple.invalid"] == f"Candidatures!{porteur}"
    assert explain(jury, "101").out.split()[:5] == ["Quoi", "Valeur", "Calcul", "Cellules", "Source"]


def test_nothing_recorded_is_what_would_be_proposed(jury):
    saved = jury.bytes
    done = explain(jury, "102", "--format", "json")
    assert "Rien n’est encore dans Planning des auditions" in said(done.err)
    assert (done.code, jury.bytes) == (0, saved)
    first = done.records[0]
    assert (first["what"], said(first["source"])) == ("Créneau", "auditions.days ; auditions.minutes")
    assert PLANNING not in [tab.name for tab in jury.read().tabs]


@pytest.mark.slow
def test_what_people_decided_says_its_cell_and_what_it_breaks(jury):
    jury.decide("102", datetime(2021, 5, 4, 10, 20))
    jury.decide("103", datetime(2021, 5, 4, 10, 20))
    lines = told(jury, "102")
    assert lines[0][2] == "décidé : l’heure saisie en « Audition décidée » ne bouge pas"
    [row] = [record["row"] for record in Robot(jury).tab("Candidatures").rows if record["N° de dossier"] == "102"]
    [cell] = [place for (what, _), place in cells(jury, "102").items() if what == "Créneau"]
    assert cell == f"Candidatures!{cell_of('candidatures', 'audition', row)}"
    assert ("Juré", "Cid", "n’est pas disponible") in lines
    assert [line for line in lines if line[0] == "Contrainte non tenue"] == [
        ("Contrainte non tenue", "", "le dossier 103 est entendu en même temps"),
        ("Contrainte non tenue", "", "Cid n’est pas disponible"),
    ]
    better = "serait mieux pour lui seul (0 au lieu de 1 : jurés qui ne peuvent pas venir) ; l’heure est décidée"
    assert [line[1:] for line in lines if line[0] == "Autre créneau possible"] == [
        (f"{TUESDAY} à 9 h, jusqu’à 9 h 40", better),
        (f"{TUESDAY} à 9 h 40, jusqu’à 10 h 20", better),
    ]


@pytest.mark.slow
def test_groups_and_later_slots_are_compared(tmp_path):
    jurors = [juror(name, groupe=group) for name, group in zip(NAMES, "AAB", strict=True)]
    jury = made(tmp_path / "appel", [heard("101")], jurors, [unscored("101", "ada")])
    assert jury.schedule().code == 0
    lines = told(jury, "101")
    assert lines[0][1] == f"{TUESDAY} à 9 h, jusqu’à 9 h 40, groupe A"
    others = [(value, why) for what, value, why in lines if what == "Autre créneau possible"]
    stranger = "1 au lieu de 0 : jurés qui l’ont lu et sont d’un autre groupe"
    assert others[0] == (f"{TUESDAY} à 9 h 40, jusqu’à 10 h 20, groupe A", "plus tard")
    assert others[2] == (f"{TUESDAY} à 9 h, jusqu’à 9 h 40, groupe B", stranger)
    assert len(others) == 5
    jury.type("Jury", "Disponibilités", "ada@jury.example", "04/05/2021 10:20–11:00", by="E-mail")
    [(_, _, why), *_] = [line for line in told(jury, "101") if line[0] == "Autre créneau possible"]
    assert why == (
        "serait mieux pour lui seul (0 au lieu de 1 : jurés qui ne peuvent pas venir) ; « eig-sheets jury schedule » "
        "repense ce qui n’est que proposé"
    )


@pytest.mark.slow
def test_without_a_slot_it_says_why_and_what_is_free_since(tmp_path):
    jury = made(tmp_path / "appel", [heard(str(number)) for number in range(101, 105)])
    assert jury.schedule().code == 1
    first, *_ = told(jury, "104")
    assert first[:2] == ("Créneau", "")
    assert first[2].startswith("Aucun créneau ne reste : il aurait une place si")
    assert told(jury, "104")[-1] == ("Créneaux impossibles", "3", "un autre dossier y est entendu")
    jury.type("Candidatures", "Décision", "103", "Désisté")
    [free] = [line for line in told(jury, "104") if line[0] == "Autre créneau possible"]
    assert free[2] == "libre : « eig-sheets jury schedule --adjust » l’y placerait"


def test_an_hour_that_cannot_be_read_names_its_cell(jury):
    [row] = [record["row"] for record in Robot(jury).tab("Candidatures").rows if record["N° de dossier"] == "101"]
    cell = cell_of("candidatures", "audition", row)
    edit(jury.workbook, "set", tab="Candidatures", cell=cell, value="mardi prochain")
    [line] = told(jury, "101")
    assert line[2].startswith("« Audition décidée »")
    assert f"Candidatures!{cell}" in line[2]


@pytest.mark.parametrize(
    ("numero", "sentence"),
    [("1010", "Le dossier « 1010 » n’est pas dans le classeur."), ("105", "Le dossier 105 n’est pas à entendre")],
)
def test_a_dossier_that_is_not_heard_is_refused(tmp_path, numero, sentence):
    jury = made(tmp_path / "appel", [heard("101"), heard("105", preselection="Écarté – insuffisant")])
    done = explain(jury, numero)
    assert (done.code, done.out) == (1, "")
    assert sentence in said(done.err)


@pytest.mark.parametrize("other", [["--check"], ["--adjust"], ["--dry-run"], ["--ics", "agendas"]])
def test_an_explanation_goes_with_nothing_else(jury, other):
    saved = jury.bytes
    assert (explain(jury, "101", *other).code, jury.bytes) == (2, saved)
