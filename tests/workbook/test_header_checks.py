"""Anomalies of header rows, none of which stops a run."""

from __future__ import annotations

from dataclasses import replace

from eig_sheets.spreadsheet.model.cells import a1
from eig_sheets.text.french import typographic
from eig_sheets.workbook.anomalies import Severity
from eig_sheets.workbook.header_checks import header_anomalies
from eig_sheets.workbook.layout import Names, TabLayout
from eig_sheets.workbook.locate import locate
from tests.workbook.snapshots import DOSSIERS, SCHEMA, at, tab, tabs_with


def dossiers(**what) -> TabLayout:
    layout = locate(tabs_with(tab("candidatures", DOSSIERS, **what)), SCHEMA, Names())
    assert layout.problems == ()
    return layout.tabs["candidatures"]


def test_nothing_at_fault():
    assert [*header_anomalies(dossiers(), ["mentor", "fiche"])] == []


def test_an_absent_column_that_a_rule_uses_is_reported_with_the_closest_header():
    (anomaly,) = header_anomalies(dossiers(headers={"mentor": "Mentor"}, without=["region"]), ["mentor", "fiche"])
    assert (anomaly.severity, anomaly.code, anomaly.cell) == (Severity.WARNING, "colonne_absente", None)
    assert anomaly.message == typographic(
        "La colonne « Mentor de haut niveau » manque : ce qui en dépend est « non vérifiable »."
    )
    (anomaly,) = header_anomalies(dossiers(headers={"mentor": "Mentor haut niveau"}), ["mentor"])
    assert anomaly.message.endswith(typographic(" L’en-tête le plus proche est « Mentor haut niveau »."))


def test_two_columns_for_one_optional_field_are_reported_at_the_second():
    (anomaly,) = header_anomalies(dossiers(headers={"region": "Décision"}), [])
    region, decision = at("candidatures", "region", 0), at("candidatures", "decision", 0)
    assert (anomaly.severity, anomaly.code, anomaly.cell) == (Severity.WARNING, "colonne_en_double", decision)
    assert f"{region} et {decision}" in anomaly.message


def test_a_robot_s_column_that_is_not_surely_ours_any_more_is_reported():
    made = dossiers(extra=["Mes rangs"])
    width = len(made.schema.fields)
    lost = replace(made, lost={"rang": width})
    (anomaly,) = header_anomalies(lost, [])
    assert (anomaly.code, anomaly.cell) == ("colonne_robot_introuvable", a1(1, width))
    assert typographic("« Rang »") in anomaly.message
