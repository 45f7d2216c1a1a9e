"""gspread over HTTP, for what programs commonly do with it."""

import pytest
from gspread.cell import Cell
from gspread.exceptions import APIError, WorksheetNotFound
from gspread.utils import (
    DateTimeOption,
    Dimension,
    InsertDataOption,
    ValidationConditionType,
    ValueInputOption,
    ValueRenderOption,
)


def test_a_new_spreadsheet_has_one_tab_of_a_thousand_rows(book):
    only = book.worksheets()
    assert [(tab.title, tab.id, tab.row_count, tab.col_count) for tab in only] == [("Sheet1", 0, 1000, 26)]


def test_a_spreadsheet_is_opened_by_key_title_or_url(client, book):
    assert client.open_by_key(book.id).title == book.title
    assert client.open(book.title).id == book.id
    assert client.open_by_url(book.url).id == book.id


def test_values_come_back_as_written_without_trailing_blanks(sheet):
    sheet.update([["Nom", "Note", ""], ["Anne", 3.5, True], ["", "", ""]], "A1")
    assert sheet.get_all_values() == [["Nom", "Note", ""], ["Anne", "3.5", "TRUE"]]
    assert sheet.get("A1:C3") == [["Nom", "Note"], ["Anne", "3.5", "TRUE"]]
    assert sheet.get("A2:C2", value_render_option=ValueRenderOption.unformatted) == [["Anne", 3.5, True]]


def test_raw_keeps_a_formula_as_text_and_user_entered_does_not(sheet):
    sheet.update([["=1+1"]], "A1")
    sheet.update([["=1+1"]], "A2", value_input_option=ValueInputOption.user_entered)
    assert sheet.col_values(1) == ["=1+1", "2"]
    assert sheet.acell("A2", value_render_option=ValueRenderOption.formula).value == "=1+1"


def test_null_leaves_a_cell_alone_and_an_empty_text_empties_it(sheet):
    sheet.update([["a", "b", "c"]], "A1")
    answer = sheet.update([[None, "", "d"]], "A1")
    assert sheet.row_values(1) == ["a", "", "d"]
    assert (answer["updatedRange"], answer["updatedCells"], answer["updatedColumns"]) == ("Sheet1!A1:C1", 2, 2)


def test_columns_as_the_major_dimension(sheet):
    sheet.update([["a", "b"], ["c"]], "A1", major_dimension=Dimension.cols)
    assert sheet.get_all_values() == [["a", "c"], ["b", ""]]
    assert sheet.get("A1:B2", major_dimension=Dimension.cols) == [["a", "b"], ["c"]]


def test_several_ranges_at_once(sheet):
    sheet.batch_update([{"range": "A1:B1", "values": [["a", "b"]]}, {"range": "D4", "values": [["d"]]}])
    assert sheet.batch_get(["A1:B1", "D4", "F1:F2"]) == [[["a", "b"]], [["d"]], []]
    sheet.batch_clear(["A1", "D4"])
    assert sheet.get_all_values() == [["", "b"]]


def test_a_spreadsheet_wide_batch_names_tabs(book):
    book.add_worksheet("L'été", 5, 5)
    book.values_batch_update({"valueInputOption": "RAW", "data": [{"range": "'L''été'!B2", "values": [["x"]]}]})
    assert book.values_batch_get(["'L''été'!A1:B2"])["valueRanges"][0] == {
        "range": "'L''été'!A1:B2",
        "majorDimension": "ROWS",
        "values": [[], ["", "x"]],
    }


def test_rows_are_appended_under_the_table(sheet):
    sheet.update([["a", "b"], ["c", "d"]], "B2")
    answer = sheet.append_row(["e", "f"])
    assert (answer["tableRange"], answer["updates"]["updatedRange"]) == ("Sheet1!B2:C3", "Sheet1!B4:C4")
    answer = sheet.append_rows([["g"], ["h"]], table_range="B2")
    assert answer["updates"]["updatedRange"] == "Sheet1!B5:B6"


def test_append_inserts_rows_when_asked_and_grows_the_grid(sheet):
    sheet.resize(3, 2)
    sheet.update([["a"], [""], ["z"]], "A1")
    sheet.append_row(["b"], table_range="A1", insert_data_option=InsertDataOption.insert_rows)
    assert sheet.col_values(1) == ["a", "b", "", "z"]
    sheet.append_rows([["1", "2", "3"]])
    assert [(tab.row_count, tab.col_count) for tab in sheet.spreadsheet.worksheets()] == [(5, 3)]


