"""Google's number formats in an .xlsx: the same where Excel reads the same, the usual one where it would not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.copying.formats import MOMENTS, code
from eig_sheets.workbook.xlsx.dates import NumberKind, kind_of_format


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
    assert code({"type": kind, "pattern": pattern}) == expected


@given(st.sampled_from(["DATE", "NUMBER", "PERCENT"]), st.text('dmyhs0#.,%-/: ";[]\\_*@€aE+', max_size=12))
def test_a_date_stays_a_date_and_a_number_a_number(kind, pattern):
    made = code({"type": kind, "pattern": pattern})
    assert (kind_of_format(200, made) is NumberKind.NUMBER) == (kind not in MOMENTS)
