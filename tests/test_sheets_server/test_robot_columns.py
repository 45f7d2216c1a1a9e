"""A column that is one formula in its header cell: what people do around it, on English and French spreadsheets."""

import pytest

from tests.test_sheets_server.clients import Api

RANK = '={"Rang";ARRAYFORMULA(IF(A5:A="";;XLOOKUP(A5:A&"";Classement!B:B;Classement!A:A;"")))}'


@pytest.fixture(params=["en_US", "fr_FR"])
def campaign(request) -> Api:
    """Dossiers under a header in row 4, ranks in another tab; its owner types."""
    made = request.getfixturevalue("server" if request.param == "en_US" else "french_server")
    api = Api(made, made.world.create("Essai", "anne@example.org").id, "anne@example.org")
    grid = {"rowCount": 9, "columnCount": 4}
    api.batch(
        {"updateSheetProperties": {"properties": {"sheetId": 0, "gridProperties": grid}, "fields": "gridProperties"}},
        {"addSheet": {"properties": {"sheetId": 7, "title": "Classement", "gridProperties": grid}}},
    )
    api.type("Classement!A1", ["Rang", "N°"], [1, "'13"], [2, "'12"], ["", "'14"], ["ex æquo", "'15"])
    api.type("A4", ["N°", RANK], [12], ["'13"], [14], [""], [99])
    assert api.get("properties.locale")["properties"]["locale"] == request.param
    return api


def column(api, cells="B4:B9"):
    return api.values(cells, valueRenderOption="UNFORMATTED_VALUE")


def formula(api, cell="B4"):
    [[text]] = api.values(cell, valueRenderOption="FORMULA")
    return text


def error(api, cell="B4"):
    [[shown]] = [
        row["values"]
        for row in api.get("sheets.data.rowData.values.effectiveValue", ranges=cell)["sheets"][0]["data"][0]["rowData"]
    ]
    return shown["effectiveValue"]["errorValue"]


def rows(start, end):
    return {"sheetId": 0, "dimension": "ROWS", "startIndex": start, "endIndex": end}


def test_numbers_stay_numbers_and_blanks_stay_blank(campaign):
    assert column(campaign) == [["Rang"], [2], [1], [], [], [""]]
    shown = campaign.get("sheets.data.rowData.values.effectiveValue", ranges="B4:B9")["sheets"][0]["data"][0]
    assert [row.get("values") for row in shown["rowData"]] == [
        [{"effectiveValue": {"stringValue": "Rang"}}],
        [{"effectiveValue": {"numberValue": 2}}],
        [{"effectiveValue": {"numberValue": 1}}],
        None,  # the rank of 14 is blank
        None,  # there is no dossier
        [{"effectiveValue": {"stringValue": ""}}],  # 99 is in no tab
    ]


def test_what_is_typed_in_the_way_breaks_it_and_its_removal_heals_it(campaign):
    campaign.type("B8", ["mien"])
    assert error(campaign) == {
        "type": "REF",
        "message": "Array result was not expanded because it would overwrite data in B8.",
    }
    assert column(campaign) == [["#REF!"], [], [], [], ["mien"]]
    campaign.type("B6", ["x"])
    assert error(campaign)["message"].endswith(" in B6.")
    campaign.call("POST", "/values/B5:B9:clear", {})
    assert column(campaign)[:2] == [["Rang"], [2]]


def test_a_tab_that_goes_leaves_a_broken_formula(campaign):
    campaign.batch({"deleteSheet": {"sheetId": 7}})
    assert formula(campaign) == '={"Rang";ARRAYFORMULA(IF(A5:A="";;XLOOKUP(A5:A&"";#REF!;#REF!;"")))}'
    assert column(campaign) == [["Rang"], ["#REF!"], ["#REF!"], ["#REF!"], [], ["#REF!"]]


def test_a_tab_that_is_renamed_is_followed(campaign):
    properties = {"sheetId": 7, "title": "L'été à venir"}
    campaign.batch({"updateSheetProperties": {"properties": properties, "fields": "title"}})
    assert formula(campaign) == RANK.replace("Classement!", "'L''été à venir'!")
    assert column(campaign)[:3] == [["Rang"], [2], [1]]
    campaign.batch({"updateSheetProperties": {"properties": {"sheetId": 7, "title": "Classement"}, "fields": "title"}})
    assert formula(campaign) == RANK


def test_a_row_inserted_among_the_dossiers_keeps_each_rank_on_its_row(campaign):
    campaign.batch({"insertDimension": {"range": rows(5, 6)}})
    assert formula(campaign) == RANK
    assert column(campaign, "B4:B7") == [["Rang"], [2], [], [1]]


def test_a_row_inserted_under_the_header_pushes_the_range_and_shifts_the_ranks(campaign):
    campaign.batch({"insertDimension": {"range": rows(4, 5), "inheritFromBefore": True}})
    assert formula(campaign) == RANK.replace("A5:A", "A6:A")
    assert column(campaign, "B4:B7") == [["Rang"], [2], [1]]  # beside 13 and 12's rows no more: one row too high


