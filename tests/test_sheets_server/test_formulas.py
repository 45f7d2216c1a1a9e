"""Formulas: what people would see."""

from datetime import UTC, datetime

import pytest

from tests.sheets_server.formulas.tokens import rewritten, shifted
from tests.sheets_server.serials import to_moment

RANK = '={"Rang";ARRAYFORMULA(IF(A2:A="";"";IFNA(VLOOKUP(A2:A&"";Classement!$B:$C;2;FALSE);"")))}'


def errors(api, cell):
    fields = "sheets.data.rowData.values(effectiveValue,formattedValue)"
    shown = api.get(fields, ranges=cell)["sheets"][0]["data"][0]["rowData"][0]["values"][0]
    error = shown["effectiveValue"]["errorValue"]
    return shown["formattedValue"], error["type"], error.get("message", "")


@pytest.mark.parametrize(
    ("formula", "seen"),
    [
        ("=1+2*3^2", 19),
        ("=-2^2", 4),
        ("=10%*5", 0.5),
        ('="a"&1&TRUE', "a1TRUE"),
        ('=IF(A1>1,"grand","petit")', "grand"),
        ("=SUM(A1:A3,10)", 14.5),
        ("=AVERAGE(A1:A3)", 1.5),
        ("=COUNTA(A1:A9)", 3),
        ('=COUNTIF(A1:A3,">=2")', 2),
        ('=SUMIF(B1:B3,"x",A1:A3)', 2.5),
        ('=IFERROR(1/0,"non")', "non"),
        ('=IFNA(VLOOKUP("z",B1:C3,2,FALSE),"absent")', "absent"),
        ('=VLOOKUP("X",B1:C3,2,FALSE)', 7),
        ("=INDEX(A1:C3,2,3)", 8),
        ('=MATCH("y",B1:B3,0)', 2),
        ('=A1="2,5"', False),
        ("=ROUND(2.345,2)", 2.35),
        ('=LEN("été")', 3),
        ('=TEXTJOIN("-",TRUE,B1:B3)', "x-y"),
        ("=D99", 0),
        ("=Sheet1!A1", 2.5),
        ("='Sheet1'!A1*2", 5),
        ("=SUMPRODUCT(A1:A2,C1:C2)", 33.5),
        ('=TEXT(44293,"dd/mm/yyyy")', "07/04/2021"),
        ("=ROW()", 9),
    ],
)
def test_values(api, formula, seen):
    api.type("A1", [2.5, "x", 7], [2, "y", 8], [0, "", 9])
    api.type("E9", [formula])
    assert api.values("E9", valueRenderOption="UNFORMATTED_VALUE") == [[seen]]


@pytest.mark.parametrize(
    ("formula", "shown", "kind"),
    [
        ("=1/0", "#DIV/0!", "DIVIDE_BY_ZERO"),
        ("=NA()", "#N/A", "N_A"),
        ('=1+"x"', "#VALUE!", "VALUE"),
        ("=INCONNUE(1)", "#NAME?", "NAME"),
        ("=Absent!A1", "#REF!", "REF"),
        ("=E9", "#REF!", "REF"),
        ("=SUM(", "#ERROR!", "ERROR"),
        ("+33 6 12", "#ERROR!", "ERROR"),
    ],
)
def test_errors_are_values_with_a_type(api, formula, shown, kind):
    api.type("E9", [formula])
    assert errors(api, "E9")[:2] == (shown, kind)
    assert api.values("E9", valueRenderOption="UNFORMATTED_VALUE") == [[shown]]


def test_a_function_that_is_missing_here_is_a_501(api):
    api.type("A1", ['=QUERY(B:B,"select B")'])
    answer = api.call("GET", "/values/A1")
    assert (answer.status_code, answer.json()["error"]["status"]) == (501, "UNIMPLEMENTED")
    assert "QUERY" in answer.json()["error"]["message"]


def test_the_separator_of_a_decimal_comma_locale_is_the_semicolon(french):
    french.type("A1", ["=SOMME(1,5;2)"], ["=SUM(1.5,2)"], ["=1,5*2"], ['=SI(VRAI;"oui";"non")'])
    assert french.values("A1:A4") == [["3,5"], ["#ERREUR!"], ["3"], ["oui"]]


