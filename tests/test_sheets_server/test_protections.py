"""Protected ranges: held against who is not an editor, with Google's message."""

import pytest

from tests.sheets_server.errors import PROTECTED
from tests.sheets_server.world import permission
from tests.test_sheets_server.clients import Api

ANNE, BOB = "anne@example.org", "bob@example.org"
GRID = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}
ROWS = {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}
CELL = {"userEnteredValue": {"numberValue": 1}}
CORNER = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}


@pytest.fixture
def anne(server):
    """The owner of a spreadsheet that Bob may write in."""
    made = server.world.create("Partagé", ANNE)
    server.world.files[made.id].permissions.append(permission("user", "writer", BOB))
    return Api(server, made.id, ANNE)


@pytest.fixture
def bob(server, anne):
    return Api(server, anne.book_id, BOB)


def protect(api, **options):
    item = {"range": GRID} | options
    [reply] = api.batch({"addProtectedRange": {"protectedRange": item}})["replies"]
    return reply["addProtectedRange"]["protectedRange"]


@pytest.mark.parametrize(
    "request_",
    [
        {"updateCells": {"start": CORNER, "rows": [{"values": [CELL]}], "fields": "userEnteredValue"}},
        {"repeatCell": {"range": GRID, "cell": {"note": "n"}, "fields": "note"}},
        {"setDataValidation": {"range": GRID, "rule": {"condition": {"type": "BOOLEAN"}}}},
        {"sortRange": {"range": GRID, "sortSpecs": [{"dimensionIndex": 0}]}},
        {"deleteDimension": {"range": ROWS}},
        {"moveDimension": {"source": ROWS, "destinationIndex": 5}},
        {"mergeCells": {"range": GRID}},
        {"cutPaste": {"source": GRID, "destination": {"sheetId": 0, "rowIndex": 9}}},
        {"copyPaste": {"source": {"sheetId": 0, "startRowIndex": 9, "endRowIndex": 10}, "destination": GRID}},
        {"deleteRange": {"range": GRID, "shiftDimension": "ROWS"}},
        {"deleteSheet": {"sheetId": 0}},
    ],
    ids=lambda request: next(iter(request)),
)
def test_no_request_changes_protected_cells(anne, bob, request_):
    anne.batch({"addSheet": {"properties": {"title": "Autre"}}})
    protect(anne)
    assert bob.refused(request_) == f"Invalid requests[0].{next(iter(request_))}: {PROTECTED}"
    anne.batch(request_)


def test_no_values_method_does_either(anne, bob):
    protect(anne)
    body = {"values": [["x"]]}
    for verb, path, given in [
        ("PUT", "/values/B2", body),
        ("POST", "/values/A1:B2:clear", {}),
        ("POST", "/values/A1:append", body),
        ("POST", "/values:batchUpdate", {"valueInputOption": "RAW", "data": [{"range": "B2", **body}]}),
    ]:
        query = {} if "batch" in path or "clear" in path else {"valueInputOption": "RAW"}
        answer = bob.call(verb, path, given, **query)
        assert (answer.status_code, answer.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")
        assert PROTECTED in answer.json()["error"]["message"]
    assert bob.call("PUT", "/values/C3", body, valueInputOption="RAW").status_code == 200


def test_editors_may_and_others_do_not_see_who_they_are(anne, bob):
    item = protect(anne, editors={"users": [BOB]})
    bob.type("A1", ["x"])
    fields = "sheets.protectedRanges(requestingUserCanEdit,editors)"
    assert bob.get(fields)["sheets"][0]["protectedRanges"] == [
        {"requestingUserCanEdit": True, "editors": {"users": [BOB, ANNE]}}
    ]
    change = {"protectedRangeId": item["protectedRangeId"], "editors": {"users": []}}
    anne.batch({"updateProtectedRange": {"protectedRange": change, "fields": "editors"}})
    assert bob.get(fields)["sheets"][0]["protectedRanges"] == [{}]
    assert PROTECTED in bob.refused({"deleteProtectedRange": {"protectedRangeId": item["protectedRangeId"]}})


def test_a_warning_stops_nobody(anne, bob):
    protect(anne, warningOnly=True)
    bob.type("A1", ["x"])
    assert "Editors cannot be set on it" in anne.refused(
        {"addProtectedRange": {"protectedRange": {"range": GRID, "warningOnly": True, "editors": {"users": [BOB]}}}}
    )


def test_a_whole_tab_but_for_a_part(anne, bob):
    whole = {"sheetId": 0}
    protect(anne, range=whole, unprotectedRanges=[GRID])
    bob.type("A1", ["x"])
    answer = bob.call("PUT", "/values/C3", {"values": [["x"]]}, valueInputOption="RAW")
    assert answer.status_code == 400
    rename = {"updateSheetProperties": {"properties": {"title": "x"}, "fields": "title"}}
    assert PROTECTED in bob.refused(rename)
    again = {"addProtectedRange": {"protectedRange": {"range": whole}}}
    assert anne.refused(again) == 'Invalid requests[0].addProtectedRange: Sheet "Sheet1" already has sheet protection.'


def test_a_protection_moves_with_its_cells(anne, bob):
    protect(anne)
    anne.batch({"insertDimension": {"range": ROWS}})
    bob.type("A1", ["libre"])
    assert bob.call("PUT", "/values/A3", {"values": [["x"]]}, valueInputOption="RAW").status_code == 400


def test_an_id_that_is_unknown(anne):
    message = "Invalid requests[0].deleteProtectedRange: No protected range with id: 5"
    assert anne.refused({"deleteProtectedRange": {"protectedRangeId": 5}}) == message


def test_who_may_open_a_spreadsheet(server, anne, bob):
    stranger = Api(server, anne.book_id, "eve@example.org")
    answer = stranger.call("GET", "")
    assert (answer.status_code, answer.json()["error"]) == (
        403,
        {"code": 403, "message": "The caller does not have permission", "status": "PERMISSION_DENIED"},
    )
    server.world.files[anne.book_id].permissions[1]["role"] = "reader"
    assert bob.call("GET", "").status_code == 200
    assert bob.call("PUT", "/values/A1", {"values": [["x"]]}, valueInputOption="RAW").status_code == 403
