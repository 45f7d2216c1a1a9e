"""spreadsheets.batchUpdate: all or nothing, and what each kind of request does."""

import pytest

GRID = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}


def cells(row, column, *rows, fields="userEnteredValue"):
    kinds = {bool: "boolValue", int: "numberValue", float: "numberValue", str: "stringValue"}
    data = [{"values": [{"userEnteredValue": {kinds[type(v)]: v}} if v != "" else {} for v in row]} for row in rows]
    start = {"sheetId": 0, "rowIndex": row, "columnIndex": column}
    return {"updateCells": {"start": start, "rows": data, "fields": fields}}


def dimension(name, start, end):
    return {"sheetId": 0, "dimension": name, "startIndex": start, "endIndex": end}


def formulas(api):
    return api.dump()["tabs"][0]["formulas"]


def test_a_batch_that_fails_changes_nothing(api):
    api.type("A1", ["avant"])
    before = api.get(includeGridData=True)
    message = api.refused(
        cells(0, 0, ["après"]),
        {"addSheet": {"properties": {"title": "Nouveau"}}},
        {"deleteDimension": {"range": dimension("ROWS", 0, 1)}},
        {"deleteSheet": {"sheetId": 999}},
    )
    assert message == "Invalid requests[3].deleteSheet: No grid with id: 999"
    assert api.get(includeGridData=True) == before


def test_requests_see_what_those_before_them_did(api):
    answer = api.batch(
        {"addSheet": {"properties": {"sheetId": 7, "title": "Sept", "index": 0}}},
        {"updateSheetProperties": {"properties": {"sheetId": 7, "title": "Huit"}, "fields": "title"}},
        {"deleteSheet": {"sheetId": 0}},
    )
    assert [list(reply) for reply in answer["replies"]] == [["addSheet"], [], []]
    assert [tab["properties"]["title"] for tab in api.get()["sheets"]] == ["Huit"]


def test_the_spreadsheet_comes_back_when_asked(api):
    options = {"includeSpreadsheetInResponse": True, "responseIncludeGridData": True, "responseRanges": ["A1"]}
    shown = api.batch(cells(0, 0, ["x", "y"]), **options)["updatedSpreadsheet"]
    [data] = shown["sheets"][0]["data"]
    assert [cell["formattedValue"] for cell in data["rowData"][0]["values"]] == ["x"]


GONE = {"dimension": "ROWS", "startIndex": 2000, "endIndex": 2001}
BELOW = {"startRowIndex": 1000, "startColumnIndex": 0, "endColumnIndex": 2}
HIDE = {"properties": {"hidden": True}, "fields": "hidden"}


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({"deleteSheet": {"sheetId": 0}}, "You can't remove all the visible sheets in a document."),
        ({"addSheet": {"properties": {"sheetId": 0}}}, "Sheet with id 0 already exists."),
        ({"updateSheetProperties": HIDE}, "You can't hide all the sheets in a document."),
        (
            {"deleteDimension": {"range": GONE}},
            "Cannot delete a row that doesn't exist. Tried to delete row index 2000 but there are only 1000 rows.",
        ),
        (cells(1000, 0, ["x"]), "GridCoordinate.rowIndex[1000] is after last row in grid[999]"),
        (
            {"appendDimension": {"dimension": "ROWS", "length": 400_000}},
            "This action would increase the number of cells in the workbook above the limit of 10000000 cells.",
        ),
        (
            {"repeatCell": {"range": BELOW, "cell": {}, "fields": "note"}},
            "Range (Sheet1!A1001:B) exceeds grid limits. Max rows: 1000, max columns: 26",
        ),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_refusal_names_the_request(api, request_, message):
    assert api.refused(request_) == f"Invalid requests[0].{next(iter(request_))}: {message}"


@pytest.mark.parametrize(
    ("requests", "message"),
    [
        ([], "Must specify at least one request."),
        ([{"brew": {}}], "Invalid JSON payload received. Unknown name \"brew\" at 'requests[0]': Cannot find field."),
        (
            [{"deleteSheet": {"sheetId": "un"}}],
            "Invalid value at 'requests[0].delete_sheet.sheet_id' (TYPE_INT32), \"un\"",
        ),
    ],
)
def test_a_body_that_is_not_of_the_api_is_refused(api, requests, message):
    assert api.refused(*requests) == message


def test_a_request_that_is_not_done_here_is_a_501(api):
    answer = api.call("POST", ":batchUpdate", {"requests": [{"autoFill": {"useAlternateSeries": True}}]})
    assert (answer.status_code, answer.json()["error"]["message"]) == (
        501,
        "tests.sheets_server does not implement the request autoFill",
    )


