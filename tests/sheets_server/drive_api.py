"""The calls to Drive that gspread makes: files, permissions, exports, imports of CSV."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from tests.sheets_server import exports
from tests.sheets_server.auth import Bearer
from tests.sheets_server.errors import DriveError, no_storage, unimplemented
from tests.sheets_server.masks import project, response_mask
from tests.sheets_server.model import Json
from tests.sheets_server.world import SHEET_TYPE, File, World, permission


@dataclass(slots=True)
class DriveCall:
    """One call to Drive."""

    world: World
    email: str
    ids: tuple[str, ...]
    query: dict[str, str]
    raw: bytes
    owns_files: bool = True

    @property
    def body(self) -> Json:
        read: Json = json.loads(self.raw) if self.raw else {}
        return {key: value for key, value in read.items() if value is not None}

    def require_storage(self) -> None:
        """Refuse a file that a service account would own: only one in a shared drive is that drive's."""
        shared = self.query.get("supportsAllDrives", "").lower() == "true"
        parents = self.body.get("parents", [])
        if not self.owns_files and not (shared and any(parent in self.world.shared_drives for parent in parents)):
            raise no_storage()


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
    for known, pattern, response, function in ROUTES:
        match = pattern.match(path)
        if match and known == verb:
            parameters = dict(parse_qsl(query, keep_blank_values=True))
            made = function(DriveCall(world, bearer.email, match.groups(), parameters, raw, bearer.owns_files))
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


def shown(world: World, file: File, email: str) -> Json:
    """Return a file with all that this server knows of it."""
    owner = next(item for item in file.permissions if item["role"] == "owner")
    person = {"kind": "drive#user", "displayName": owner["emailAddress"], "emailAddress": owner["emailAddress"],
              "permissionId": owner["id"], "me": owner["emailAddress"] == email}  # fmt: skip
    may_write = file.role(email) in ("owner", "writer")
    return {
        "kind": "drive#file",
        "id": file.id,
        "name": world.books[file.id].title,
        "mimeType": SHEET_TYPE,
        "parents": file.parents,
        "createdTime": file.created,
        "modifiedTime": file.modified,
        "version": str(file.version),
        "trashed": False,
        "shared": len(file.permissions) > 1,
        "owners": [person],
        "ownedByMe": person["me"],
        "permissions": file.permissions,
        "permissionIds": [item["id"] for item in file.permissions],
        "capabilities": {"canEdit": may_write, "canCopy": True, "canShare": may_write},
        "webViewLink": f"https://docs.google.com/spreadsheets/d/{file.id}/edit?usp=drivesdk",
    }


@route("GET", FILES, "FileList")
def list_files(call: DriveCall) -> Answer:
    tests = [_condition(text) for text in _conditions(call.query.get("q", ""))]
    mine = [shown(call.world, file, call.email) for file in call.world.files.values() if file.role(call.email)]
    found = [file for file in mine if all(test(file) for test in tests)]
    found.sort(key=lambda file: str(file["modifiedTime"]), reverse=True)
    return {"kind": "drive#fileList", "incompleteSearch": False, "files": found}


QUOTED = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
CONDITION = re.compile(rf"\s*\(*\s*((?:{QUOTED}|[^\s()]+)\s*(?:=|!=|contains|in)\s*(?:{QUOTED}|[^\s()]+))\s*\)*\s*")


def _conditions(text: str) -> list[str]:
    """Return the conditions of a search, which are joined by `and`."""
    found, at = [], 0
    while at < len(text):
        match = CONDITION.match(text, at)
        if match is None:
            raise unimplemented(f"the Drive search {text}")
        found.append(match[1])
        joint = re.compile(r"and\b").match(text, match.end())
        if joint is None and match.end() < len(text):
            raise unimplemented(f"the Drive search {text}")
        at = joint.end() if joint else match.end()
    return found


def _condition(text: str) -> Callable[[Json], bool]:
    """Return the test of one condition, such as `name = "x"`, `'id' in parents` or `parents in "id"`."""
    left, sign, right = re.fullmatch(rf"({QUOTED}|\w+)\s*(=|!=|contains|in)\s*(.+)", text, re.DOTALL).groups()  # type: ignore[union-attr]
    if sign == "in" and "parents" in (left, right):
        wanted = _unquoted(right if left == "parents" else left)
        return lambda file: wanted in file["parents"]
    if left not in ("name", "mimeType", "trashed") or sign == "in":
        raise unimplemented(f"the Drive search {text}")
    value: Any = right == "true" if right in ("true", "false") else _unquoted(right)
    if sign == "contains":
        return lambda file: value.lower() in str(file[left]).lower()
    return lambda file: (file[left] == value) is (sign == "=")


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1])


@route("POST", FILES, "File")
def create_file(call: DriveCall) -> Answer:
    body = call.body
    if body.get("mimeType") != SHEET_TYPE:
        raise unimplemented(f"Drive files of type {body.get('mimeType')}")
    call.require_storage()
    book = call.world.create(body.get("name", "Untitled"), call.email)
    file = call.world.files[book.id]
    file.parents = body.get("parents", file.parents)
    return shown(call.world, file, call.email)


