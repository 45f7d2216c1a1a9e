"""Developer metadata: ids of the caller's, lookups, and places that follow their rows and columns."""

import pytest


def create(metadata_id, key, location, value="v", visibility="DOCUMENT"):
    given = {"metadataId": metadata_id, "metadataKey": key, "metadataValue": value, "location": location}
    return {"createDeveloperMetadata": {"developerMetadata": given | {"visibility": visibility}}}


def place(name, index):
    return {"dimensionRange": {"sheetId": 0, "dimension": name, "startIndex": index, "endIndex": index + 1}}


def lookup(**wanted):
    return {"developerMetadataLookup": wanted}


@pytest.fixture
def marked(api):
    api.batch(
        create(1, "run", {"spreadsheet": True}, "12"),
        create(2, "tab", {"sheetId": 0}, "notes"),
        create(3, "column", place("COLUMNS", 1), "rang"),
        create(4, "row", place("ROWS", 4), "E1"),
    )
    return api


def search(api, **wanted):
    answer = api.call("POST", "/developerMetadata:search", {"dataFilters": [lookup(**wanted)]})
    found = answer.json().get("matchedDeveloperMetadata", [])
    return [item["developerMetadata"]["metadataId"] for item in found]


def test_an_id_that_is_taken_fails_the_whole_batch(marked):
    message = marked.refused(
        {"addSheet": {"properties": {"title": "x"}}}, create(1, "run", {"spreadsheet": True}, "13")
    )
    assert message.startswith("Invalid requests[1].createDeveloperMetadata: ")
    assert len(marked.get()["sheets"]) == 1


def test_it_is_found_by_id_key_value_kind_and_place(marked):
    assert search(marked, metadataKey="column") == [3]
    assert search(marked, metadataValue="E1", metadataKey="row") == [4]
    assert search(marked, locationType="SHEET") == [2]
    assert search(marked, metadataLocation={"sheetId": 0}) == [2]
    assert search(marked, metadataLocation={"sheetId": 0}, locationMatchingStrategy="INTERSECTING_LOCATION") == [
        2,
        3,
        4,
    ]
    assert search(marked, metadataLocation=place("ROWS", 4)) == [4]
    assert search(marked, metadataId=99) == []
    assert marked.call("GET", "/developerMetadata/3").json()["metadataValue"] == "rang"
    answer = marked.call("GET", "/developerMetadata/99")
    assert (answer.status_code, answer.json()["error"]["status"]) == (404, "NOT_FOUND")


def test_a_spreadsheet_shows_it_where_it_lies(marked):
    shown = marked.get(includeGridData=True)
    assert [item["metadataId"] for item in shown["developerMetadata"]] == [1]
    [tab] = shown["sheets"]
    assert [item["metadataId"] for item in tab["developerMetadata"]] == [2]
    assert tab["data"][0]["columnMetadata"][1]["developerMetadata"][0]["metadataId"] == 3
    assert tab["data"][0]["rowMetadata"][4]["developerMetadata"][0]["location"]["locationType"] == "ROW"


def test_it_follows_what_it_is_on_and_goes_with_it(marked):
    rows = {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 3}
    columns = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
    marked.batch(
        {"insertDimension": {"range": rows}},
        {"moveDimension": {"source": columns, "destinationIndex": 5}},
    )
    assert search(marked, metadataLocation=place("ROWS", 6)) == [4]
    assert search(marked, metadataLocation=place("COLUMNS", 4)) == [3]
    marked.batch({"deleteDimension": {"range": rows | {"startIndex": 6, "endIndex": 7}}})
    assert search(marked, metadataKey="row") == []


def test_a_sort_leaves_it_on_its_row(marked):
    marked.type("A1", [5], [4], [3], [2], [1])
    marked.batch({"sortRange": {"range": {"sheetId": 0, "endRowIndex": 5}, "sortSpecs": [{"dimensionIndex": 0}]}})
    assert search(marked, metadataLocation=place("ROWS", 4)) == [4]


def test_it_is_updated_and_deleted_by_lookup(marked):
    change = {"dataFilters": [lookup(metadataId=3)], "developerMetadata": {"metadataValue": "note"}}
    answer = marked.batch({"updateDeveloperMetadata": change | {"fields": "metadataValue"}})
    [reply] = answer["replies"]
    assert reply["updateDeveloperMetadata"]["developerMetadata"][0]["metadataValue"] == "note"
    answer = marked.batch({"deleteDeveloperMetadata": {"dataFilter": lookup(metadataKey="column")}})
    assert answer["replies"][0]["deleteDeveloperMetadata"]["deletedDeveloperMetadata"][0]["metadataId"] == 3
    assert search(marked, metadataKey="column") == []


def test_values_are_read_and_written_by_it(marked):
    marked.type("A5", ["E1", "ancien"])
    body = {"valueInputOption": "RAW", "data": [{"dataFilter": lookup(metadataId=4), "values": [[None, "nouveau"]]}]}
    answer = marked.call("POST", "/values:batchUpdateByDataFilter", body).json()
    assert answer["responses"][0]["updatedRange"] == "Sheet1!A5:B5"
    filters = {
        "dataFilters": [lookup(metadataId=4), {"a1Range": "A5"}, {"gridRange": {"startRowIndex": 4, "endRowIndex": 5}}]
    }
    answer = marked.call("POST", "/values:batchGetByDataFilter", filters).json()
    assert [item["valueRange"]["values"] for item in answer["valueRanges"]] == [
        [["E1", "nouveau"]],
        [["E1"]],
        [["E1", "nouveau"]],
    ]
    shown = marked.call("POST", ":getByDataFilter", filters | {"includeGridData": True}).json()
    assert [data["startRow"] for data in shown["sheets"][0]["data"]] == [4, 4, 4]
    cleared = marked.call("POST", "/values:batchClearByDataFilter", {"dataFilters": [lookup(metadataId=4)]}).json()
    assert cleared["clearedRanges"] == ["Sheet1!A5:Z5"]
    body["data"][0]["values"] = [["a"], ["b"]]
    answer = marked.call("POST", "/values:batchUpdateByDataFilter", body)
    assert (answer.status_code, marked.values("A5:A6")) == (400, [])


@pytest.mark.parametrize(
    "location",
    [{}, {"spreadsheet": True, "sheetId": 0}, {"sheetId": 9}, place("ROWS", 5000)],
)
def test_places_that_are_none(api, location):
    assert "createDeveloperMetadata" in api.refused(create(1, "k", location))


def test_a_key_and_a_visibility_are_required(api):
    location = {"location": {"spreadsheet": True}}
    for given in ({"visibility": "DOCUMENT"}, {"metadataKey": "k"}):
        api.refused({"createDeveloperMetadata": {"developerMetadata": location | given}})
