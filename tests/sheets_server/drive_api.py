"""The calls to Drive: files and folders, searches, exports, imports of CSV. Who may see them is in `drive_sharing`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from tests.sheets_server import drive_search, exports
from tests.sheets_server.auth import Bearer
from tests.sheets_server.errors import DriveError, insufficient_scopes, no_storage, unimplemented
from tests.sheets_server.masks import project, response_mask
from tests.sheets_server.model import Json
from tests.sheets_server.world import SHEET_TYPE, WRITES, File, Folder, Upload, World


@dataclass(slots=True)
class DriveCall:
    """One call to Drive."""

    world: World
    email: str
    ids: tuple[str, ...]
    query: dict[str, str]
    raw: bytes
    owns_files: bool = True
    app_only: bool = False  # the scope drive.file: what this program made, nothing else

    @property
    def body(self) -> Json:
        read: Json = json.loads(self.raw) if self.raw else {}
        return {key: value for key, value in read.items() if value is not None}

    @property
    def knows_drives(self) -> bool:
        return self.query.get("supportsAllDrives", "").lower() == "true"

    def file(self, writing: bool = False) -> File:
        """Return the file that the call is about."""
        found = self.world.file(self.ids[0], self.email, writing)
        if (self.app_only and not found.by_app) or (found.folder and not self.knows_drives):
            raise not_found(found.id)
        return found

    def folder(self, folder_id: str) -> Folder | None:
        """Return a folder; None when that is no folder's id. One that the caller may not see is not found."""
        found = self.world.folders.get(folder_id)
        if found and (self.app_only or found.role(self.email) is None or not self.knows_drives):
            raise not_found(folder_id)
        return found

    def upload(self) -> Upload | None:
        """Return the upload that the call is about, if it is about one that the caller sees."""
        found = self.world.uploads.get(self.ids[0])
        return found if found and self.sees(found.folder) else None

    def sees(self, folder: Folder) -> bool:
        """Return whether the caller sees what people put in a folder."""
        return (
            not self.app_only and folder.role(self.email) is not None and (self.knows_drives or not is_shared(folder))
        )

    def place(self, file: File) -> None:
        """Put a new file where its body says; a file that a service account would own is refused."""
        parents = self.body.get("parents", file.parents)
        folders = [folder for parent in parents if (folder := self.folder(parent))]
        shared = next((folder for folder in folders if is_shared(folder)), None)
        if any(folder.role(self.email) not in WRITES for folder in folders):
            raise DriveError(
                403, "insufficientFilePermissions", "The user does not have sufficient permissions for this file."
            )
        if not self.owns_files and not shared:
            raise no_storage()
        file.parents, file.properties, file.by_app = parents, self.body.get("properties", {}), True
        file.editor = self.email
        if shared:
            file.folder, file.permissions = shared, []


def is_shared(folder: Folder) -> bool:
    """Return whether it is of a shared drive: those of a person's own are known by an id of another kind."""
    return folder.drive is not None or folder.id.startswith("0A")


def not_found(file_id: str) -> DriveError:
    return DriveError(404, "notFound", f"File not found: {file_id}.", "fileId")


@dataclass(frozen=True, slots=True)
class Content:
    """An answer that is not JSON."""

    data: bytes
    kind: str


Answer = Json | Content | None
Function = Callable[[DriveCall], Answer]
ROUTES: list[tuple[str, re.Pattern[str], str, Function]] = []


def route(verb: str, path: str, response: str = "") -> Callable[[Function], Function]:
    pattern = re.compile(re.sub(r"\{\w+\}", "([^/]+)", path) + r"\Z")

    def register(function: Function) -> Function:
        ROUTES.append((verb, pattern, response, function))
        return function

    return register


