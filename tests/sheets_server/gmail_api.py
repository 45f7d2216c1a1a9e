"""The drafts of Gmail: what creates, finds and reads them, as the discovery document of gmail.v1 says.

Different from Google's: of the search box only `rfc822msgid:` is known. `Mailboxes` has what Google may do: find what
is new after a while, leave out an operator that it does not understand, write a Message-ID of its own.
"""

from __future__ import annotations

import base64
import json
import re
import secrets
from collections import defaultdict
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any
from urllib.parse import parse_qsl

from tests.sheets_server import auth, schema
from tests.sheets_server.errors import ApiError, unimplemented
from tests.sheets_server.model import Json

API = "gmail.v1"
PREFIX = "/gmail/"
FORMATS = ("minimal", "raw", "metadata")
NO_RAW = "'raw' RFC822 payload message string or uploading message via /upload/* URL required"


class GmailError(ApiError):
    """A refusal of the Gmail API, which words errors in its own way."""

    def __init__(self, code: int, reason: str, message: str, status: str = "") -> None:
        super().__init__(code, message)
        self.reason, self.status = reason, status

    def body(self) -> dict[str, Any]:
        made = super().body()
        made["error"]["errors"] = [{"message": self.message, "domain": "global", "reason": self.reason}]
        if self.status:
            made["error"]["status"] = self.status
        return made


@dataclass(frozen=True, slots=True)
class Draft:
    id: str
    message_id: str
    data: bytes

    def shown(self, form: str = "minimal") -> Json:
        message = {"id": self.message_id, "threadId": self.message_id}
        if form == "raw":
            message |= {"labelIds": ["DRAFT"], "raw": base64.urlsafe_b64encode(self.data).decode()}
        if form == "metadata":
            headers = [{"name": name, "value": str(value)} for name, value in message_from_bytes(self.data).items()]
            message |= {"labelIds": ["DRAFT"], "payload": {"headers": headers}}
        return {"id": self.id, "message": message}


@dataclass(slots=True)
class Mailboxes:
    """The drafts of each person; `closed` are those without Gmail.

    `searching`: how a search answers: "exactly", "late" (nothing that is new) or "anything" (as if it had not
    understood). `renaming`: whether drafts get a Message-ID of Google's own.
    """

    drafts: dict[str, list[Draft]] = field(default_factory=lambda: defaultdict(list))
    closed: set[str] = field(default_factory=set)
    searching: str = "exactly"
    renaming: bool = False


def answer(
    mailboxes: Mailboxes, bearer: auth.Bearer, verb: str, path: str, query: str, body: bytes
) -> tuple[Json, str]:
    """Return the answer to a call to Gmail, and the name of its type."""
    name, parameters = _method(verb, path)
    method = _methods()[name]
    _check_scopes(method, bearer)
    options = _options(method, query)
    person = bearer.email if parameters["userId"] == "me" else parameters["userId"]
    _check_mailbox(mailboxes, bearer, person)
    drafts = mailboxes.drafts[person]
    if name == "create":
        return _create(drafts, _request(method, body), renaming=mailboxes.renaming), "Draft"
    if name == "list":
        return _list(drafts, options, mailboxes.searching), "ListDraftsResponse"
    return _get(drafts, parameters["id"], options), "Draft"


def _methods() -> dict[str, Any]:
    known = schema.document(API)["resources"]["users"]["resources"]["drafts"]["methods"]
    return {name: known[name] for name in ("create", "list", "get")}


def _method(verb: str, path: str) -> tuple[str, dict[str, str]]:
    for name, method in _methods().items():
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", method["flatPath"])
        found = re.fullmatch(f"/{pattern}", path)
        if found and method["httpMethod"] == verb:
            return name, found.groupdict()
    raise unimplemented(f"the call {verb} {path}")


def _check_scopes(method: Json, bearer: auth.Bearer) -> None:
    wanted = {scope.rstrip("/").rpartition("/")[2] for scope in method["scopes"]}
    if not wanted & bearer.scopes:
        message = "Request had insufficient authentication scopes."
        raise GmailError(403, "insufficientPermissions", message, "PERMISSION_DENIED")


def _options(method: Json, query: str) -> dict[str, str]:
    options = dict(parse_qsl(query, keep_blank_values=True))
    known = {name for name, parameter in method["parameters"].items() if parameter["location"] == "query"}
    unknown = sorted(options.keys() - known - schema.document(API)["parameters"].keys())
    if unknown:
        raise GmailError(400, "badRequest", f'Invalid JSON payload received. Unknown name "{unknown[0]}"')
    return options


def _check_mailbox(mailboxes: Mailboxes, bearer: auth.Bearer, person: str) -> None:
    if bearer.email == auth.EMAIL:  # a service account in its own name
        raise GmailError(400, "failedPrecondition", "Precondition check failed.", "FAILED_PRECONDITION")
    if person in mailboxes.closed:
        raise GmailError(400, "failedPrecondition", "Mail service not enabled", "FAILED_PRECONDITION")
    if person != bearer.email:
        raise GmailError(403, "forbidden", f"Delegation denied for {bearer.email}", "PERMISSION_DENIED")


def _request(method: Json, body: bytes) -> Json:
    try:
        read: Json = json.loads(body)
    except ValueError:
        raise GmailError(400, "parseError", "Parse Error") from None
    wrong = schema.problems(method["request"]["$ref"], read, API)
    if wrong:
        raise GmailError(400, "badRequest", f"Invalid JSON payload received. {wrong[0]}")
    return read


def _create(drafts: list[Draft], body: Json, *, renaming: bool) -> Json:
    raw = body.get("message", {}).get("raw", "")
    if not raw:
        raise GmailError(400, "invalidArgument", NO_RAW)
    try:
        data = base64.b64decode(raw + "=" * (-len(raw) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raise GmailError(400, "invalidArgument", "Invalid value for ByteString") from None
    if renaming:
        data = re.sub(
            rb"(?im)^Message-ID: .*$", b"Message-ID: <CA%b@mail.gmail.com>\r" % secrets.token_hex(8).encode(), data
        )
    drafts.append(Draft(f"r{secrets.randbelow(10**18)}", secrets.token_hex(8), data))
    made = drafts[-1].shown()
    made["message"]["labelIds"] = ["DRAFT"]
    return made


def _list(drafts: list[Draft], options: dict[str, str], searching: str) -> Json:
    wanted = options.get("q", "")
    if wanted and not wanted.startswith("rfc822msgid:"):
        raise unimplemented(f"the search {wanted}")
    found = drafts if not wanted or searching == "anything" else [] if searching == "late" else _of(drafts, wanted)
    most = int(options.get("maxResults", 100))
    answer: Json = {"resultSizeEstimate": len(found)}
    if found:
        answer["drafts"] = [one.shown() for one in found[:most]]
    if found[most:]:
        answer["nextPageToken"] = secrets.token_hex(10)
    return answer


def _of(drafts: list[Draft], wanted: str) -> list[Draft]:
    name = wanted.removeprefix("rfc822msgid:").strip("<>")
    return [one for one in drafts if message_from_bytes(one.data)["Message-ID"] == f"<{name}>"]


def _get(drafts: list[Draft], wanted: str, options: dict[str, str]) -> Json:
    form = options.get("format", "full")
    if form not in FORMATS:
        raise unimplemented(f"the format {form}")
    for one in drafts:
        if one.id == wanted:
            return one.shown(form)
    raise GmailError(404, "notFound", "Requested entity was not found.")
