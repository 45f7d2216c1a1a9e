"""The rest of what gspread can do: every public method of its that reaches Google, on what its documentation says."""

import re
from datetime import UTC, datetime

import gspread
import pytest
import requests
from gspread.exceptions import APIError, SpreadsheetNotFound, WorksheetNotFound
from gspread.utils import ExportFormat, MergeType, TableDirection, ValueRenderOption

from tests.test_sheets_server.clients import session_of

PERSON = "bob@example.org"


def test_files_are_listed_by_title_and_folder(client, book):
    other = client.create("Essai", folder_id="dossier")
    try:
        assert book.id in [opened.id for opened in client.openall()]
        assert [opened.id for opened in client.openall("Essai")] == [other.id]
        assert [file["id"] for file in client.list_spreadsheet_files(folder_id="dossier")] == [other.id]
        assert [file["id"] for file in client.list_spreadsheet_files(title="Essai", folder_id="dossier")] == [other.id]
        with pytest.raises(SpreadsheetNotFound):
            client.open("Absent")
    finally:
        client.del_spreadsheet(other.id)


def test_a_spreadsheet_that_does_not_exist_is_not_found(client):
    with pytest.raises(SpreadsheetNotFound):
        client.open_by_key("absent")


def test_a_spreadsheet_that_is_not_shared_is_refused(server, client):
    private = server.world.create("Privé", PERSON)
    with pytest.raises(PermissionError) as refusal:
        client.open_by_key(private.id)
    assert refusal.value.__cause__.code == 403


def test_a_copy_may_keep_its_permissions(client, book):
    book.sheet1.update([["=1+1"]], "A1", raw=False)
    book.share(PERSON, "user", "reader", notify=False)
    copied = client.copy(book.id, title="Copie", copy_permissions=True)
    try:
        assert (copied.title, copied.sheet1.acell("A1").value) == ("Copie", "2")
        assert {(item["emailAddress"], item["role"]) for item in copied.list_permissions()} >= {(PERSON, "reader")}
    finally:
        client.del_spreadsheet(copied.id)
    untitled = client.copy(book.id)
    assert untitled.title == f"Copy of {book.title}"
    client.del_spreadsheet(untitled.id)


def test_permissions_come_and_go(client, book):
    made = client.insert_permission(book.id, PERSON, perm_type="user", role="writer", notify=False).json()
    anyone = client.insert_permission(book.id, None, perm_type="anyone", role="reader").json()
    roles = {(item["type"], item["role"]) for item in client.list_permissions(book.id)}
    assert roles == {("user", "owner"), ("user", "writer"), ("anyone", "reader")}
    client.remove_permission(book.id, anyone["id"])
    assert book.remove_permissions(PERSON, "writer") == [made["id"]]
    assert [item["role"] for item in book.list_permissions()] == ["owner"]


def test_ownership_is_offered_then_accepted(server, client):
    book = client.create("Donné")
    made = book.share(PERSON, "user", "writer", notify=False).json()
    book.transfer_ownership(made["id"])
    pending = next(item for item in book.list_permissions() if item["id"] == made["id"])
    assert (pending["role"], pending["pendingOwner"]) == ("writer", True)
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer emulator:{PERSON}"
    url = f"{server.url}/drive/v3/files/{book.id}/permissions/{made['id']}"
    assert session.patch(url, json={"role": "owner"}, timeout=300).status_code == 403
    accepted = session.patch(url, json={"role": "owner"}, params={"transferOwnership": True}, timeout=300)
    assert accepted.json()["role"] == "owner"
    assert {item["emailAddress"]: item["role"] for item in book.list_permissions()}[PERSON] == "owner"
    session.delete(f"{server.url}/drive/v3/files/{book.id}", timeout=300)


def test_times_of_a_file(client, book):
    made = datetime.fromisoformat(book.creationTime)
    assert abs((datetime.now(UTC) - made).total_seconds()) < 3600
    before = book.get_lastUpdateTime()
    book.sheet1.update([["x"]], "A1")
    assert book.get_lastUpdateTime() > before
    assert client.get_file_drive_metadata(book.id)["name"] == book.title


def test_a_spreadsheet_is_exported(book):
    book.sheet1.update([["a,b", 'c"d'], [1, None, "é"]], "A1")
    assert book.export(ExportFormat.CSV).decode() == '"a,b","c""d",\r\n1,,é'
    assert book.export(ExportFormat.TSV).decode().startswith("a,b\t")
    assert book.export(ExportFormat.EXCEL)[:2] == b"PK"


