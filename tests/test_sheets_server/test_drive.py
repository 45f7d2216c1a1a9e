"""Drive, as the stand-in has it: what a shared drive gives and refuses, whom a file is shared with, what is found."""

import pytest
import requests

from eig_sheets.spreadsheet.google.client import connect
from eig_sheets.spreadsheet.google.credentials import ALL_FILES, OWN_FILES
from eig_sheets.spreadsheet.google.drive import Drive
from eig_sheets.spreadsheet.google.error_messages import ApiError
from eig_sheets.spreadsheet.model.base import WorkbookError
from tests.sheets_server.auth import EMAIL
from tests.sheets_server.server import running

SHEET = "application/vnd.google-apps.spreadsheet"


@pytest.fixture(scope="module")
def server():
    with running() as made:
        yield made


@pytest.fixture
def folder(server):
    return server.world.add_folder("Jury", server.world.add_drive("Équipe", {EMAIL: "fileOrganizer"}))


def drive_of(server, folder="", scopes=ALL_FILES):
    environment = {"GOOGLE_APPLICATION_CREDENTIALS": server.service_account, "EIG_SHEETS_API_ENDPOINT": server.url}
    return Drive(connect(environment, scopes=scopes), folder)


def asked(server, method, path, body=None, **query):
    headers = {"Authorization": "Bearer emulator"}
    return requests.request(
        method, f"{server.url}/drive/v3/{path}", json=body, params=query, headers=headers, timeout=60
    )


def test_without_the_scope_of_drive_nothing_is_answered(server, folder):
    spreadsheets = ("https://www.googleapis.com/auth/spreadsheets",)
    with pytest.raises(WorkbookError, match="droit de créer des fichiers"):
        drive_of(server, scopes=spreadsheets).files({})


def test_what_people_made_is_not_seen_with_the_least_scope(server, folder):
    with pytest.raises(WorkbookError, match="ne montre à"):
        drive_of(server, folder.id, OWN_FILES).check()
    assert drive_of(server, folder.id).check() is None


def test_a_file_of_a_shared_drive_is_seen_by_those_alone_who_say_they_know_of_them(server, folder):
    made = drive_of(server, folder.id).create("Grille", {"a": "b"})
    assert asked(server, "GET", f"files/{made.id}").status_code == 404
    assert asked(server, "GET", f"files/{made.id}", supportsAllDrives="true").json()["id"] == made.id


def test_a_list_comes_in_pages_and_is_read_whole(server, folder):
    drive = drive_of(server, folder.id)
    made = [drive.create(f"Grille {number}", {"a": "b", "n": str(number)}) for number in range(3)]
    wanted = {"pageSize": 2, "q": "properties has { key='a' and value='b' }", "includeItemsFromAllDrives": "true"}
    first = asked(server, "GET", "files", supportsAllDrives="true", **wanted).json()
    assert (len(first["files"]), first["nextPageToken"]) == (2, "2")
    drive.check()
    assert [one.id for one in drive.files({"a": "b"})] == [one.id for one in made]
    assert [one.id for one in drive.files({"a": "b", "n": "1"})] == [made[1].id]
    assert drive.files({"a": "l'autre \\"}) == []


def test_inherited_permissions_are_told_from_those_of_the_file(server, folder):
    drive = drive_of(server, folder.id)
    folder.drive.permissions.append({**folder.drive.permissions[0], "id": "9", "emailAddress": "chef@example.org"})
    made = drive.create("Grille", {})
    drive.share(made.id, "jure@example.org")
    found = {one.whom: (one.role, one.inherited) for one in drive.permissions(made.id)}
    assert found == {"chef@example.org": ("fileOrganizer", True), "jure@example.org": ("writer", False)}


def test_an_unknown_call_is_a_501_and_a_wrong_one_refused(server, folder):
    assert asked(server, "GET", "drives").status_code == 501
    with pytest.raises(ApiError):
        drive_of(server, folder.id).client.drive("files/absent", {})