def classement(api, *rows):
    api.batch(
        {"addSheet": {"properties": {"title": "Classement", "gridProperties": {"rowCount": 5, "columnCount": 3}}}}
    )
    api.type("Classement!A1", ["Rang", "N°", "Note"], *rows)


def test_a_robot_column_spreads_beside_people_s_rows(french):
    classement(french, [1, "'12", 18.5], [2, "'13", 15.25])
    french.type("A1", ["N° de dossier", RANK], [13], ["'12"], ["14"], [""])
    assert french.values("A1:B5") == [["N° de dossier", "Rang"], ["13", "15,25"], ["12", "18,5"], ["14", ""], ["", ""]]
    assert french.values("B2:B3", valueRenderOption="FORMULA") == [[15.25], [18.5]]


def test_a_row_that_people_insert_or_sort_keeps_its_result(french):
    classement(french, [1, "'12", 18.5], [2, "'13", 15.25])
    french.type("A1", ["N°", RANK], [13], [12])
    people_s = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 3, "endColumnIndex": 1}
    third = {"sheetId": 0, "dimension": "ROWS", "startIndex": 2, "endIndex": 3}
    french.batch(
        {"sortRange": {"range": people_s, "sortSpecs": [{"dimensionIndex": 0}]}},
        {"insertDimension": {"range": third}},
    )
    assert french.values("A1:B4") == [["N°", "Rang"], ["12", "18,5"], ["", ""], ["13", "15,25"]]


def test_a_value_typed_in_the_way_makes_the_header_an_error(french):
    classement(french, [1, "'12", 18.5])
    french.type("A1", ["N°", RANK], [12])
    french.type("B3", ["mien"])
    shown, kind, message = errors(french, "B1")
    assert (shown, kind) == ("#REF!", "REF")
    assert message == "Array result was not expanded because it would overwrite data in B3."
    assert french.values("B1:B3") == [["#REF!"], [], ["mien"]]
    french.type("B3", [""])
    assert french.values("B1:B2") == [["Rang"], ["18,5"]]


@pytest.mark.slow
def test_ten_thousand_lookups_are_answered(api):
    grid = {"rowCount": 10_001, "columnCount": 3}
    api.batch(
        {"addSheet": {"properties": {"title": "Classement", "gridProperties": grid}}},
        {"updateSheetProperties": {"properties": {"sheetId": 0, "gridProperties": grid}, "fields": "gridProperties"}},
    )
    numbers = range(1, 10_001)
    api.type("Classement!B2", *([f"'{n}", n / 2] for n in numbers))
    api.type("A2", *([n] for n in reversed(numbers)))
    api.type("B1", [RANK])
    column = api.values("B2:B", valueRenderOption="UNFORMATTED_VALUE")
    assert [value for [value] in column] == [n / 2 for n in reversed(numbers)]


def test_now_is_the_time_of_the_workbook_s_zone(french):
    french.type("A1", ["=NOW()"])
    [[serial]] = french.values("A1", valueRenderOption="UNFORMATTED_VALUE")
    away = to_moment(serial) - datetime.now(UTC).replace(tzinfo=None)
    assert 0.9 < away.total_seconds() / 3600 < 2.1  # Europe/Paris is one or two hours ahead


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("=A1+$A1+A$1+$A$1", "=B2+$A2+B$1+$A$1"),
        ("=SUM(A:A)&2:2", "=SUM(B:B)&3:3"),
        ("='L''été'!A1", "='L''été'!B2"),
        ('="A1"&A1', '="A1"&B2'),
        ("=LOG10(A1)", "=LOG10(B2)"),
        ("=A1:C", "=B2:D"),
    ],
)
def test_a_copied_formula_points_beside_itself(formula, moved):
    assert rewritten(formula, lambda reference: shifted(reference, 1, 1)) == moved


def test_a_formula_copied_off_the_sheet_is_a_broken_one():
    assert rewritten("=A1", lambda reference: shifted(reference, -1, 0)) == "=#REF!"