def answer(world: World, bearer: Bearer, verb: str, path: str, query: str, raw: bytes) -> tuple[Answer, str]:
    """Return the answer to a call to Drive and the name of its type, empty when it is not of Drive's v3."""
    if not bearer.scopes & (DRIVE_SCOPES | ({READ_SCOPE} if verb == "GET" else set())):
        raise insufficient_scopes()
    for known, pattern, response, function in ROUTES:
        match = pattern.match(path)
        if match and known == verb:
            parameters = dict(parse_qsl(query, keep_blank_values=True))
            app_only = not bearer.scopes & {"drive", READ_SCOPE}
            call = DriveCall(world, bearer.email, match.groups(), parameters, raw, bearer.owns_files, app_only)
            made = function(call)
            if not response or not isinstance(made, dict):
                return made, ""
            default = DEFAULT_FIELDS.get(response, "*")
            mask = response_mask(parameters.get("fields") or default, response, "drive.v3")
            return project(mask, made), response
    raise unimplemented(f"the call {verb} {path}")


DEFAULT_FIELDS = {
    "File": "kind,id,name,mimeType",
    "FileList": "kind,nextPageToken,incompleteSearch,files(kind,id,name,mimeType)",
    "Permission": "kind,id,type,role",
    "PermissionList": "kind,nextPageToken,permissions(kind,id,type,role)",
}
FILES = "/drive/v3/files"
FOLDER_TYPE = "application/vnd.google-apps.folder"
DRIVE_SCOPES = {"drive", "drive.file"}
READ_SCOPE = "drive.readonly"


def shown(world: World, file: File, email: str) -> Json:
    """Return a file with all that this server knows of it."""
    may_write = file.role(email) in WRITES
    known = {
        "kind": "drive#file",
        "id": file.id,
        "name": world.books[file.id].title,
        "mimeType": SHEET_TYPE,
        "parents": file.parents,
        "createdTime": file.created,
        "modifiedTime": file.modified,
        "version": str(file.version),
        "trashed": False,
        "lastModifyingUser": {"kind": "drive#user", "emailAddress": file.editor, "me": file.editor == email},
        "shared": bool(file.folder) or len(file.permissions) > 1,
        "ownedByMe": False,
        "permissionIds": [item["id"] for item in file.permissions],
        "capabilities": {"canEdit": may_write, "canCopy": True, "canShare": may_write},
        "webViewLink": f"https://docs.google.com/spreadsheets/d/{file.id}/edit?usp=drivesdk",
        **({"properties": file.properties} if file.properties else {}),
    }
    if file.folder:
        return {**known, "driveId": drive_id(file.folder)}
    owner = next(item for item in file.permissions if item["role"] == "owner")
    person = {"kind": "drive#user", "displayName": owner["emailAddress"], "emailAddress": owner["emailAddress"],
              "permissionId": owner["id"], "me": owner["emailAddress"] == email}  # fmt: skip
    return {**known, "owners": [person], "ownedByMe": person["me"], "permissions": file.permissions}


def shown_folder(folder: Folder, email: str) -> Json:
    """Return a folder, or the root of a shared drive."""
    may_add = folder.role(email) in WRITES
    known = {"kind": "drive#file", "id": folder.id, "name": folder.name, "mimeType": FOLDER_TYPE, "trashed": False,
             "capabilities": {"canAddChildren": may_add, "canShare": may_add}}  # fmt: skip
    return {**known, "driveId": drive_id(folder)} if is_shared(folder) else known


def shown_upload(upload: Upload) -> Json:
    """Return a file that a person put in a folder."""
    known = {"kind": "drive#file", "id": upload.id, "name": upload.name, "mimeType": upload.kind, "trashed": False,
             "parents": [upload.folder.id], "modifiedTime": upload.modified}  # fmt: skip
    return {**known, "driveId": drive_id(upload.folder)} if is_shared(upload.folder) else known


def drive_id(folder: Folder) -> str:
    return folder.drive.id if folder.drive else folder.id


@route("GET", "/drive/v3/about", "About")
def about(call: DriveCall) -> Answer:
    user = {"kind": "drive#user", "displayName": call.email, "me": True, "emailAddress": call.email}
    return {"kind": "drive#about", "user": user}


@route("GET", FILES, "FileList")
def list_files(call: DriveCall) -> Answer:
    wanted = drive_search.tests(call.query.get("q", ""))
    there = [file for file in call.world.files.values() if file.id in call.world.books]
    seen = [file for file in there if file.role(call.email) and (file.by_app or not call.app_only)]
    everywhere = call.query.get("includeItemsFromAllDrives", "").lower() == "true" and call.knows_drives
    mine = [shown(call.world, file, call.email) for file in seen if everywhere or not file.folder]
    dropped = [one for one in call.world.uploads.values() if call.sees(one.folder)]
    mine += [shown_upload(one) for one in dropped if everywhere or not is_shared(one.folder)]
    found = [file for file in mine if all(test(file) for test in wanted)]
    found.sort(key=lambda file: str(file["modifiedTime"]), reverse=True)
    return paged(call, {"kind": "drive#fileList", "incompleteSearch": False}, "files", found)


