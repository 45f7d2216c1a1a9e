"""The tab `Tableau de bord`: rows, charts, and the banner that tells whether the robot still synchronises."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from eig_sheets.text.french import typographic
from eig_sheets.workbook.model.cells import Formula, parse_a1
from eig_sheets.workbook.model.sheet import Chart, Owner, Sheet
from eig_sheets.workbook.render import tableau
from eig_sheets.workbook.render.tableau import Indicator
from tests.workbook.render.tables import by_header

NOW = datetime(2021, 4, 30, 9)
BLANK = Sheet("tableau_de_bord", "Tableau de bord", Owner.ROBOT, tableau.COLUMNS, banner=("Notes fictives",))
INDICATORS = (
    Indicator("Candidatures", "Dossiers : reçus", 12, 0.5, 1000.5, NOW, "dont 2 : tardifs"),
    Indicator("Jury", "Ada", 3, chart="Évaluations"),
    Indicator("Jury", "Bob", 4, chart="Évaluations"),
    Indicator("E-mails", "À valider", 1, chart="E-mails"),
)


def filled(age: timedelta = timedelta(0)) -> Sheet:
    return tableau.with_status(tableau.filled(BLANK, INDICATORS, NOW - age), NOW - age, NOW)


def test_the_heartbeat_is_the_first_row_then_every_indicator():
    heartbeat, first, *_ = by_header(tableau.COLUMNS, filled().rows)
    assert (heartbeat["Indicateur"], heartbeat["Date"]) == (tableau.HEARTBEAT, NOW)
    assert first == {
        "Rubrique": "Candidatures",
        "Indicateur": typographic("Dossiers : reçus"),
        "Nombre": 12,
        "Avancement": 0.5,
        "Montant": 1000.5,
        "Date": NOW,
        "Précision": typographic("dont 2 : tardifs"),
    }
    assert len(filled().rows) == 1 + len(INDICATORS)


def test_the_banner_s_formula_looks_at_the_date_of_the_heartbeat():
    sheet = filled()
    first_line, status = sheet.banner
    assert first_line == "Notes fictives"
    assert isinstance(status, Formula)
    row, column = parse_a1(status.text.partition("NOW()-")[2].partition(">")[0])
    assert sheet.grid()[row - 1][column] == NOW


@pytest.mark.parametrize(("hours", "late"), [(0, False), (26, False), (27, True)])
def test_the_banner_is_red_after_twenty_six_hours(hours, late):
    *_, status = filled(timedelta(hours=hours)).banner
    assert isinstance(status, Formula)
    assert str(status.value).startswith("⚠") is late
    assert ("26 heures" in str(status.value)) is late


def test_charts_cover_the_rows_that_name_them():
    sheet = filled()
    assert [chart.title for chart in sheet.charts] == ["Évaluations", "E-mails"]
    evaluations, emails = sheet.charts
    assert isinstance(evaluations, Chart)
    assert labels(sheet, evaluations) == [("Ada", 3), ("Bob", 4)]
    assert labels(sheet, emails) == [("À valider", 1)]


def labels(sheet: Sheet, chart: Chart) -> list[tuple[object, object]]:
    rows = sheet.grid()[chart.first_row - 1 : chart.last_row]
    return [(row[chart.labels], row[chart.numbers]) for row in rows]
