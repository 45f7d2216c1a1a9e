"""Who may see a file or a folder of Drive's: permissions, those inherited from a shared drive among them."""

from __future__ import annotations

from collections.abc import Iterator

from tests.sheets_server.drive_api import FILES, Answer, DriveCall, paged, route
from tests.sheets_server.errors import DriveError
from tests.sheets_server.model import Json
from tests.sheets_server.world import File, permission

NO_ACCOUNT = (
    'Bad Request. User message: "You are trying to invite {}. Since there is no Google account associated with this '
    'email address, you must check the "Notify people" box to invite this recipient."'
)
CLOSED = 'Bad Request. User message: "Your organization does not allow items to be shared with {}."'


@route("GET", FILES + "/{id}/permissions", "PermissionList")
def list_permissions(call: DriveCall) -> Answer:
    folder = call.folder(call.ids[0])
    found = folder.everyone if folder else [*_shown(call.file())]
    return paged(call, {"kind": "drive#permissionList"}, "permissions", found)


def _shown(file: File) -> Iterator[Json]:
    """Yield the permissions of a file; in a shared drive, each says whether it is the drive's."""
    if file.folder is None:
        yield from file.permissions
        return
    direct = {item.get("emailAddress"): item for item in file.permissions}
    for item in file.folder.everyone:
        details = [{"permissionType": "member", "role": item["role"], "inherited": True}]
        yield {**item, "permissionDetails": details}
        direct.pop(item.get("emailAddress"), None)
    for item in direct.values():
        yield {**item, "permissionDetails": [{"permissionType": "file", "role": item["role"], "inherited": False}]}


@route("POST", FILES + "/{id}/permissions", "Permission")
def create_permission(call: DriveCall) -> Answer:
    file, body = call.file(writing=True), call.body
    kind, role, email = body.get("type", ""), body.get("role", ""), body.get("emailAddress")
    if not kind or not role:
        raise DriveError(400, "required", "The permission type and role fields are required.", "permission")
    if kind in ("user", "group") and not email:
        raise DriveError(400, "required", "The emailAddress field is required for this permission type.", "permission")
    told = call.query.get("sendNotificationEmail", "true").lower() == "true"
    if email in call.world.closed_to:
        raise DriveError(400, "invalidSharingRequest", CLOSED.format(email))
    if email in call.world.without_account and not told:
        raise DriveError(400, "invalidSharingRequest", NO_ACCOUNT.format(email))
    if told and email:
        call.world.notified.append((file.id, email))
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
    file = call.file(writing=True)
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
    file = call.file(writing=True)
    item = _permission(file, call.ids[1])
    if item["role"] == "owner":
        raise DriveError(403, "insufficientFilePermissions", "The owner of a file cannot be removed.")
    file.permissions.remove(item)
    return None