def paged(call: DriveCall, rest: Json, name: str, found: list[Json]) -> Json:
    """Return the page of a list that was asked for, and the token of the next one."""
    start, size = int(call.query.get("pageToken", "0")), int(call.query.get("pageSize", "100"))
    more = {"nextPageToken": str(start + size)} if start + size < len(found) else {}
    return {**rest, **more, name: found[start : start + size]}


@route("POST", FILES, "File")
def create_file(call: DriveCall) -> Answer:
    body = call.body
    if body.get("mimeType") != SHEET_TYPE:
        raise unimplemented(f"Drive files of type {body.get('mimeType')}")
    file = File("", [])
    call.place(file)
    book = call.world.create(body.get("name", "Untitled"), call.email)
    made = call.world.files[book.id]
    call.place(made)
    return shown(call.world, made, call.email)


@route("GET", FILES + "/{id}", "File")
def get_file(call: DriveCall) -> Answer:
    if upload := call.upload():
        media = call.query.get("alt") == "media"
        return Content(upload.data, upload.kind) if media else shown_upload(upload)
    folder = call.folder(call.ids[0])
    return shown_folder(folder, call.email) if folder else shown(call.world, call.file(), call.email)


@route("PATCH", FILES + "/{id}", "File")
def update_file(call: DriveCall) -> Answer:
    file, body = call.file(writing=True), call.body
    if body.keys() - {"name", "trashed"}:
        raise unimplemented(f"Drive files.update of {min(body.keys() - {'name', 'trashed'})}")
    if body.get("trashed"):  # who looks for it says `trashed = false`
        made = shown(call.world, file, call.email)
        del call.world.files[file.id], call.world.books[file.id]
        return {**made, "trashed": True}
    call.world.books[file.id].title = body.get("name", call.world.books[file.id].title)
    added, removed = call.query.get("addParents", ""), call.query.get("removeParents", "")
    kept = [parent for parent in file.parents if parent not in removed.split(",")]
    file.parents = kept + [parent for parent in added.split(",") if parent]
    call.world.touch(file.id)
    return shown(call.world, file, call.email)


@route("DELETE", FILES + "/{id}")
def delete_file(call: DriveCall) -> Answer:
    file = call.file()
    if file.role(call.email) != "owner":
        raise DriveError(
            403, "insufficientFilePermissions", "The user does not have sufficient permissions for this file."
        )
    del call.world.files[file.id], call.world.books[file.id]
    return None


@route("POST", FILES + "/{id}/copy", "File")
def copy_file(call: DriveCall) -> Answer:
    source = call.file()
    call.place(File("", []))
    book = call.world.books[source.id].copy()
    made = call.world.create(call.body.get("name") or f"Copy of {book.title}", call.email, book)
    file = call.world.files[made.id]
    call.place(file)
    return shown(call.world, file, call.email)


@route("GET", FILES + "/{id}/export")
def export(call: DriveCall) -> Answer:
    file, kind = call.file(), call.query.get("mimeType", "")
    return Content(exports.exported(call.world.books[file.id], kind), kind)


@route("GET", FILES + "/{id}/comments", "CommentList")
def list_comments(call: DriveCall) -> Answer:
    call.file()
    return {"kind": "drive#commentList", "comments": []}


@route("PUT", "/upload/drive/v2/files/{id}")
def import_csv(call: DriveCall) -> Answer:
    """Replace all of a spreadsheet by a CSV: a conversion, so that it has one tab, named after the file."""
    file = call.file(writing=True)
    book = exports.from_csv(call.world.books[file.id], call.raw.decode("utf-8-sig"))
    call.world.keep(book)
    return {"kind": "drive#file", "id": file.id, "title": book.title, "mimeType": SHEET_TYPE, "editable": True}
