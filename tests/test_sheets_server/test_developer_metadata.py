"""Developer metadata: ids of the caller's, lookups, and places that follow their rows and columns."""

import pytest

EXACT, MEETING = ({"locationMatchingStrategy": f"{word}_LOCATION"} for word in ("EXACT", "INTERSECTING"))


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
    assert search(marked, metadataLocation=place("ROWS", 6), **EXACT) == [4]
    assert search(marked, metadataLocation=place("COLUMNS", 4), **EXACT) == [3]
    marked.batch({"deleteDimension": {"range": rows | {"startIndex": 6, "endIndex": 7}}})
    assert search(marked, metadataKey="row") == []


def test_a_sort_leaves_it_on_its_row(marked):
    marked.type("A1", [5], [4], [3], [2], [1])
    marked.batch({"sortRange": {"range": {"sheetId": 0, "endRowIndex": 5}, "sortSpecs": [{"dimensionIndex": 0}]}})
    assert search(marked, metadataLocation=place("ROWS", 4), **EXACT) == [4]


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
    assert [(item["dataFilters"], item["valueRange"]["values"]) for item in answer["valueRanges"]] == [
        (filters["dataFilters"][2:], [["E1", "nouveau"]]),
        (filters["dataFilters"][1:2], [["E1"]]),
        (filters["dataFilters"][:1], [["E1", "nouveau"]]),
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


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"metadataLocation": place("ROWS", 4)}, [2, 3, 4]),  # the strategy by default: what meets the place
        ({"metadataLocation": place("ROWS", 4)} | MEETING, [2, 3, 4]),
        ({"metadataLocation": place("ROWS", 4)} | EXACT, [4]),
        ({"metadataLocation": place("ROWS", 5)}, [2, 3]),
        ({"metadataLocation": place("ROWS", 5)} | EXACT, []),
        ({"metadataLocation": place("COLUMNS", 1)} | EXACT, [3]),
        ({"metadataLocation": {"sheetId": 0}}, [2, 3, 4]),
        ({"metadataLocation": {"sheetId": 0}} | EXACT, [2]),
        ({"metadataLocation": {"sheetId": 0}, "locationType": "COLUMN"}, [3]),
        ({"metadataLocation": {"spreadsheet": True}}, [1]),
        ({"metadataLocation": {"spreadsheet": True}} | EXACT, [1]),
        ({"metadataLocation": {"spreadsheet": True}, "locationType": "SPREADSHEET"}, [1]),
        ({"visibility": "PROJECT"}, [5]),
        ({"visibility": "DOCUMENT"}, [1, 2, 3, 4]),
        ({"metadataKey": "column", "metadataValue": "autre"}, []),
        ({}, [1, 2, 3, 4, 5]),
    ],
)
def test_lookups_by_place_are_exact_or_meet_it(marked, wanted, found):
    marked.batch(
        {"addSheet": {"properties": {"sheetId": 9, "title": "Autre"}}},
        create(5, "tab", {"sheetId": 9}, visibility="PROJECT"),
    )
    assert sorted(search(marked, **wanted)) == found


