"""Cells become typed tables: what can be read is, what cannot leaves its cell blank and its row out when it must."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pandas as pd
import pytest

from eig_sheets.spreadsheet.model.cells import CellError
from eig_sheets.spreadsheet.model.sheet import Owner
from eig_sheets.spreadsheet.model.snapshot import Area, Snapshot, TabSnapshot
from eig_sheets.workbook.fields import Field, Kind, TabSchema, email
from eig_sheets.workbook.layout import Names
from eig_sheets.workbook.locate import locate
from eig_sheets.workbook.parse import DTYPES, Table, parse
from eig_sheets.workbook.values import Scale
from tests.workbook.snapshots import (
    CRITERIA,
    DOSSIERS,
    EIG5,
    EVALUATIONS,
    JURORS,
    SCHEMA,
    dossier,
    evaluation,
    tab,
    tabs_with,
)

pytestmark = pytest.mark.newest


def parsed(made: TabSnapshot, tab_id: str) -> tuple[Table, list]:
    layout = locate(tabs_with(made), SCHEMA, Names())
    return parse(layout.tabs[tab_id], Scale(1, 4), EIG5.zone)


def dossiers(*rows, **what) -> Table:
    return parsed(tab("candidatures", rows, **what), "candidatures")[0]


@pytest.mark.parametrize("tab_id", [tab_schema.id for tab_schema in SCHEMA.tabs])
@pytest.mark.parametrize("rows", [[], [{}]])
def test_a_table_has_every_field_of_its_tab_whatever_the_rows(tab_id, rows):
    snapshot = Snapshot(tuple(tab(tab_schema.id, rows) for tab_schema in SCHEMA.tabs))
    layout = locate(snapshot, SCHEMA, Names())
    table, anomalies = parse(layout.tabs[tab_id], Scale(1, 4), EIG5.zone)
    schema = SCHEMA.tab(tab_id)
    scores = [f"{field.id}_nsp" for field in schema.fields if field.kind is Kind.SCORE]
    assert set(table.frame.columns) == {"row", "unreadable", *scores, *(field.id for field in schema.fields)}
    assert {field.id: str(table.frame[field.id].dtype) for field in schema.fields} == {
        field.id: DTYPES.get(field.kind, "object") for field in schema.fields
    }
    assert (len(table.frame), anomalies) == (0, [])


def test_an_absent_column_is_blank_and_typed():
    table = dossiers(*DOSSIERS, without=["nombre_eig", "date_depot", "mentor", "convention"])
    assert table.frame["nombre_eig"].isna().all()
    assert str(table.frame["date_depot"].dtype) == "datetime64[us]"
    assert table.frame["mentor"].tolist() == [None, None]
    assert table.frame["convention"].tolist() == [pd.NA, pd.NA]


def test_values_are_typed():
    row = dossier(" 101 ", date_depot="7 avril 2021 à 8h", nombre_eig="3", profils="Designer ; Développeur",
                  cout_jusqu_a_5_ans="61 250,00 €", convention="☑", email_porteur=" Anne@Exemple.FR ",
                  decision="liste d'attente", programme=217.0)  # fmt: skip
    (record,) = dossiers(row).frame.to_dict("records")
    assert {field: record[field] for field in ("numero", "date_depot", "nombre_eig", "profils", "programme")} == {
        "numero": "101", "date_depot": datetime(2021, 4, 7, 8), "nombre_eig": 3.0,
        "profils": ("Designer", "Développeur"), "programme": "217",
    }  # fmt: skip
    assert {field: record[field] for field in ("cout_jusqu_a_5_ans", "convention", "email_porteur", "decision")} == {
        "cout_jusqu_a_5_ans": 61250.0, "convention": True, "email_porteur": "anne@exemple.fr",
        "decision": "Liste d’attente",
    }  # fmt: skip
    assert (record["row"], record["unreadable"], record["region"]) == (2, frozenset(), None)


def test_a_blank_an_nsp_and_a_score_differ():
    made = tab("evaluations", [evaluation("101", "anna", 4.0, "NSP", None, "3,5", " ")])
    table, anomalies = parsed(made, "evaluations")
    (record,) = table.frame.to_dict("records")
    assert [record[name] for name in CRITERIA][0::3] == [4.0, 3.5]
    assert [pd.isna(record[name]) for name in CRITERIA] == [False, True, True, False, True]
    assert [record[f"{name}_nsp"] for name in CRITERIA] == [False, True, False, False, False]
    assert (anomalies, table.blocked) == ([], frozenset())


def test_rows_are_numbered_as_in_the_tab_and_blank_ones_are_skipped():
    table = dossiers(DOSSIERS[0], {}, {"mentor": "  "}, {"convention": False}, DOSSIERS[1], above=[["EIG5"], []])
    assert table.frame["row"].tolist() == [4, 8]


@pytest.mark.parametrize("value", [0.0, 0, True, "0", CellError("#REF!")])
def test_anything_else_fills_a_row(value):
    assert dossiers(DOSSIERS[0], {"nombre_eig": value}).frame["row"].tolist() == [2, 3]


def test_what_only_the_staff_s_or_the_robot_s_columns_hold_fills_no_row():
    made = tab("candidatures", [*DOSSIERS, {"Relu": "x", "Rang": 3.0}], extra=["Relu", "Rang"])
    width = len(SCHEMA.tab("candidatures").fields)
    table, anomalies = parsed(replace(made, column_marks={width + 1: "rang"}), "candidatures")
    assert (len(table.frame), anomalies) == (2, [])


def test_rows_shorter_than_the_headers():
    made = TabSnapshot("Jury", [*tab("jury").rows, ["Anna", "anna@jury.example"], [], [None]])
    table, anomalies = parsed(made, "jury")
    assert (table.frame["email"].tolist(), anomalies) == (["anna@jury.example"], [])


def test_a_bad_cell_is_blank_remembered_and_leaves_the_row_out_when_it_must():
    rows = [dossier("101", nombre_eig="deux", mentor=CellError("#N/A")), dossier("102", decision="Oui"), dossier(None)]
    made = tab("candidatures", rows)
    table, anomalies = parsed(made, "candidatures")
    assert table.frame["unreadable"].tolist() == [{"nombre_eig", "mentor"}, {"decision"}, frozenset()]
    assert table.frame["nombre_eig"].isna().tolist() == [True, False, False]
    assert table.frame["mentor"].tolist()[0] is None
    assert (table.blocked, table.valid_rows["row"].tolist(), table.valid_rows.index.tolist()) == ({3, 4}, [2], [0])
    assert [(anomaly.code, anomaly.dossier) for anomaly in anomalies] == [
        ("nombre_illisible", "101"), ("cellule_en_erreur", "101"), ("choix_inconnu", "102"), ("numero_vide", None)
    ]  # fmt: skip


def test_a_value_under_a_merge_is_not_read():
    count = [field.id for field in SCHEMA.tab("candidatures").fields].index("nombre_eig")
    made = replace(tab("candidatures", DOSSIERS), merges=(Area(2, count, 3, count),))
    table, _ = parsed(made, "candidatures")
    assert table.frame["nombre_eig"].isna().tolist() == [False, True]
    assert table.frame["unreadable"].tolist() == [frozenset(), {"nombre_eig"}]


def test_a_value_under_a_blank_first_cell_is_not_read_either():
    count = [field.id for field in SCHEMA.tab("candidatures").fields].index("nombre_eig")
    made = tab("candidatures", [{**DOSSIERS[0], "nombre_eig": None}, DOSSIERS[1]])
    table, _ = parsed(replace(made, merges=(Area(2, count, 3, count),)), "candidatures")
    assert table.frame["nombre_eig"].isna().tolist() == [True, True]
    assert table.frame["unreadable"].tolist() == [frozenset(), {"nombre_eig"}]


def test_a_merge_of_blank_cells_hides_nothing():
    region = [field.id for field in SCHEMA.tab("candidatures").fields].index("region")
    made = replace(tab("candidatures", DOSSIERS), merges=(Area(2, region, 3, region),))
    assert parsed(made, "candidatures")[1] == []


def test_an_unreadable_key_of_any_kind_leaves_its_row_out():
    fields = (Field("quand", "Quand", Kind.DATETIME, required=True), email("email", "E-mail"))
    schema = replace(SCHEMA, tabs=(*SCHEMA.tabs, TabSchema("visites", "Visites", Owner.PEOPLE, "quand", fields)))
    made = TabSnapshot("Visites", [["Quand", "E-mail"], ["demain", "x"], ["07/04/2021 10h", None]])
    table, anomalies = parse(locate(tabs_with(made), schema, Names()).tabs["visites"], Scale(1, 4), EIG5.zone)
    assert [(anomaly.code, str(anomaly.severity)) for anomaly in anomalies] == [
        ("date_illisible", "bloquant"), ("email_invalide", "avertissement")
    ]  # fmt: skip
    assert table.valid_rows["row"].tolist() == [3]


def test_a_column_of_recusals_that_is_gone_recuses_nobody_who_scored():
    """It is in doubt of every row; whoever typed scores did not step aside."""
    made = tab("evaluations", [EVALUATIONS[0], {"numero": "102", "jure": "anna@jury.example"}], without=["deport"])
    layout = locate(tabs_with(made), SCHEMA, Names()).tabs["evaluations"]
    table, _ = parse(replace(layout, vanished={"deport": None}), Scale(1, 4), EIG5.zone)
    assert [*table.frame["deport"].isin([True])] == [False, True]
    assert [*table.frame["unreadable"]] == [{"deport"}, {"deport"}]


def test_without_leaves_more_rows_out():
    table, _ = parsed(tab("jury", JURORS), "jury")
    assert table.without(frozenset({2})).without(frozenset({4})).valid_rows["row"].tolist() == [3]
    assert table.valid_rows["row"].tolist() == [2, 3, 4]


def test_reading_changes_no_cell():
    made = tab("evaluations", EVALUATIONS)
    before = [list(row) for row in made.rows]
    parsed(made, "evaluations")
    assert made.rows == before
