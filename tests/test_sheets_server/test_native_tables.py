"""Tables (« Convertir en tableau »), as other projects saw them on live sheets: what they refuse, how they grow."""

import pytest

TYPED = "This operation is not allowed on cells in typed columns."
PART = "You cannot insert or delete cells over part of a table."
ROWS = [["Nom", "Âge", "Vu"], ["Zoé", 3, True], ["Yves", 4, False]]


def where(top=0, bottom=3, left=0, right=3):
    sides = {"startRowIndex": top, "endRowIndex": bottom, "startColumnIndex": left, "endColumnIndex": right}
    return {"sheetId": 0, **sides}


def rows(top, *lines):
    return {
        "updateCells": {
            "start": {"sheetId": 0, "rowIndex": top, "columnIndex": 0},
            "rows": [{"values": [{"userEnteredValue": {"stringValue": text}} for text in line]} for line in lines],
            "fields": "userEnteredValue",
        }
    }


@pytest.fixture
def table(api):
    """A table of three columns, the last of which has no type."""
    api.type("A1", *ROWS)
    columns = [
        {"columnIndex": place, "columnName": name, "columnType": kind}
        for place, (name, kind) in enumerate((("Nom", "TEXT"), ("Âge", "DOUBLE")))
    ]
    [reply] = api.batch({"addTable": {"table": {"name": "Gens", "range": where()}}})["replies"]
    table_id = reply["addTable"]["table"]["tableId"]
    api.batch(
        {"updateTable": {"table": {"tableId": table_id, "columnProperties": columns}, "fields": "columnProperties"}}
    )
    return table_id


def seen(api):
    return api.get("sheets.tables")["sheets"][0].get("tables", [])


def end(api):
    return seen(api)[0]["range"]["endRowIndex"]


def test_a_table_is_read_with_its_columns(api, table):
    [found] = seen(api)
    assert (found["tableId"], found["name"]) == (table, "Gens")
    assert found["columnProperties"] == [
        {"columnName": "Nom", "columnType": "TEXT"},
        {"columnIndex": 1, "columnName": "Âge", "columnType": "DOUBLE"},
        {"columnIndex": 2, "columnName": "Vu"},
    ]
    assert api.get("sheets.properties.gridProperties.frozenRowCount")["sheets"][0]["properties"] == {
        "gridProperties": {"frozenRowCount": 1}
    }


@pytest.mark.parametrize("column", [0, 1])
def test_a_typed_column_refuses_validations_and_number_formats(api, table, column):
    cell = where(1, 2, column, column + 1)
    rule = {"condition": {"type": "BOOLEAN"}}
    number = {"userEnteredFormat": {"numberFormat": {"type": "DATE"}}}
    for request in (
        {"setDataValidation": {"range": cell, "rule": rule}},
        {"repeatCell": {"range": cell, "cell": {}, "fields": "dataValidation"}},
        {"repeatCell": {"range": cell, "cell": number, "fields": "userEnteredFormat.numberFormat"}},
    ):
        [kind] = request
        assert api.refused(request) == f"Invalid requests[0].{kind}: {TYPED}"


def test_a_column_without_type_and_cells_beside_take_validations(api, table):
    for left, top in ((2, 1), (3, 1), (0, 4)):
        cell = where(top, top + 1, left, left + 1)
        api.batch({"setDataValidation": {"range": cell, "rule": {"condition": {"type": "BOOLEAN"}}}})


@pytest.mark.parametrize(
    ("at", "before", "size"), [(2, False, 4), (2, True, 4), (3, True, 4), (3, False, 3), (1, True, 4)]
)
def test_a_table_grows_by_rows_inside_it_and_at_its_end_by_those_like_before(api, table, at, before, size):
    lines = {"sheetId": 0, "dimension": "ROWS", "startIndex": at, "endIndex": at + 1}
    api.batch({"insertDimension": {"range": lines, "inheritFromBefore": before}})
    assert end(api) == size


def test_append_cells_by_table_adds_blank_rows(api, table):
    api.type("A5", ["note"])
    given = {"values": [{"userEnteredValue": {"stringValue": "Ana"}}]}
    api.batch({"appendCells": {"tableId": table, "rows": [given], "fields": "userEnteredValue"}})
    assert end(api) == 4
    assert api.values("A1:A9") == [["Nom"], ["Zoé"], ["Yves"], [], [], ["note"]]


def test_values_append_makes_the_table_grow(api, table):
    body = {"values": [["Ana", 5]]}
    api.call("POST", "/values/A1:C3:append", body, valueInputOption="RAW", insertDataOption="INSERT_ROWS")
    assert (end(api), api.values("A4:B4")) == (4, [["Ana", "5"]])


def test_cells_over_a_part_of_a_table_are_not_pushed_aside(api, table):
    for kind in ("insertRange", "deleteRange"):
        body = {kind: {"range": where(1, 2, 0, 1), "shiftDimension": "ROWS"}}
        assert api.refused(body) == f"Invalid requests[0].{kind}: {PART}"
        beside = {kind: {"range": where(1, 2, 4, 5), "shiftDimension": "ROWS"}}
        api.batch(beside)


def test_a_header_keeps_what_its_formula_shows(api, table):
    api.type("B2", [""], [""])
    api.type("B1", ['={"Rang";1;2}'])
    assert api.values("A1:B3", valueRenderOption="FORMULA") == [["Nom", "Rang"], ["Zoé"], ["Yves"]]
    assert seen(api)[0]["columnProperties"][1]["columnName"] == "Rang"


def test_the_types_of_columns_follow_them(api, table):
    lines = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
    api.batch({"moveDimension": {"source": lines, "destinationIndex": 3}})
    assert [one.get("columnType") for one in seen(api)[0]["columnProperties"]] == ["TEXT", None, "DOUBLE"]
    api.batch({"deleteDimension": {"range": {**lines, "startIndex": 0, "endIndex": 1}}})
    assert [one.get("columnType") for one in seen(api)[0]["columnProperties"]] == [None, "DOUBLE"]


def test_a_table_that_is_deleted_takes_its_cells_away(api, table):
    api.batch(rows(4, ["note"]), {"deleteTable": {"tableId": table}})
    assert (seen(api), api.values("A1:C9")) == ([], [[], [], [], [], ["note"]])


def test_a_table_that_is_deleted_takes_the_conditional_rules_over_it_along(api, table):
    bold = {"condition": {"type": "NOT_BLANK"}, "format": {"textFormat": {"bold": True}}}
    rules = [{"ranges": [place], "booleanRule": bold} for place in (where(0, 2, 0, 1), where(20, 22, 0, 1))]
    api.batch(*({"addConditionalFormatRule": {"rule": rule, "index": 0}} for rule in rules))
    api.batch({"deleteTable": {"tableId": table}})
    [left] = api.get()["sheets"][0]["conditionalFormats"]
    assert left["ranges"][0]["startRowIndex"] == 20


def test_tables_do_not_overlap_and_have_names_of_their_own(api, table):
    apart = where(5, 7, 0, 2)
    assert "overlaps" in api.refused({"addTable": {"table": {"range": where(2, 6, 0, 1)}}})
    assert "Gens already exists" in api.refused({"addTable": {"table": {"name": "Gens", "range": apart}}})
    assert "No table with id" in api.refused({"deleteTable": {"tableId": "7"}})