@pytest.mark.parametrize(
    "wanted",
    [
        EXACT,
        {"metadataLocation": {"sheetId": 0}, "locationType": "SHEET"} | EXACT,
        {"metadataLocation": {"spreadsheet": True}, "locationType": "SPREADSHEET"} | MEETING,
        {"metadataLocation": {"sheetId": 0}, "locationType": "SPREADSHEET"},
    ],
)
def test_lookups_that_contradict_themselves_are_refused(marked, wanted):
    answer = marked.call("POST", "/developerMetadata:search", {"dataFilters": [lookup(**wanted)]})
    assert (answer.status_code, answer.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")


def test_a_search_says_which_filters_each_was_found_by(marked):
    filters = [lookup(metadataKey="column"), lookup(metadataId=3), lookup(metadataId=1)]
    matched = marked.call("POST", "/developerMetadata:search", {"dataFilters": filters}).json()
    assert [
        (item["developerMetadata"]["metadataId"], item["dataFilters"]) for item in matched["matchedDeveloperMetadata"]
    ] == [
        (3, filters[:2]),
        (1, filters[2:]),
    ]


def test_a_search_has_an_order_of_its_own_and_an_empty_lookup_finds_everything(marked):
    marked.batch(create(12, "tab", {"sheetId": 0}))
    found = search(marked)
    assert sorted(found) == [1, 2, 3, 4, 12]
    assert found not in (sorted(found), sorted(found, reverse=True))


def test_identical_filters_are_one_entry_and_echoed_otherwise(marked):
    marked.batch({"addSheet": {"properties": {"title": "B", "sheetId": 5}}})
    first = {"gridRange": {"sheetId": 5, "startRowIndex": 0, "endRowIndex": 1}}
    filters = [first, {"a1Range": "A1"}, first]
    answer = marked.call("POST", "/values:batchGetByDataFilter", {"dataFilters": filters}).json()
    assert [item["dataFilters"] for item in answer["valueRanges"]] == [[{"a1Range": "A1"}], [first, first]]
    assert [*answer["valueRanges"][1]["dataFilters"][0]["gridRange"]] == ["endRowIndex", "startRowIndex", "sheetId"]


@pytest.mark.parametrize(
    "place", [{"spreadsheet": True}, {"sheetId": 0}, place("ROWS", 3)], ids=lambda one: next(iter(one))
)
def test_a_sheet_and_the_spreadsheet_hold_so_many_characters(api, place):
    api.batch({"addSheet": {"properties": {"title": "B", "sheetId": 5}}}, create(1, "k", place, "v" * 29_985))
    message = api.refused(create(2, "key", place, "v" * 26))
    assert message == (
        "Invalid requests[0].createDeveloperMetadata: Adding the requested developer metadata would exceed the allowed "
        "storage limit."
    )
    api.batch(create(2, "key", place, "v" * 11), create(3, "key", {"sheetId": 5}, "v" * 29_997))
    longer = {"dataFilters": [lookup(metadataId=2)], "developerMetadata": {"metadataValue": "v" * 12}}
    assert "storage limit" in api.refused({"updateDeveloperMetadata": longer | {"fields": "metadataValue"}})


def test_one_that_is_absent_is_not_found(marked):
    answer = marked.call("GET", "/developerMetadata/99")
    assert (answer.status_code, answer.json()["error"]["status"]) == (404, "NOT_FOUND")
    assert answer.json()["error"]["message"] == "No developer metadata with ID 99."


def test_an_id_is_positive_and_chosen_when_none_is_given(api):
    assert "metadataId" in api.refused(create(-1, "k", {"spreadsheet": True}))
    given = {"metadataKey": "k", "location": {"spreadsheet": True}, "visibility": "DOCUMENT"}
    [reply] = api.batch({"createDeveloperMetadata": {"developerMetadata": given}})["replies"]
    assert reply["createDeveloperMetadata"]["developerMetadata"]["metadataId"] > 0


def test_of_two_batches_with_the_same_id_the_second_does_nothing_at_all(api):
    marker = create(1007, "run", {"spreadsheet": True}, "jeton")
    row = {"insertDimension": {"range": {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}}}
    write = {"updateCells": {"start": {"sheetId": 0}, "fields": "userEnteredValue",
             "rows": [{"values": [{"userEnteredValue": {"stringValue": "x"}}]}]}}  # fmt: skip
    api.batch(marker)
    before = api.dump()
    for requests in ([row, write, marker], [marker, row, write]):
        assert "1007" in api.refused(*requests)
        assert api.dump() == before
    other = create(1007, "other", {"sheetId": 0}, "autre")
    assert "1007" in api.refused(other)


def test_a_column_is_written_where_it_is_now(marked):
    """What heals a robot's column: the header cell, wherever people moved the column, and no other cell."""
    marked.type("A1", ["N°", "#REF!", "Note"], ["E1", "a", 1], ["E2", "b", 2])
    columns = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
    marked.batch({"moveDimension": {"source": columns, "destinationIndex": 3}})
    data = {"dataFilter": lookup(metadataId=3), "majorDimension": "COLUMNS", "values": [["Rang", None, None, "c"]]}
    body = {"valueInputOption": "USER_ENTERED", "data": [data], "includeValuesInResponse": True}
    answer = marked.call("POST", "/values:batchUpdateByDataFilter", body).json()
    [done] = answer["responses"]
    assert (done["updatedRange"], done["updatedCells"], done["updatedColumns"]) == ("Sheet1!C1:C4", 2, 1)
    assert (answer["totalUpdatedCells"], done["dataFilter"]) == (2, data["dataFilter"])
    assert marked.values("A1:C4") == [["N°", "Note", "Rang"], ["E1", "1", "a"], ["E2", "2", "b"], ["", "", "c"]]


def test_values_wider_than_the_column_are_refused_and_none_is_written(marked):
    first = {"dataFilter": {"a1Range": "A1"}, "values": [["x"]]}
    data = {"dataFilter": lookup(metadataId=3), "majorDimension": "COLUMNS", "values": [["a"], ["b"]]}
    body = {"valueInputOption": "RAW", "data": [first, data]}
    answer = marked.call("POST", "/values:batchUpdateByDataFilter", body)
    assert (answer.status_code, marked.values("A1:C3")) == (400, [])


def test_a_filter_that_matches_nothing_writes_nothing(marked):
    body = {"valueInputOption": "RAW", "data": [{"dataFilter": lookup(metadataId=99), "values": [["x"]]}]}
    answer = marked.call("POST", "/values:batchUpdateByDataFilter", body)
    assert (answer.status_code, answer.json()) == (200, {"spreadsheetId": marked.book_id})