def test_update_cells_from_a_start_leaves_the_rest_alone(api):
    api.type("A1", ["a", "b"], ["c", "d"])
    api.batch(cells(0, 0, ["A"]))
    assert formulas(api) == [["A", "b"], ["c", "d"]]


def test_update_cells_over_a_range_clears_what_it_does_not_give(api):
    api.type("A1", ["a", "b"], ["c", "d"])
    rows = [{"values": [{"userEnteredValue": {"stringValue": "A"}}]}]
    api.batch({"updateCells": {"range": GRID, "rows": rows, "fields": "userEnteredValue"}})
    assert formulas(api) == [["A"]]


def test_a_narrow_mask_keeps_formats_notes_and_rules(api):
    rule = {"condition": {"type": "BOOLEAN"}}
    look = {"userEnteredFormat": {"textFormat": {"bold": True}, "backgroundColor": {"red": 1}}, "note": "n"}
    api.batch(
        {"repeatCell": {"range": GRID, "cell": look, "fields": "userEnteredFormat,note"}},
        {"setDataValidation": {"range": GRID, "rule": rule}},
        cells(0, 0, [True]),
        {"repeatCell": {"range": GRID, "cell": {"userEnteredFormat": {"backgroundColor": {"blue": 1}}},
                        "fields": "userEnteredFormat.backgroundColor"}},
    )  # fmt: skip
    fields = "sheets.data.rowData.values(userEnteredFormat,note,dataValidation,userEnteredValue)"
    [cell] = api.get(fields, ranges="A1")["sheets"][0]["data"][0]["rowData"][0]["values"]
    assert cell == {
        "userEnteredValue": {"boolValue": True},
        "userEnteredFormat": {
            "textFormat": {"bold": True},
            "backgroundColor": {"blue": 1},
            "backgroundColorStyle": {"rgbColor": {"blue": 1}},
        },
        "note": "n",
        "dataValidation": rule,
    }


def test_a_repeated_formula_points_from_each_cell_as_from_the_first(api):
    cell = {"userEnteredValue": {"formulaValue": "=C1&$C$1"}}
    api.batch({"repeatCell": {"range": GRID, "cell": cell, "fields": "userEnteredValue"}})
    assert formulas(api) == [["=C1&$C$1", "=D1&$C$1"], ["=C2&$C$1", "=D2&$C$1"]]


def test_append_cells_goes_under_the_last_value_and_grows_the_grid(api):
    grid = {"rowCount": 2, "columnCount": 2}
    api.batch({"updateSheetProperties": {"properties": {"gridProperties": grid}, "fields": "gridProperties"}})
    api.type("B2", ["x"])
    rows = [{"values": [{"userEnteredValue": {"stringValue": "y"}}]}]
    api.batch({"appendCells": {"rows": rows, "fields": "userEnteredValue"}})
    assert formulas(api) == [[], ["", "x"], ["y"]]
    assert api.get()["sheets"][0]["properties"]["gridProperties"]["rowCount"] == 3


def test_find_replace_counts_what_it_changed(api):
    api.type("A1", ["chat", "Chat noir"], ["=1+1", "chien"])
    answer = api.batch({"findReplace": {"find": "chat", "replacement": "chien", "allSheets": True}})
    counts = {"valuesChanged": 2, "rowsChanged": 1, "sheetsChanged": 1, "occurrencesChanged": 2}
    assert answer["replies"] == [{"findReplace": counts}]
    assert formulas(api) == [["chien", "chien noir"], ["=1+1", "chien"]]


def test_text_is_split_trimmed_and_deduplicated(api):
    api.type("A1", ["a;2"], ["b;3"], [" a  b "], ["a"], ["a"])
    column = {"sheetId": 0, "startColumnIndex": 0, "endColumnIndex": 1}
    answer = api.batch(
        {"textToColumns": {"source": column | {"endRowIndex": 2}, "delimiterType": "SEMICOLON"}},
        {"trimWhitespace": {"range": column}},
        {"deleteDuplicates": {"range": column | {"startRowIndex": 0, "endRowIndex": 5}}},
    )
    assert answer["replies"][1:] == [
        {"trimWhitespace": {"cellsChangedCount": 1}},
        {"deleteDuplicates": {"duplicatesRemovedCount": 2}},
    ]
    assert formulas(api) == [["a", 2], ["b", 3], ["a b"]]