def test_a_csv_replaces_the_first_tab_and_the_others_go(client, book):
    book.add_worksheet("Autre", 5, 5)
    client.import_csv(book.id, "Nom,Note\nAnne,3.5\n")
    fresh = client.open_by_key(book.id)
    assert [tab.title for tab in fresh.worksheets()] == [book.title]
    assert fresh.sheet1.get_values(value_render_option=ValueRenderOption.unformatted) == [
        ["Nom", "Note"],
        ["Anne", 3.5],
    ]


def test_values_through_the_spreadsheet(book):
    book.values_update("Sheet1!A1", {"valueInputOption": "RAW"}, {"values": [["a", "b"], ["c"]]})
    done = book.values_append("Sheet1!A1", {"valueInputOption": "RAW"}, {"values": [["d"]]})
    assert done["updates"]["updatedRange"] == "Sheet1!A3"
    assert book.values_get("Sheet1")["values"] == [["a", "b"], ["c"], ["d"]]
    assert book.values_clear("Sheet1!A1")["clearedRange"] == "Sheet1!A1"
    cleared = book.values_batch_clear(body={"ranges": ["Sheet1!B1", "A3:B9"]})
    assert cleared["clearedRanges"] == ["Sheet1!B1", "Sheet1!A3:B9"]
    assert book.sheet1.get_values() == [[""], ["c"]]


def test_tabs_are_found_by_id_and_place(book):
    made = book.add_worksheet("Deux", 3, 4, index=0)
    assert (made.index, made.row_count, made.column_count) == (0, 3, 4)
    assert book.get_worksheet(0).id == book.get_worksheet_by_id(made.id).id == made.id
    for missing in (lambda: book.get_worksheet(5), lambda: book.get_worksheet_by_id(99), lambda: book.worksheet("x")):
        with pytest.raises(WorksheetNotFound):
            missing()
    with pytest.raises(APIError, match="already exists"):
        book.add_worksheet("deux", 1, 1)
    book.sheet1.hide()
    assert [tab.title for tab in book.worksheets(exclude_hidden=True)] == ["Sheet1"]
    book.get_worksheet_by_id(made.id).show()
    book.del_worksheet_by_id(made.id)
    with pytest.raises(APIError, match="can't remove all the visible sheets"):
        book.del_worksheet(book.sheet1)
    assert book.timezone == "Etc/GMT"


def test_a_tab_is_coloured_moved_and_duplicated(book, sheet):
    sheet.update_tab_color("#FF0000")
    assert (sheet.get_tab_color(), book.sheet1.get_tab_color()) == ("#FF0000", "#FF0000")
    sheet.clear_tab_color()
    assert book.sheet1.get_tab_color() is None
    sheet.hide_gridlines()
    assert book.sheet1.is_gridlines_hidden
    sheet.show_gridlines()
    assert not book.sheet1.is_gridlines_hidden
    sheet.update([["x"]], "A1")
    twin = sheet.duplicate(insert_sheet_index=0, new_sheet_id=12, new_sheet_name="Double")
    assert (twin.id, twin.index, twin.acell("A1").value) == (12, 0, "x")
    twin.update_index(2)
    assert [tab.title for tab in book.worksheets()] == ["Sheet1", "Double"]
    assert not twin.isSheetHidden


def test_named_ranges_are_listed_and_read(book, sheet):
    sheet.update([["a", "b"], ["c", "d"]], "A1")
    sheet.define_named_range("A1:B2", "carré")
    assert [cell.value for cell in book.named_range("carré")] == ["a", "b", "c", "d"]
    [known] = book.list_named_ranges()
    assert (known["name"], known["range"]["endRowIndex"]) == ("carré", 2)
    sheet.delete_named_range(known["namedRangeId"])
    assert book.list_named_ranges() == []


def test_ranges_are_read_as_cells(sheet):
    sheet.update([[1, "2,413"], ["", "x"]], "A1")
    cells = sheet.range("A1:B2")
    assert [(cell.row, cell.col, cell.value) for cell in cells] == [
        (1, 1, "1"),
        (1, 2, "2,413"),
        (2, 1, ""),
        (2, 2, "x"),
    ]
    assert [cell.numeric_value for cell in cells] == [1, 2413, None, None]
    assert len(sheet.range("A1:A")) == 1000
    sheet.update_cell(2, 1, 42)
    assert (sheet.cell(2, 1).value, sheet.cell(9, 9).value) == ("42", None)
    assert sheet.expand("A1", TableDirection.table) == [["1", "2,413"], ["42", "x"]]
    with pytest.raises(APIError, match="exceeds grid limits"):
        sheet.range("A5000:B5001")


