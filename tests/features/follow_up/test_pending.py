"""What awaits whom of the milestones of projects: those that are late."""

from __future__ import annotations

from datetime import date, datetime

from eig_sheets.run.accueil import Urgency
from tests.run.test_pending import at, lines, shown
from tests.workbook.snapshots import book, dossier, juror, tab


def test_milestones_whose_date_is_past_are_late_unless_done_or_given_up():
    rows = [
        {"numero": "101", "jalon": "Fait", "echeance": datetime(2021, 10, 1), "statut": "Fait"},
        {"numero": "101", "jalon": "Aujourd’hui", "echeance": datetime(2021, 12, 1)},
        {"numero": "101", "jalon": "Passé", "echeance": datetime(2021, 11, 30)},
        {"numero": "102", "jalon": "D’un autre", "echeance": datetime(2021, 10, 1)},
    ]
    dossiers = [dossier("101", decision="Lauréat"), dossier("102", decision="Non retenu")]
    told = shown(book(dossiers, (juror("anna"),), (), tab("suivi", rows)), date(2021, 12, 1))
    place = at("echeance", 4, "suivi", "Suivi")
    assert told == [("1 jalon en retard : Projet 101", 1, "Équipe", Urgency.URGENT, place)]


def test_each_project_has_its_line_of_late_milestones_which_leads_to_the_first_one():
    days = [("101", 11, 3), ("102", 10, 9), ("101", 10, 1), ("102", 12, 2), ("101", 11, 2)]
    rows = [{"numero": number, "jalon": f"J{place}", "echeance": datetime(2021, month, day)}
            for place, (number, month, day) in enumerate(days)]  # fmt: skip
    dossiers = [
        dossier("101", decision="Lauréat", suivi_par="Camille"),
        dossier("102", decision="Lauréat", projet=None),
    ]
    told = lines(book(dossiers, (juror("anna"),), (), tab("suivi", rows)), date(2021, 12, 1))
    assert [(line.who, line.what, line.link.text) for line in told if "jalon" in line.what] == [
        ("Camille", "3 jalons en retard : Projet 101", at("echeance", 4, "suivi", "Suivi")),
        ("Équipe", "1 jalon en retard : 102", at("echeance", 3, "suivi", "Suivi")),
    ]