def test_ranges_are_inserted_and_deleted_with_the_cells_beside_them(api):
    api.type("A1", ["a", "b"], ["c", "d"])
    one = GRID | {"endRowIndex": 1, "endColumnIndex": 1}
    api.batch({"insertRange": {"range": one, "shiftDimension": "ROWS"}})
    assert formulas(api) == [["", "b"], ["a", "d"], ["c"]]
    api.batch({"deleteRange": {"range": one, "shiftDimension": "COLUMNS"}})
    assert formulas(api) == [["b"], ["a", "d"], ["c"]]


def test_a_chart_of_nothing_is_an_error_of_google_s(api):
    anchor = {"overlayPosition": {"anchorCell": {"rowIndex": 3}}}
    chart = {"spec": {"basicChart": {"chartType": "COLUMN"}}, "position": anchor}
    assert api.call("POST", ":batchUpdate", {"requests": [{"addChart": {"chart": chart}}]}).status_code == 500
    assert "charts" not in api.get()["sheets"][0]


def test_a_first_column_of_a_view_s_sort_is_left_out_of_answers(api):
    sorts = [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}, {"dimensionIndex": 1, "sortOrder": "DESCENDING"}]
    api.batch({"addFilterView": {"filter": {"title": "Vue", "range": GRID, "sortSpecs": sorts}}})
    [view] = api.get()["sheets"][0]["filterViews"]
    assert view["sortSpecs"] == [{"sortOrder": "ASCENDING"}, sorts[1]]


def test_looks_lie_on_the_tab_and_come_back(api):
    series = {"series": {"sourceRange": {"sources": [GRID]}}}
    spec = {"title": "Notes", "basicChart": {"chartType": "COLUMN", "series": [series]}}
    anchor = {"overlayPosition": {"anchorCell": {"rowIndex": 3}}}
    rule = {
        "ranges": [GRID],
        "booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": {"textFormat": {"bold": True}}},
    }
    border = {"style": "SOLID", "color": {"red": 1}}
    answer = api.batch(
        {"addChart": {"chart": {"chartId": 5, "spec": spec, "position": anchor}}},
        {"addConditionalFormatRule": {"rule": rule, "index": 0}},
        {"addBanding": {"bandedRange": {"bandedRangeId": 6, "range": GRID,
                                        "rowProperties": {"firstBandColor": {"red": 1}}}}},
        {"addFilterView": {"filter": {"filterViewId": 8, "title": "Vue", "range": GRID}}},
        {"updateBorders": {"range": GRID, "top": border}},
        {"updateChartSpec": {"chartId": 5, "spec": spec | {"title": "Rangs"}}},
        {"updateBanding": {"bandedRange": {"bandedRangeId": 6, "rowProperties": {"firstBandColor": {"blue": 1}}},
                           "fields": "rowProperties"}},
        {"updateConditionalFormatRule": {"index": 0, "rule": rule}},
    )  # fmt: skip
    assert answer["replies"][0]["addChart"]["chart"]["chartId"] == 5
    [tab] = api.get()["sheets"]
    assert tab["charts"][0]["spec"]["title"] == "Rangs"
    assert tab["bandedRanges"][0]["rowProperties"]["firstBandColorStyle"] == {"rgbColor": {"blue": 1}}
    assert tab["conditionalFormats"][0]["ranges"] == [{k: v for k, v in GRID.items() if k != "sheetId"}]
    assert tab["filterViews"][0]["title"] == "Vue"
    api.batch(
        {"deleteEmbeddedObject": {"objectId": 5}},
        {"deleteConditionalFormatRule": {"index": 0}},
        {"deleteBanding": {"bandedRangeId": 6}},
        {"deleteFilterView": {"filterId": 8}},
        {"updateBorders": {"range": GRID, "top": {"style": "NONE"}}},
    )
    assert api.get()["sheets"][0].keys() == {"properties"}


def test_a_condition_needs_the_right_number_of_values(api):
    rule = {"condition": {"type": "NUMBER_BETWEEN", "values": [{"userEnteredValue": "1"}]}}
    assert "NUMBER_BETWEEN requires 2 ConditionValues, but 1 values were supplied" in api.refused(
        {"setDataValidation": {"range": GRID, "rule": rule}}
    )


def test_a_renamed_tab_keeps_its_formulas_and_a_deleted_one_breaks_them(api):
    api.batch({"addSheet": {"properties": {"sheetId": 7, "title": "Notes"}}})
    api.type("A1", ["=Notes!A1&'Notes'!B2"])
    api.batch({"updateSheetProperties": {"properties": {"sheetId": 7, "title": "L'été"}, "fields": "title"}})
    assert formulas(api) == [["='L''été'!A1&'L''été'!B2"]]
    api.batch({"deleteSheet": {"sheetId": 7}})
    assert formulas(api) == [["=#REF!&#REF!"]]
