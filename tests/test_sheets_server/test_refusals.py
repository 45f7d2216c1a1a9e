"""What few expect of Google: hidden rows in sorts, merged rows, 8-bit colours, distinct totals, Drive's storage."""

import gspread
import pytest
from gspread.exceptions import APIError

from tests.sheets_server.auth import EMAIL
from tests.sheets_server.server import running
from tests.test_sheets_server.clients import session_of

SORTED = {"sortRange": {"range": {"sheetId": 0}, "sortSpecs": [{"dimensionIndex": 0}]}}


def lines(start, end, dimension="ROWS"):
    return {"sheetId": 0, "dimension": dimension, "startIndex": start, "endIndex": end}


def merge(top, bottom, left, right):
    sides = {"startRowIndex": top, "endRowIndex": bottom, "startColumnIndex": left, "endColumnIndex": right}
    return {"mergeCells": {"range": {"sheetId": 0, **sides}, "mergeType": "MERGE_ALL"}}


def hide(start, end):
    body = {"range": lines(start, end), "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
    return {"updateDimensionProperties": body}


def test_a_sort_leaves_hidden_rows_where_they_are(api):
    api.type("A1", ["d"], ["c"], ["b"], ["a"])
    api.batch(hide(1, 2), SORTED)
    assert api.values("A1:A4") == [["a"], ["c"], ["b"], ["d"]]


def test_a_sort_over_a_vertical_merge_is_refused(api):
    api.type("A1", ["b", "x"], ["a"])
    api.batch(merge(0, 1, 1, 3), SORTED, {"unmergeCells": {"range": {"sheetId": 0}}}, merge(0, 2, 1, 2))
    assert "vertical merges" in api.refused(SORTED)


@pytest.mark.parametrize(("source", "to"), [((1, 2), 5), ((4, 5), 2)], ids=["a part", "into"])
def test_merged_rows_are_not_moved_in_part(api, source, to):
    api.batch(merge(1, 3, 0, 1))
    moved = {"moveDimension": {"source": lines(*source), "destinationIndex": to}}
    assert "part of merged cells" in api.refused(moved)
    api.batch({"moveDimension": {"source": lines(1, 3), "destinationIndex": 5}})


@pytest.mark.parametrize(("given", "kept"), [(0.5, 0.49803922), (0.2, 0.2), (1, 1), (0.9490196, 0.9490196)])
def test_colours_are_cut_to_eight_bits(api, given, kept):
    colour = {"backgroundColor": {"red": given}}
    where = {"sheetId": 0, "endRowIndex": 1, "endColumnIndex": 1}
    cell = {"range": where, "cell": {"userEnteredFormat": colour}, "fields": "userEnteredFormat.backgroundColor"}
    api.batch({"repeatCell": cell})
    mask = "sheets.data.rowData.values.userEnteredFormat.backgroundColor.red"
    [row] = api.get(mask, ranges="A1")["sheets"][0]["data"][0]["rowData"]
    assert row["values"][0]["userEnteredFormat"]["backgroundColor"]["red"] == kept


def test_totals_count_a_row_and_a_column_once(api):
    data = [{"range": "A1:B1", "values": [[1, 2]]}, {"range": "B1:B2", "values": [[3], [4]]}]
    answer = api.call("POST", "/values:batchUpdate", {"data": data, "valueInputOption": "RAW"}).json()
    totals = {name: number for name, number in answer.items() if name.startswith("total")}
    assert totals == {
        "totalUpdatedRows": 2,
        "totalUpdatedColumns": 2,
        "totalUpdatedCells": 4,
        "totalUpdatedSheets": 1,
    }


def test_a_service_account_owns_no_file_but_in_a_shared_drive():
    with running() as server, session_of(server) as session:
        client = gspread.Client(auth=session.credentials, session=session)
        for make in (lambda: client.create("Essai"), lambda: client.copy(server.spreadsheet_id)):
            with pytest.raises(APIError) as refusal:
                make()
            error = refusal.value.response.json()["error"]
            assert (error["code"], error["errors"][0]["domain"]) == (403, "usageLimits")
            assert error["message"] == "The user's Drive storage quota has been exceeded."
        drive = server.world.add_drive("Équipe", {EMAIL: "fileOrganizer"})
        assert client.create("Essai", folder_id=drive.id).title == "Essai"
