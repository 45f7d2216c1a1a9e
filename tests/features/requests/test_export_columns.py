"""`Colonnes des exports`: officers say where a column of an export goes, and « Importer » does it once ticked."""

from __future__ import annotations

import pytest

from eig_sheets.features.requests.rules import Action
from eig_sheets.spreadsheet.model.cells import a1
from tests import in_memory
from tests.features.requests.test_imports import HEADERS, asked, blank, drop, officers, row_of

__all__ = ["blank", "officers"]
from tests.spreadsheet import memory_desk

pytestmark = pytest.mark.in_memory

TAB = "Colonnes des exports"
ROW = ["101", "2021-03-01", "En instruction", "Phare", "Ville de Brume", "ada@example.org"]


def columns(officers):
    tab = officers.campaign.read().tab(TAB)
    at = next(place for place, row in enumerate(tab.rows) if "Colonne de l’export" in row)
    return tab, at


def put(officers, cell, value, tab=TAB):
    memory_desk.put(in_memory.storage_at(officers.campaign.workbook), tab, cell, value)


def say(officers, *goes):
    """Say where columns go, each in its row, else below the last one; returns the cells of « Va dans »."""
    cells = []
    for name, target in goes:
        tab, _ = columns(officers)
        names = [row[0] for row in tab.rows]
        filled = max(place for place, row in enumerate(tab.rows) if any(row))
        row = (names.index(name) if name in names and name != "aucune" else filled + 1) + 1
        put(officers, a1(row, 0), name)
        put(officers, a1(row, 1), target)
        cells.append(f"{TAB}!{a1(row, 1)}")
    return cells


def tick(officers, number, *, ticked=True):
    officers.type_in(row_of(officers, number), tick=ticked)
    assert officers.run().code == 0
    return officers.answer(number)


def listed_again(officers, number):
    """The list that follows what was said, as it can be confirmed."""
    tick(officers, number)
    return tick(officers, number, ticked=None)


def dossiers(officers):
    tab = officers.campaign.read().tab("Candidatures")
    at = next(place for place, row in enumerate(tab.rows) if "Nom du projet" in row)
    return [dict(zip(tab.rows[at], row, strict=False)) for row in tab.rows[at + 1 :] if any(row)]


def export(officers, added=(), *, name="export.csv", renamed=()):
    """Drop an export of one dossier: `added`: more columns and their values; `renamed`: headers, and others instead."""
    headers = [dict(renamed).get(header, header) for header in HEADERS]
    lines = [[*headers, *(header for header, _ in added)], [*ROW, *(value for _, value in added)]]
    path = drop(officers, name=name)
    path.write_text("\n".join(";".join(line) for line in lines), encoding="utf-8")


ADDRESS = "Adresse électronique du porteur de projet"


def test_no_call_has_the_tab_before_a_doubt(officers):
    assert officers.campaign.read().tab(TAB) is None
    assert officers.campaign.run("sync").code == 0
    assert officers.campaign.read().tab(TAB) is None


def test_what_is_in_doubt_is_listed_once(officers):
    export(officers, [("Slogan", "Éclairer")])
    number = asked(officers, Action.IMPORT)
    assert f"Dites dans « {TAB} » où elle va" in officers.answer(number)
    asked(officers, Action.IMPORT)
    tab, at = columns(officers)
    assert [row[0] for row in tab.rows[at + 1 :]] == [ADDRESS, "Slogan"]


def test_a_column_goes_where_officers_say_and_the_list_is_shown_again(officers):
    export(officers, [("Slogan", "Éclairer")])
    number = asked(officers, Action.IMPORT)
    say(officers, ("Slogan", "nom du projet"), ("Nom du projet", "aucune"))
    shown = listed_again(officers, number)
    assert "• Slogan → Nom du projet (sûre)" in shown
    assert "Nom du projet → " not in shown
    assert dossiers(officers) == []
    assert "1 dossier ajouté" in tick(officers, number)
    assert dossiers(officers)[0]["Nom du projet"] == "Éclairer"


def test_a_likely_column_that_is_none_stays_out(officers):
    export(officers)
    number = asked(officers, Action.IMPORT)
    assert f"• {ADDRESS} → E-mail du porteur (probable)" in officers.answer(number)
    say(officers, (ADDRESS, "aucune"))
    assert f"1 colonne laissée : {ADDRESS}" in listed_again(officers, number)
    assert "1 dossier ajouté" in tick(officers, number)
    assert dossiers(officers)[0].get("E-mail du porteur") is None