def test_append_overwrites_what_lies_below_by_default(sheet):
    sheet.update([["a"], [""], ["z"]], "A1")
    sheet.append_rows([["b"], ["c"]], table_range="A1")
    assert sheet.col_values(1) == ["a", "b", "c"]


def test_rows_and_columns_come_and_go(sheet):
    sheet.update([["a", "b"], ["c", "d"]], "A1")
    sheet.insert_row(["new"], 2)
    sheet.insert_cols([["x", "y"]], 1)
    assert sheet.get_all_values() == [["x", "a", "b"], ["y", "new", ""], ["", "c", "d"]]
    sheet.delete_rows(2)
    sheet.delete_columns(1, 2)
    assert sheet.get_all_values() == [["b"], ["d"]]
    sheet.add_rows(10)
    sheet.add_cols(1)
    assert (sheet.row_count, sheet.col_count) == (1010, 26)


def test_sorting_keeps_rows_whole_and_blanks_last(sheet):
    sheet.update([["c", 2], ["", 9], ["a", 3], ["b", 1]], "A1")
    sheet.sort((1, "asc"), range="A1:B4")
    assert sheet.get("A1:B4") == [["a", "3"], ["b", "1"], ["c", "2"], ["", "9"]]
    sheet.sort((1, "des"), range="A1:B4")
    assert sheet.get("A1:B4") == [["c", "2"], ["b", "1"], ["a", "3"], ["", "9"]]


def test_formats_are_given_number_by_number_and_in_batches(sheet):
    sheet.update([[0.5, 43831]], "A1")
    sheet.format("A1", {"numberFormat": {"type": "PERCENT", "pattern": "0.0%"}, "textFormat": {"bold": True}})
    sheet.batch_format([{"range": "B1", "format": {"numberFormat": {"type": "DATE", "pattern": "yyyy-mm-dd"}}}])
    assert sheet.row_values(1) == ["50.0%", "2020-01-01"]
    assert sheet.get("B1", value_render_option="UNFORMATTED_VALUE") == [[43831]]
    as_text = sheet.get(
        "B1", value_render_option="UNFORMATTED_VALUE", date_time_render_option=DateTimeOption.formatted_string
    )
    assert as_text == [["2020-01-01"]]


def test_notes_merges_and_frozen_panes(sheet):
    sheet.update_notes({"A1": "une note", "B2": "une autre"})
    assert sheet.get_note("A1") == "une note"
    assert sheet.get_notes() == [["une note"], ["", "une autre"]]
    sheet.clear_note("A1")
    assert sheet.get_note("A1") == ""
    sheet.merge_cells("C1:D2")
    sheet.freeze(rows=1, cols=1)
    fresh = sheet.spreadsheet.get_worksheet(0)
    assert (fresh.frozen_row_count, fresh.frozen_col_count) == (1, 1)
    sheet.unmerge_cells("C1:D2")
    assert "merges" not in sheet.spreadsheet.fetch_sheet_metadata()["sheets"][0]


def test_a_merge_keeps_the_first_value_alone(sheet):
    sheet.update([["", "b"], ["c", "d"]], "A1")
    sheet.merge_cells("A1:B2")
    assert sheet.get_all_values() == [["b"]]
    with pytest.raises(APIError, match="You must select all cells in a merged range to merge or unmerge them"):
        sheet.merge_cells("A1:A3")


