"""In a workbook: the exact cells that concern a person, and those that people pseudonymise, after which ranks hold."""

import json
from collections import Counter

import pytest

from eig_sheets import loading
from eig_sheets.campaign.reading import read
from eig_sheets.features.privacy import workbook_cells
from eig_sheets.features.privacy.workbook_search import Match, Person, cells_of, identified
from eig_sheets.personal_data import people_of
from eig_sheets.spreadsheet.model.cells import a1
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.workbook.fields import Kind
from tests.columns import EIG5, SCHEMA, cell_of
from tests.in_memory import storage_at
from tests.spreadsheet.memory_desk import put

pytestmark = pytest.mark.in_memory
JUROR = "alix.ventadour@exemple.invalid"


def layouts_of(demo):
    return read(demo.read(), loading.load(demo.config)).layout.tabs


def found_of(demo, address):
    layouts = layouts_of(demo)
    return [*cells_of(identified(Person(address), layouts, EIG5.features), demo.read(), layouts, EIG5.features)]


def test_every_column_of_addresses_is_known():
    addresses = {(tab.id, field.id) for tab in SCHEMA.tabs for field in tab.fields if field.kind is Kind.EMAIL}
    people = people_of(EIG5.features)
    assert {(person.tab, person.address) for person in people} == addresses
    for person in people:
        assert {*person.names} <= {field.id for field in SCHEMA.tab(person.tab).fields}


@pytest.mark.slow
def test_every_cell_that_names_a_juror_is_found_and_no_other_person_s(demo):
    by_cell = {(cell.tab, cell.cell): cell for cell in found_of(demo, JUROR.upper())}
    named = {
        (tab.name, a1(row, column))
        for tab in demo.read().tabs
        for row, cells in enumerate(tab.rows, 1)
        for column, value in enumerate(cells)
        if isinstance(value, str) and (JUROR in value or "Alix Ventadour" in value)
    }
    assert len(named) > 8
    assert named <= by_cell.keys()
    assert {(cell.tab, cell.match) for cell in by_cell.values()} >= {
        ("Jury", Match.NAME), ("Jury", Match.ADDRESS), ("Jury", Match.ROW), ("Évaluations", Match.ROW),
    }  # fmt: skip
    others = [cell for cell in by_cell.values() if isinstance(cell.value, str) and "@exemple.invalid" in cell.value]
    assert [cell for cell in others if JUROR not in cell.value] == []


def test_the_first_row_of_a_list_without_headers_is_searched(demo):
    mine = Snapshot((TabSnapshot("Liste", ((JUROR, "Alix"), ("bob@exemple.invalid", "Bob"))),))
    cells = [*cells_of(Person(JUROR), mine, {}, EIG5.features)]
    assert [(cell.cell, cell.header, cell.match) for cell in cells] == [
        ("A1", "", Match.ADDRESS),
        ("B1", "", Match.ROW),
    ]


def test_a_cell_has_its_tab_address_header_and_value(demo):
    [organisation] = [cell for cell in found_of(demo, JUROR) if cell.header == "Organisation"]
    assert (organisation.tab, organisation.cell) == ("Jury", cell_of("jury", "organisation", 3))
    assert (organisation.value, organisation.match) == ("Coopérative Données et Territoires", Match.ROW)


def test_all_that_jurors_say_of_a_candidate_is_theirs(demo):
    storage, fields = storage_at(demo.workbook), {"candidature": "T-1", "prenom": "Zélie", "nom": "Ormeau"}
    for field_id, value in {**fields, "email": "zelie@exemple.invalid", "metier": "Développeur"}.items():
        put(storage, "Talents", cell_of("talents", field_id, 3), value)
    for field_id, value in {"candidature": "T-1", "jure": JUROR, "commentaire": "À revoir."}.items():
        put(storage, "Évaluations talents", cell_of("evaluations_talents", field_id, 3), value)
    put(storage, "Candidatures", cell_of("candidatures", "commentaire", 3), "Demandé par ORMEAU Zélie")
    cells = found_of(demo, "zelie@exemple.invalid")
    tabs = Counter(cell.tab for cell in cells)
    assert tabs == {"Talents": 5, "Évaluations talents": 3, "Candidatures": 1}


def test_a_row_of_a_robot_s_tab_that_has_their_address_is_theirs():
    rows = (("Titre",), ("N° de dossier", "E-mail du juré", "Note"), ("1", JUROR, 3.0), ("2", "b@exemple.invalid", 4.0))
    cells = cells_of(Person(JUROR), Snapshot((TabSnapshot("Notes reçues", rows),)), {}, EIG5.features)
    assert [(cell.cell, cell.header, cell.value, cell.match) for cell in cells] == [
        ("A3", "N° de dossier", "1", Match.ROW), ("B3", "E-mail du juré", JUROR, Match.ADDRESS),
        ("C3", "Note", 3.0, Match.ROW),
    ]  # fmt: skip


def test_a_name_in_two_columns_of_a_tab_that_we_do_not_know_is_found():
    rows = (("Prénom", "Ville", "Nom"), ("Zélie", "Brest", "Ormeau"), ("Zélie", "Nantes", "Martin"))
    cells = cells_of(
        Person("zelie@exemple.invalid", ("Zélie Ormeau",)), Snapshot((TabSnapshot("Liste", rows),)), {}, EIG5.features
    )
    assert [(cell.cell, cell.header, cell.match) for cell in cells] == [
        ("A2", "Prénom", Match.NAME), ("C2", "Nom", Match.NAME),
    ]  # fmt: skip