def test_a_row_inserted_above_or_appended_below_changes_nothing_of_what_is_beside_whom(campaign):
    campaign.batch(
        {"insertDimension": {"range": rows(0, 1)}},
        {"appendDimension": {"sheetId": 0, "length": 3, "dimension": "ROWS"}},
    )
    assert formula(campaign, "B5") == RANK.replace("A5:A", "A6:A")
    assert column(campaign, "B5:B7") == [["Rang"], [2], [1]]


def test_the_first_dossiers_that_go_leave_the_range_where_it_starts(campaign):
    campaign.batch({"deleteDimension": {"range": rows(4, 6)}})
    assert formula(campaign) == RANK
    assert column(campaign, "B4:B7") == [["Rang"], [], [], [""]]


def test_columns_that_are_inserted_or_moved_are_followed_in_both_tabs(campaign):
    first = {"dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}
    campaign.batch({"insertDimension": {"range": {"sheetId": 0, **first}}})
    assert formula(campaign, "C4") == RANK.replace("A5:A", "B5:B")
    campaign.batch({"moveDimension": {"source": {"sheetId": 7, **first}, "destinationIndex": 3}})
    moved = RANK.replace("A5:A", "B5:B").replace("B:B;Classement!A:A", "A:A;Classement!C:C")
    assert formula(campaign, "C4") == moved
    assert column(campaign, "C4:C6") == [["Rang"], [2], [1]]


def test_a_column_that_is_looked_up_and_goes_is_a_broken_reference(campaign):
    campaign.batch(
        {"deleteDimension": {"range": {"sheetId": 7, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}}}
    )
    assert formula(campaign) == RANK.replace("Classement!B:B;Classement!A:A", "Classement!A:A;#REF!")


def test_a_tab_of_the_same_number_of_rows_has_no_room_one_row_lower(campaign):
    campaign.type("C5", [RANK.replace('"Rang"', '"Plus bas"')])
    assert error(campaign, "C5") == {
        "type": "REF",
        "message": "Result was not automatically expanded, please insert more rows (1).",
    }


def test_it_is_evaluated_again_when_what_it_reads_changes_and_only_then(campaign):
    book = campaign.server.world.books[campaign.book_id]
    column(campaign)
    before = book.known[0, 3, 1]
    campaign.type("C1", ["rien à voir"])
    column(campaign)
    assert book.known[0, 3, 1] is before
    campaign.type("Classement!A2", ["=1=1"])
    assert column(campaign)[:3] == [["Rang"], [2], [True]]  # 1 and TRUE are two values
    campaign.type("A5", ["'13"])
    assert column(campaign)[:3] == [["Rang"], [True], [True]]


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ("2", 2), ('"2"', 2), ('"2,0"', 2), ('"Oui"', 2), ('"o*"', 2), ('"<>oui"', 7), ('">=2"', 2), ("VRAI", 1),
        ('"VRAI"', 1), ('"12"', 0), ("Z99", 1), ('""', 0),
    ],
)  # fmt: skip
def test_counts(french, wanted, count):
    french.type("A1", [2, "oui", "'12"], ["=4/2", "OUI", True], [0])
    french.type("E1", [f"=NB.SI(A1:C3;{wanted})"])
    assert french.values("E1") == [[str(count)]]


@pytest.mark.parametrize(
    ("lookup", "seen"),
    [
        ('XLOOKUP("b";F1:F3;G1:G3)', [[2]]),
        ('XLOOKUP("b";F1:F3;G1:H3)', [[2, "deux"]]),
        ('XLOOKUP("y";F4:H4;F1:H1)', [["a"]]),
        ('XLOOKUP("y";F4:H4;F1:H3)', [["a"]]),
        ('XLOOKUP("z";F1:F3;G1:G3)', [["#N/A"]]),
        ('XLOOKUP("z";F1:F3;G1:G3;)', [[0]]),
        ('XLOOKUP("z";F1:F3;G1:G3;"non";0;1)', [["non"]]),
        ('XLOOKUP("a";F1:F3;G1:G2)', [["#VALUE!"]]),
        ('VLOOKUP("B*";F1:H3;3;FALSE)', [["deux"]]),
        ('MATCH("?";F1:F3;0)', [[1]]),
        ('MATCH("y";F4:H4;0)', [[1]]),
        ("VLOOKUP(2,5;G1:H3;2)", [["deux"]]),
    ],
)
def test_lookups(french, lookup, seen):
    french.type("F1", ["a", 1, "un"], ["b", 2, "deux"], ["c", 3, "trois"], ["y", "z", "t"])
    french.type("A1", [f"={lookup}"])
    assert french.values("A1:B1", valueRenderOption="UNFORMATTED_VALUE") == [
        [value.replace("VALUE", "VALEUR") if isinstance(value, str) else value for value in seen[0]]
    ]