def test_records_are_keyed_by_their_header(sheet):
    sheet.update([["N°", "Nom"], ["1", "Anne"], ["2", ""]], "A2")
    assert sheet.get_all_records(head=2, default_blank=None) == [{"N°": 1, "Nom": "Anne"}, {"N°": 2, "Nom": None}]
    records = sheet.get_all_records(
        head=2, value_render_option=ValueRenderOption.unformatted, numericise_ignore=["all"]
    )
    assert records[0] == {"N°": "1", "Nom": "Anne"}


def test_merges_are_batched_and_filled_when_asked(sheet):
    sheet.update([["un", "", "deux"], ["x", "", ""]], "A1")
    sheet.batch_merge([{"range": "A1:B1"}, {"range": "C1:C2", "mergeType": MergeType.merge_columns}])
    merges = sheet.spreadsheet.fetch_sheet_metadata()["sheets"][0]["merges"]
    assert sorted((item.get("startColumnIndex", 0), item["endRowIndex"]) for item in merges) == [(0, 1), (2, 2)]
    assert sheet.get_values("A1:C2", combine_merged_cells=True) == [["un", "un", "deux"], ["x", "", "deux"]]
    with pytest.raises(APIError, match="merge"):
        sheet.merge_cells("B1:C1")


def test_notes_are_put_and_taken_off(sheet):
    sheet.insert_notes({"A1": "un", "B3": "deux"})
    sheet.insert_note("C1", "trois")
    sheet.update_note("A1", "autre")
    assert sheet.get_notes() == [["autre", "", "trois"], [], ["", "deux"]]
    sheet.clear_notes(["A1", "B3"])
    assert (sheet.get_note("C1"), sheet.get_note("A1"), sheet.get_notes()) == ("trois", "", [["", "", "trois"]])


def test_columns_are_grouped_hidden_and_sized(sheet):
    sheet.add_dimension_group_columns(1, 3)
    sheet.add_dimension_group_rows(0, 2)
    [group] = sheet.list_dimension_group_columns()
    assert (group["range"]["dimension"], group["range"]["startIndex"], group["depth"]) == ("COLUMNS", 1, 1)
    assert len(sheet.list_dimension_group_rows()) == 1
    sheet.delete_dimension_group_columns(1, 3)
    sheet.delete_dimension_group_rows(0, 2)
    assert sheet.list_dimension_group_columns() == sheet.list_dimension_group_rows() == []
    sheet.hide_columns(0, 2)
    mask = {"fields": "sheets.data.columnMetadata.hiddenByUser", "includeGridData": "true"}

    def hidden():
        data = sheet.client.spreadsheets_get(sheet.spreadsheet_id, mask)["sheets"][0]["data"][0]
        return [place.get("hiddenByUser", False) for place in data["columnMetadata"][:3]]

    assert hidden() == [True, True, False]
    sheet.unhide_columns(0, 1)
    assert hidden() == [False, True, False]
    sheet.rows_auto_resize(0, 3)
    sheet.columns_auto_resize(0, 3)


def test_a_time_out_of_the_client_s_is_kept(server, book):
    server.script.post([{"on_call": 1, "fault": {"kind": "slow", "seconds": 0.5}}])
    with session_of(server) as session:
        client = gspread.Client(auth=session.credentials, session=session)
        client.set_timeout(0.1)
        with pytest.raises(requests.exceptions.ReadTimeout):
            client.open_by_key(book.id)


def test_an_error_says_what_google_said(sheet):
    with pytest.raises(APIError) as refusal:
        sheet.client.batch_update(sheet.spreadsheet_id, {"requests": [{"deleteSheet": {"sheetId": 5}}]})
    assert (refusal.value.code, refusal.value.error["status"]) == (400, "INVALID_ARGUMENT")
    assert re.fullmatch(
        r"APIError: \[400\]: Invalid requests\[0\]\.deleteSheet: No (sheet|grid) with id: 5", str(refusal.value)
    )