def test_where_rows_have_ids_a_cell_is_named_by_its_row_and_its_header(demo):
    cells = workbook_cells.cells_to_change(layouts_of(demo), (), EIG5.features, by_id=True)
    assert next(cell for cell in cells if cell.tab == "Jury" and cell.header == "Nom").cell == "ligne 2, Nom"


@pytest.mark.slow
def test_nobody_is_found_nowhere(demo):
    assert found_of(demo, "personne@exemple.invalid") == []


def ranks(demo):
    done = demo.run("rank", "--format", "json")
    assert done.code == 0
    return done.out


def apply_list(demo):
    """What people do of the list: they blank a cell, or type what it says."""
    cells = demo.run("archives", "cells", "--format", "json").records
    for cell in cells:
        put(storage_at(demo.workbook), cell["tab"], cell["cell"], cell["to_type"])
    return cells


@pytest.mark.slow
def test_once_people_have_applied_the_list_nobody_is_named_and_every_number_is_the_same(demo):
    before = ranks(demo)
    cells = apply_list(demo)
    assert len(cells) > 300
    for tab_id, layout in layouts_of(demo).items():
        texts = " ".join(str(value) for row in layout.tab.rows[layout.header_row :] for value in row)
        assert "@exemple.invalid" not in texts, tab_id
        assert "Ventadour" not in texts, tab_id
    assert ranks(demo) == before
    assert demo.run("archives", "cells", "--format", "json").records == []


def test_a_candidate_who_is_not_retained_goes_two_years_after_the_last_contact(demo):
    """And one who is, or whose status cannot be read, as the project where they work."""
    storage = storage_at(demo.workbook)
    statuses = {"T-1": "Non retenu", "T-2": "Retenu", "T-3": "Rete nu ?", "T-4": None}
    for row, (number, status) in enumerate(statuses.items(), 3):
        for field_id, value in {"candidature": number, "nom": f"N{number}", "statut": status}.items():
            put(storage, "Talents", cell_of("talents", field_id, row), value)
        for field_id, value in {"candidature": number, "jure": JUROR, "commentaire": number}.items():
            put(storage, "Évaluations talents", cell_of("evaluations_talents", field_id, row), value)
    records = demo.run("archives", "cells", "--format", "json").records
    due = {(record["tab"], record["cell"]): record["due"] for record in records}
    for tab, field in (("talents", "nom"), ("evaluations_talents", "commentaire")):
        name = SCHEMA.tab(tab).name
        assert [due[name, cell_of(tab, field, row)] for row in range(3, 7)] == [
            "2023-07-13", "2027-07-12", "2027-07-12", "2023-07-13",
        ]  # fmt: skip
    assert due["Évaluations talents", cell_of("evaluations_talents", "jure", 3)] == "2027-07-12"


def test_a_message_to_such_a_candidate_goes_with_their_candidature(demo):
    storage = storage_at(demo.workbook)
    put(storage, "Talents", cell_of("talents", "candidature", 3), "T-1")
    put(storage, "Talents", cell_of("talents", "statut", 3), "Retenu")
    last = layouts_of(demo)["emails"].last_row
    for row, (template, number) in enumerate(
        [("talent_non_retenu", "T-9"), ("talent_retenu", "T-1"), ("laureat", "3712146")], last + 1
    ):
        for field_id, value in {"id": f"x{row}", "modele": template, "numero": number, "message": "Bonjour"}.items():
            put(storage, "E-mails à envoyer", cell_of("emails", field_id, row), value)
    records = demo.run("archives", "cells", "--format", "json").records
    due = {record["cell"]: record["due"] for record in records if record["tab"] == "E-mails à envoyer"}
    assert [due[cell_of("emails", "message", last + place)] for place in (1, 2, 3)] == [
        "2023-07-13", "2024-07-12", "2024-07-12",
    ]  # fmt: skip


@pytest.mark.slow
def test_a_juror_has_one_pseudonym_in_every_tab(demo):
    cells = demo.run("archives", "cells", "--format", "json").records
    row = {cell["cell"]: cell for cell in cells if cell["tab"] == "Jury"}
    pseudonym = row[cell_of("jury", "email", 3)]["to_type"]
    assert pseudonym == "jure-01@anonyme.invalid"
    assert row[cell_of("jury", "nom", 3)]["to_type"] == "Juré 01"
    own = [cell for cell in found_of(demo, JUROR) if cell.tab == "Évaluations" and cell.match is Match.ADDRESS]
    said = {cell["cell"]: cell["to_type"] for cell in cells if cell["tab"] == "Évaluations"}
    assert own
    assert {said[cell.cell] for cell in own} == {pseudonym}


@pytest.mark.slow
def test_a_list_that_was_begun_is_said_and_no_pseudonym_is_two_jurors(demo):
    put(storage_at(demo.workbook), "Jury", cell_of("jury", "email", 3), "jure-05@anonyme.invalid")
    done = demo.run("archives", "cells", "--format", "json")
    assert "finissez celle-là" in done.err
    names = {
        record["to_type"] for record in json.loads(done.out) if record["tab"] == "Jury" and record["header"] == "E-mail"
    }
    assert "jure-05@anonyme.invalid" not in names
    assert workbook_cells.is_begun(layouts_of(demo), EIG5.features)


@pytest.mark.slow
def test_the_list_changes_no_cell(demo):
    before = demo.bytes
    assert demo.run("archives", "cells").code == 0
    assert demo.bytes == before