def test_a_protection_lists_its_editors(sheet):
    sheet.add_protected_range("A1:B2", editor_users_emails=["anne@example.org"], description="robot")
    [item] = sheet.spreadsheet.list_protected_ranges(sheet.id)
    assert "anne@example.org" in item["editors"]["users"]
    assert item["range"] == {"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}
    sheet.delete_protected_range(item["protectedRangeId"])
    assert sheet.spreadsheet.list_protected_ranges(sheet.id) == []


def test_tabs_are_added_renamed_copied_hidden_moved_and_deleted(book):
    second = book.add_worksheet("Deux", 10, 5, index=0)
    book.worksheet("Sheet1").update_title("Un")
    copy = book.duplicate_sheet(second.id, new_sheet_name="Copie", insert_sheet_index=2)
    book.reorder_worksheets([copy, *[tab for tab in book.worksheets() if tab.id != copy.id]])
    assert [tab.title for tab in book.worksheets()] == ["Copie", "Deux", "Un"]
    copy.hide()
    assert [tab.title for tab in book.worksheets(exclude_hidden=True)] == ["Deux", "Un"]
    copy.show()
    book.del_worksheet(second)
    with pytest.raises(WorksheetNotFound):
        book.worksheet("Deux")
    with pytest.raises(APIError, match='A sheet with the name "UN" already exists'):
        book.add_worksheet("UN", 1, 1)


def test_a_tab_is_copied_to_another_spreadsheet(client, book, sheet):
    sheet.update([["x"]], "B2")
    other = client.create("autre")
    answer = sheet.copy_to(other.id)
    assert answer["title"] == "Copy of Sheet1"
    assert other.worksheet("Copy of Sheet1").acell("B2").value == "x"
    client.del_spreadsheet(other.id)


def test_named_ranges_filters_groups_and_dimensions(sheet):
    sheet.update([["n", "v"], ["a", 1]], "A1")
    made = sheet.define_named_range("A1:B2", "donnees")
    assert sheet.get("donnees") == [["n", "v"], ["a", "1"]]
    sheet.delete_named_range(made["replies"][0]["addNamedRange"]["namedRange"]["namedRangeId"])
    sheet.set_basic_filter("A1:B2")
    sheet.clear_basic_filter()
    sheet.hide_rows(1, 2)
    sheet.unhide_rows(1, 2)
    sheet.add_dimension_group_rows(1, 3)
    sheet.columns_auto_resize(0, 2)
    assert sheet.spreadsheet.fetch_sheet_metadata()["sheets"][0]["rowGroups"][0]["depth"] == 1


def test_cells_are_found_and_updated_one_by_one(sheet):
    sheet.update_cells([Cell(1, 1, "a"), Cell(3, 2, "b")])
    assert sheet.find("b").address == "B3"
    sheet.update_acell("B3", '=A1&"!"')
    assert sheet.cell(3, 2).value == "a!"
    assert sheet.get_all_cells()[0].value == "a"
    sheet.clear()
    assert sheet.get_all_values() == [[]]


def test_data_validation_is_kept_with_the_cell(sheet):
    sheet.add_validation("C1:C3", ValidationConditionType.one_of_list, ["oui", "non"], showCustomUi=True)
    fields = "sheets.data.rowData.values.dataValidation"
    [cell] = sheet.spreadsheet.fetch_sheet_metadata({"ranges": "C2", "fields": fields})["sheets"][0]["data"][0][
        "rowData"
    ]
    assert cell["values"][0]["dataValidation"]["condition"]["values"] == [
        {"userEnteredValue": "oui"},
        {"userEnteredValue": "non"},
    ]


def test_copy_cut_and_paste(sheet):
    sheet.update([["=B1", 5]], "A1", raw=False)
    sheet.copy_range("A1", "A2")
    sheet.cut_range("B1", "D9")
    assert sheet.get("A1:A2", value_render_option="FORMULA") == [["=D9"], ["=B2"]]


def test_locale_and_time_zone_of_a_spreadsheet(book, sheet):
    book.update_locale("fr_FR")
    book.update_timezone("Europe/Paris")
    sheet.update([["3,5", "07/04/2021"]], "A1", raw=False)
    assert sheet.get("A1:B1", value_render_option="UNFORMATTED_VALUE") == [[3.5, 44293]]
    with pytest.raises(APIError, match="Invalid time zone: Mars/Olympus"):
        book.update_timezone("Mars/Olympus")


def test_a_title_with_and_in_it_is_found(client):
    made = client.create('Dupont and "fils"')
    assert client.open_by_key(made.id).title == 'Dupont and "fils"'
    other = client.create("Dupont and fils")
    assert client.open("Dupont and fils").id == other.id
    for file in (made, other):
        client.del_spreadsheet(file.id)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Nulle part!A1", "Unable to parse range: Nulle part!A1"),
        ("A1001", r"Range \(Sheet1!A1001\) exceeds grid limits. Max rows: 1000, max columns: 26"),
        ("AA1:AB2", r"Range \(Sheet1!AA1:AB2\) exceeds grid limits. Max rows: 1000, max columns: 26"),
    ],
)
def test_ranges_that_are_not_there(book, name, message):
    with pytest.raises(APIError, match=message):
        book.values_get(name)


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        (
            "A1:B1",
            [["a", "b", "c"]],
            r"Requested writing within range \[Sheet1!A1:B1\], but tried writing to column \[C\]",
        ),
        ("A1:B1", [["a"], ["b"]], r"Requested writing within range \[Sheet1!A1:B1\], but tried writing to row \[2\]"),
        ("Z1", [["a", "b"]], r"tried writing to column \[AA\]"),
        ("A1", [[["a"]]], r"Invalid values\[0\]\[0\]: list_value"),
        ("A1", [["x" * 50_001]], "more than the maximum of 50000 characters in a single cell"),
    ],
)
def test_writes_that_do_not_fit(sheet, name, values, message):
    with pytest.raises(APIError, match=message):
        sheet.update(values, name)
    assert sheet.get_all_values() == [[]]
