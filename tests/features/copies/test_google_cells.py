"""Values and number formats as a file holds them: the same where Excel reads the same, the usual format elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.features.copies.google_cells import DATE_TYPES, Remark, format_code, value
from eig_sheets.spreadsheet.model.cells import CellError
from eig_sheets.spreadsheet.model.palette import PATTERNS
from eig_sheets.spreadsheet.model.sheet import Format
from eig_sheets.spreadsheet.xlsx.cell_values import NumberKind, kind_of_format
from tests.features.copies.builders import dated, shown

pytestmark = pytest.mark.newest


@pytest.mark.parametrize(
    ("serial", "expected", "remark"),
    [
        (44293.5, 44293.5, None),
        (61.0, 61.0, None),  # 1 March 1900, from which Excel and Google count alike
        (60.0, 59.0, None),
        (2.25, 1.25, None),
        (1.0, "31/12/1899", Remark.OLD_DATE),
        (0.5, "30/12/1899 12:00", Remark.OLD_DATE),
        (-0.25, "29/12/1899 18:00", Remark.OLD_DATE),
        (-40176.0, "30/12/1789", Remark.OLD_DATE),
        (-40175.0 + 1 / 86_400, "31/12/1789 00:00:01", Remark.OLD_DATE),
        (-693593.0, "01/01/0001", Remark.OLD_DATE),
        (-1e9, -1e9, None),
        (1e9, 1e9, None),
    ],
)
def test_dates(serial, expected, remark):
    assert value(dated(serial)) == (expected, remark)
    assert value(shown(serial)) == (serial, None)


@pytest.mark.parametrize(
    ("kind", "code", "remark"),
    [
        ("REF", "#REF!", None),
        ("N_A", "#N/A", None),
        ("DIVIDE_BY_ZERO", "#DIV/0!", None),
        ("ERROR", "#VALUE!", None),  # files know no #ERROR!
        ("LOADING", "#N/A", Remark.LOADING),
    ],
)
def test_errors(kind, code, remark):
    assert value({"effectiveValue": {"errorValue": {"type": kind}}}) == (CellError(code), remark)


def test_nothing_is_nothing():
    assert [value(cell) for cell in ({}, {"effectiveValue": {}}, shown(""))] == [(None, None)] * 3


@pytest.mark.parametrize(
    ("kind", "pattern", "expected"),
    [
        ("DATE", "dd/mm/yyyy", "dd/mm/yyyy"),
        ("DATE_TIME", "dd/mm/yyyy hh:mm", "dd/mm/yyyy hh:mm"),
        ("DATE", "dddd d mmmm yyyy", "dddd d mmmm yyyy"),
        ("DATE", 'd" "mmm', 'd" "mmm'),
        ("TIME", "[h]:mm:ss", "[h]:mm:ss"),
        ("TIME", "h:mm am/pm", "h:mm am/pm"),
        ("NUMBER", "0.00", "0.00"),
        ("NUMBER", "#,##0;[Red]-#,##0", "#,##0;[Red]-#,##0"),
        ("NUMBER", "General", ""),
        ("PERCENT", "0.0%", "0.0%"),
        *(("PERCENT", PATTERNS[shown], PATTERNS[shown]) for shown in (Format.PROBABILITY, Format.PROBABILITY_2)),
        ("CURRENCY", "#,##0.00 €", '#,##0.00 "€"'),
        ("CURRENCY", '#,##0.00"\u00a0€"', '#,##0.00"\u00a0€"'),
        ("CURRENCY", "[$€-40C] 0.00", "[$€-40C] 0.00"),
        ("SCIENTIFIC", "0.00E+00", "0.00E+00"),
        ("TEXT", "@", "@"),
        ("", "", ""),
        ("DATE", "", "dd/mm/yyyy"),
        ("CURRENCY", "", '#,##0.00"\u00a0€"'),
        ("NUMBER", "0 mois", "#,##0.00"),
        ("DATE", "le d mmmm", "dd/mm/yyyy"),
        ("NUMBER", "[bleu]0", "#,##0.00"),
        ("NUMBER", '0 "mois', "#,##0.00"),
        ("NUMBER", "0;0;0;0;0", "#,##0.00"),
    ],
)
def test_codes(kind, pattern, expected):
    assert format_code({"type": kind, "pattern": pattern}) == expected


@given(st.sampled_from(["DATE", "NUMBER", "PERCENT"]), st.text('dmyhs0#.,%-/: ";[]\\_*@€aE+', max_size=12))
def test_a_date_stays_a_date_and_a_number_a_number(kind, pattern):
    made = format_code({"type": kind, "pattern": pattern})
    assert (kind_of_format(200, made) is NumberKind.NUMBER) == (kind not in DATE_TYPES)