def test_a_sure_column_is_corrected_too_and_what_it_filled_is_looked_for_elsewhere(officers):
    export(officers, [("Intitulé", "Digue")])
    number = asked(officers, Action.IMPORT)
    say(officers, ("Nom du projet", "Administration d’accueil"), ("Intitulé", "Nom du projet"))
    shown = listed_again(officers, number)
    assert "• Nom du projet → Administration d’accueil (sûre)" in shown
    assert "• Intitulé → Nom du projet (sûre)" in shown
    tick(officers, number)
    assert [dossiers(officers)[0][name] for name in ("Nom du projet", "Administration d’accueil")] == ["Digue", "Phare"]


def test_several_columns_of_one_are_put_together_in_the_order_of_the_rows(officers):
    export(officers, [("Début", "Le"), ("Fin", "phare")])
    number = asked(officers, Action.IMPORT)
    say(officers, ("Début", "Nom du projet"), ("Fin", "Nom du projet"))
    listed_again(officers, number)
    tick(officers, number)
    assert dossiers(officers)[0]["Nom du projet"] == "Le phare"


def test_of_columns_with_one_header_each_is_told_apart(officers):
    export(officers, [("Réponse", "non"), ("Réponse", "Digue")])
    number = asked(officers, Action.IMPORT)
    tab, _ = columns(officers)
    assert {"Réponse (n° 1)", "Réponse (n° 2)"} <= {row[0] for row in tab.rows}
    say(officers, ("Réponse (n° 2)", "Nom du projet"))
    listed_again(officers, number)
    tick(officers, number)
    assert dossiers(officers)[0]["Nom du projet"] == "Digue"


def test_an_export_without_states_is_taken_once_officers_say_that_it_has_none(officers):
    export(officers, renamed=[("État du dossier", "Remarque")])
    number = asked(officers, Action.IMPORT)
    assert "Rien ne dit l’état de chaque dossier" in officers.answer(number)
    assert "écrivez-y « aucune » à gauche" in officers.answer(number)
    say(officers, ("aucune", "État du dossier"))
    number = asked(officers, Action.IMPORT)
    assert "1 dossier à ajouter" in officers.answer(number)


def test_the_number_may_be_said_when_no_column_has_its_name(officers):
    export(officers, renamed=[("ID", "Repère"), ("Déposé le", "Quand")])
    number = asked(officers, Action.IMPORT)
    assert officers.states[number] == "refusée"
    say(officers, ("Repère", "N° de dossier"), ("Quand", "Date de dépôt"))
    number = asked(officers, Action.IMPORT)
    assert "1 dossier à ajouter" in officers.answer(number)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ([("Slogan", "Nom du projt")], "aucune colonne à remplir ne s’appelle « Nom du projt ». Vouliez-vous dire"),
        ([("Slogan", "Nom du projet"), ("slogan", "E-mail du porteur")], "« slogan » est déjà en"),
        ([(None, "Nom du projet")], "il manque à gauche la colonne de l’export"),
    ],
)
def test_what_is_not_sure_is_refused_by_its_cell(officers, said, why):
    export(officers, [("Devise", "Éclairer")])
    asked(officers, Action.IMPORT)
    cell = say(officers, *said)[-1]
    number = asked(officers, Action.IMPORT)
    assert f"{cell} : {why}" in officers.answer(number).replace("\u202f", " ").replace("\u00a0", " ")
    assert officers.states[number] == "refusée"


def test_without_its_column_what_officers_said_is_not_taken_for_nothing(officers):
    export(officers, [("Slogan", "Éclairer")])
    asked(officers, Action.IMPORT)
    _, at = columns(officers)
    put(officers, a1(at + 1, 1), "Destination")
    number = asked(officers, Action.IMPORT)
    assert "la colonne « Va dans » est introuvable" in officers.answer(number).replace("\u00a0", " ")


def test_what_is_said_of_another_export_changes_nothing_in_this_one(officers):
    export(officers, [("Slogan", "Éclairer")])
    asked(officers, Action.IMPORT)
    say(officers, ("Devise", "Nom du projet"))
    number = asked(officers, Action.IMPORT)
    assert "• Nom du projet → Nom du projet (sûre)" in officers.answer(number)


def test_the_tab_may_be_deleted_and_is_made_again(officers):
    export(officers)
    asked(officers, Action.IMPORT)
    assert officers.campaign.run("sync").code == 0
    memory_desk.edit(in_memory.storage_at(officers.campaign.workbook), "delete_tab", tab=TAB)
    assert officers.campaign.run("sync").code == 0
    assert TAB not in officers.campaign.run("anomalies").out
    number = asked(officers, Action.IMPORT)
    assert f"Dites dans « {TAB} » où elle va" in officers.answer(number)


def test_a_run_leaves_what_officers_said(officers):
    export(officers)
    asked(officers, Action.IMPORT)
    say(officers, (ADDRESS, "aucune"))
    before = officers.campaign.read().tab(TAB).rows
    assert officers.campaign.run("sync").code == 0
    assert officers.campaign.read().tab(TAB).rows == before
