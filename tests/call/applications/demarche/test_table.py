"""Received dossiers as rows: by the id of each question, whatever its label was."""

from eig_sheets.call.applications.demarche import table
from tests.demarche_server import dossiers
from tests.demarche_server.dossiers import descriptor, descriptor_id, text

FORM = (descriptor(1, "Nom du projet"), descriptor(9, "Votre projet", "HeaderSection"), descriptor(2, "E-mail"),
        descriptor(3, "E-mail"))  # fmt: skip


def rows(*received, named=()):
    headers = table.headers_of(table.questions_of(FORM, received), named)
    head, *others = table.rows_of(received, headers)
    return [dict(zip(head, row, strict=True)) for row in others]


def test_a_label_that_changed_is_in_the_same_column():
    old = dossiers.dossier(1, text(1, "Titre du projet", "Hérisson"))
    new = dossiers.dossier(2, text(1, "Nom du projet", "Boussole"))
    assert [row["Nom du projet"] for row in rows(new, old)] == ["Hérisson", "Boussole"]
    assert "Titre du projet" not in rows(old)[0]


def test_a_question_that_the_form_no_longer_asks_keeps_its_answers():
    [row] = rows(dossiers.dossier(1, text(5, "Ancienne  question", "oui")))
    assert row["Ancienne question"] == "oui"
    assert list(row)[-1] == "Ancienne question"


def test_titles_of_the_form_are_no_questions():
    [row] = rows(dossiers.dossier(1, dossiers.champ("HeaderSection", 9, "Votre projet", "x")))
    assert "Votre projet" not in row


def test_repeated_labels_are_told_apart_by_their_id_where_it_is_named():
    received = dossiers.dossier(1, text(2, "E-mail", "a@example.org"), text(3, "E-mail", "b@example.org"))
    [row] = rows(received, named=[descriptor_id(3), descriptor_id(1)])
    assert row["E-mail"] == "a@example.org"
    assert row[f"E-mail [{descriptor_id(3)}]"] == "b@example.org"
    assert "Nom du projet" in row


def test_a_question_that_has_the_name_of_a_column_of_the_platform_is_told_apart_too():
    form = (descriptor(4, "Prénom"),)
    assert table.headers_of(table.questions_of(form, ()), [descriptor_id(4)]) == {
        descriptor_id(4): f"Prénom [{descriptor_id(4)}]"
    }


def test_the_platform_s_own_columns_are_those_of_its_exports():
    person = dossiers.dossier(1, state="sans_suite", archived=True, motivation="Hors sujet")
    company = {"__typename": "PersonneMorale", "siret": "13002526500013", "entreprise": {"raisonSociale": "Direction"}}
    [first, second] = rows(person, dossiers.dossier(2, demandeur=company))
    assert {key: value for key, value in first.items() if value is not None} == {
        "ID": "1", "Email": "porteur1@example.org", "Civilité": "Mme", "Nom": "Martin", "Prénom": "Camille",
        "Archivé": "Oui", "État du dossier": "Classé sans suite",
        "Dernière mise à jour le": "2021-03-01T10:00:00+01:00",
        "Dernière mise à jour du dossier le": "2021-03-01T10:00:00+01:00", "Déposé le": "2021-03-01T10:00:00+01:00",
        "Motivation de la décision": "Hors sujet",
        "Groupe instructeur": "défaut",
    }  # fmt: skip
    assert (second["Établissement SIRET"], second["Entreprise raison sociale"]) == ("13002526500013", "Direction")


def test_dossiers_come_in_the_order_of_their_numbers():
    assert [row["ID"] for row in rows(dossiers.dossier(10), dossiers.dossier(9))] == ["9", "10"]


def test_fields_are_bound_to_the_one_question_that_has_a_header_of_theirs():
    fields = {"projet": ("Nom du Projet",), "email_porteur": ("e-mail",), "numero": ("ID",), "mentor": ("Absent",)}
    assert [*table.bindings(table.questions_of(FORM, ()), fields)] == [("projet", descriptor_id(1))]
