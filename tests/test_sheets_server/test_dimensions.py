"""Rows and columns at the edges of the grid, and what a batch can give back at once."""

import pytest


def rows(start, end, name="ROWS"):
    return {"sheetId": 0, "dimension": name, "startIndex": start, "endIndex": end}


@pytest.fixture
def small(api):
    grid = {"rowCount": 3, "columnCount": 2}
    api.batch(
        {"updateSheetProperties": {"properties": {"sheetId": 0, "gridProperties": grid}, "fields": "gridProperties"}}
    )
    api.type("A1", ["a", "b"], ["c", "d"], ["e", "f"])
    return api


def size(api):
    grid = api.get("sheets.properties.gridProperties")["sheets"][0]["properties"]["gridProperties"]
    return grid["rowCount"], grid["columnCount"]


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({"range": rows(3, 4)}, "range.startIndex must be less than the grid size (3) if inheritFromBefore is false."),
        ({"range": rows(2, 4, "COLUMNS")}, "range.startIndex must be less than the grid size (2) if inheritFromBefore"),
        ({"range": rows(9, 10), "inheritFromBefore": True}, "range.startIndex"),
        ({"range": rows(0, 1), "inheritFromBefore": True}, "inheritFromBefore"),
        ({"range": rows(-1, 1)}, "DimensionRange indexes must be >= 0"),
        ({"range": {"sheetId": 0, "dimension": "ROWS", "endIndex": 1}}, "range.startIndex must be set"),
        ({"range": {"sheetId": 0, "dimension": "ROWS", "startIndex": 1}}, "range.endIndex must be set"),
        ({"range": rows(2, 2)}, "range.endIndex"),
    ],
)
def test_inserts_that_have_no_place(small, request_, message):
    assert small.refused({"insertDimension": request_}).startswith(f"Invalid requests[0].insertDimension: {message}")
    assert size(small) == (3, 2)


def test_the_very_end_is_reached_by_inheriting_from_before_or_by_appending(small):
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    last = {"sheetId": 0, "startRowIndex": 2, "endRowIndex": 3}
    small.batch(
        {"repeatCell": {"range": last, "cell": bold, "fields": "userEnteredFormat.textFormat.bold"}},
        {"insertDimension": {"range": rows(3, 5), "inheritFromBefore": True}},
        {"appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": 1}},
        {"insertDimension": {"range": rows(2, 3, "COLUMNS"), "inheritFromBefore": True}},
        {"appendDimension": {"sheetId": 0, "dimension": "COLUMNS", "length": 2}},
    )
    assert size(small) == (6, 5)
    data = small.get("sheets.data.rowData.values.userEnteredFormat.textFormat.bold", ranges="A3:A6")["sheets"][0][
        "data"
    ]
    formats = [row.get("values", [{}])[0].get("userEnteredFormat") for row in data[0]["rowData"]]
    assert formats == [{"textFormat": {"bold": True}}] * 3  # the appended row has none
    assert small.values("A1:E9") == [["a", "b"], ["c", "d"], ["e", "f"]]


@pytest.mark.parametrize("length", [0, -1])
def test_nothing_is_appended_when_no_length_is_given(small, length):
    assert "length" in small.refused({"appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": length}})


def test_a_row_inserted_and_filled_in_one_batch_lands_where_it_was_put(small):
    written = [{"userEnteredValue": {"stringValue": "nouveau"}}, {"userEnteredValue": {"numberValue": 2}}]
    update = {"start": {"sheetId": 0, "rowIndex": 1}, "fields": "userEnteredValue", "rows": [{"values": written}]}
    small.batch({"insertDimension": {"range": rows(1, 2)}}, {"updateCells": update})
    assert small.values("A1:B4") == [["a", "b"], ["nouveau", "2"], ["c", "d"], ["e", "f"]]


def test_a_batch_answers_with_the_spreadsheet_as_it_made_it(small):
    change = {"updateCells": {"start": {"sheetId": 0}, "fields": "userEnteredValue",
              "rows": [{"values": [{"userEnteredValue": {"formulaValue": "=LEN(B1)+1"}}]}]}}  # fmt: skip
    answer = small.batch(change, includeSpreadsheetInResponse=True, responseIncludeGridData=True, responseRanges=["A1"])
    [tab] = answer["updatedSpreadsheet"]["sheets"]
    assert tab["data"][0]["rowData"][0]["values"][0]["effectiveValue"] == {"numberValue": 2}
    bare = small.batch(change, includeSpreadsheetInResponse=True)["updatedSpreadsheet"]["sheets"][0]
    assert "data" not in bare


def test_a_mask_says_what_of_the_spreadsheet_comes_back(small):
    change = {"addSheet": {"properties": {"sheetId": 5, "title": "Robot"}}}
    body = {"requests": [change], "includeSpreadsheetInResponse": True}
    fields = "updatedSpreadsheet.sheets(properties.title,data.rowData.values.userEnteredValue)"
    answer = small.call("POST", ":batchUpdate", body, fields=fields).json()
    assert answer.keys() == {"updatedSpreadsheet"}
    first, other = answer["updatedSpreadsheet"]["sheets"]
    assert first["data"][0]["rowData"][2] == {
        "values": [{"userEnteredValue": {"stringValue": "e"}}, {"userEnteredValue": {"stringValue": "f"}}]
    }
    assert other["properties"] == {"title": "Robot"}
    body["requests"] = [{"addSheet": {}}]
    answer = small.call("POST", ":batchUpdate", body, fields="replies.addSheet.properties.index").json()
    assert answer == {"replies": [{"addSheet": {"properties": {"index": 2}}}]}