@route("GET", FILES + "/{id}", "File")
def get_file(call: DriveCall) -> Answer:
    return shown(call.world, call.world.file(call.ids[0], call.email), call.email)


@route("PATCH", FILES + "/{id}", "File")
def update_file(call: DriveCall) -> Answer:
    file, body = call.world.file(call.ids[0], call.email, writing=True), call.body
    if body.keys() - {"name"}:
        raise unimplemented(f"Drive files.update of {min(body.keys() - {'name'})}")
    call.world.books[file.id].title = body.get("name", call.world.books[file.id].title)
    added, removed = call.query.get("addParents", ""), call.query.get("removeParents", "")
    kept = [parent for parent in file.parents if parent not in removed.split(",")]
    file.parents = kept + [parent for parent in added.split(",") if parent]
    call.world.touch(file.id)
    return shown(call.world, file, call.email)


@route("DELETE", FILES + "/{id}")
def delete_file(call: DriveCall) -> Answer:
    file = call.world.file(call.ids[0], call.email)
    if file.role(call.email) != "owner":
        raise DriveError(
            403, "insufficientFilePermissions", "The user does not have sufficient permissions for this file."
        )
    del call.world.files[file.id], call.world.books[file.id]
    return None


@route("POST", FILES + "/{id}/copy", "File")
def copy_file(call: DriveCall) -> Answer:
    source = call.world.file(call.ids[0], call.email)
    call.require_storage()
    book = call.world.books[source.id].copy()
    made = call.world.create(call.body.get("name") or f"Copy of {book.title}", call.email, book)
    file = call.world.files[made.id]
    file.parents = call.body.get("parents", file.parents)
    return shown(call.world, file, call.email)


@route("GET", FILES + "/{id}/export")
def export(call: DriveCall) -> Answer:
    file, kind = call.world.file(call.ids[0], call.email), call.query.get("mimeType", "")
    return Content(exports.exported(call.world.books[file.id], kind), kind)


@route("GET", FILES + "/{id}/comments", "CommentList")
def list_comments(call: DriveCall) -> Answer:
    call.world.file(call.ids[0], call.email)
    return {"kind": "drive#commentList", "comments": []}


@route("GET", FILES + "/{id}/permissions", "PermissionList")
def list_permissions(call: DriveCall) -> Answer:
    file = call.world.file(call.ids[0], call.email)
    return {"kind": "drive#permissionList", "permissions": file.permissions}


@route("POST", FILES + "/{id}/permissions", "Permission")
def create_permission(call: DriveCall) -> Answer:
    file, body = call.world.file(call.ids[0], call.email, writing=True), call.body
    kind, role, email = body.get("type", ""), body.get("role", ""), body.get("emailAddress")
    if not kind or not role:
        raise DriveError(400, "required", "The permission type and role fields are required.", "permission")
    if kind in ("user", "group") and not email:
        raise DriveError(400, "required", "The emailAddress field is required for this permission type.", "permission")
    item = permission(kind, role, email or body.get("domain"))
    file.permissions = [old for old in file.permissions if old.get("emailAddress") != email or email is None] + [item]
    return item


def _permission(file: File, item_id: str) -> Json:
    for item in file.permissions:
        if item["id"] == item_id:
            return item
    raise DriveError(404, "notFound", f"Permission not found: {item_id}.", "permissionId")


@route("PATCH", FILES + "/{id}/permissions/{permission}", "Permission")
def update_permission(call: DriveCall) -> Answer:
    file = call.world.file(call.ids[0], call.email, writing=True)
    item = _permission(file, call.ids[1])
    if call.body.get("role") == "owner":
        if call.query.get("transferOwnership", "").lower() != "true":
            raise DriveError(
                403, "forbidden", "The transferOwnership parameter must be enabled when the permission role is 'owner'."
            )
        for other in file.permissions:
            other["role"] = "writer" if other["role"] == "owner" else other["role"]
        call.world.books[file.id].owner = item["emailAddress"]
    item.update(call.body)
    if item["role"] == "owner":
        item.pop("pendingOwner", None)
    return item


@route("DELETE", FILES + "/{id}/permissions/{permission}")
def delete_permission(call: DriveCall) -> Answer:
    file = call.world.file(call.ids[0], call.email, writing=True)
    item = _permission(file, call.ids[1])
    if item["role"] == "owner":
        raise DriveError(403, "insufficientFilePermissions", "The owner of a file cannot be removed.")
    file.permissions.remove(item)
    return None


@route("PUT", "/upload/drive/v2/files/{id}")
def import_csv(call: DriveCall) -> Answer:
    """Replace all of a spreadsheet by a CSV: a conversion, so that it has one tab, named after the file."""
    file = call.world.file(call.ids[0], call.email, writing=True)
    book = exports.from_csv(call.world.books[file.id], call.raw.decode("utf-8-sig"))
    call.world.keep(book)
    return {"kind": "drive#file", "id": file.id, "title": book.title, "mimeType": SHEET_TYPE, "editable": True}
