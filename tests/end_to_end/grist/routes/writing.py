"""The routes by which something of a document is changed, or the document itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tests.end_to_end.grist.routes.acts import Kind
from tests.end_to_end.grist.routes.asking import Answer, Visitor
from tests.end_to_end.grist.routes.ground import Ground
from tests.end_to_end.grist.routes.people import OWNER, Person

Tried = Callable[[Visitor, Ground, Person], Iterator[Answer] | Sequence[Answer]]
_API: Final = "/api/docs/:docId"
_TABLE: Final = f"{_API}/tables/:tableId"
_DOSSIERS: Final = "Candidatures"


@dataclass(frozen=True)
class Way:
    """A route of Grist by which something could be changed, what that is, and the trying.

    `refused`: Grist must say no; else what it says does not matter, as long as the document stays as it is.
    """

    of: str
    kind: Kind
    ask: Tried
    how: str = ""
    refused: bool = True

    @property
    def name(self) -> str:
        return f"{self.of} ({self.how})" if self.how else self.of


@dataclass(frozen=True)
class _Row:
    """The cells of a decision, by the ids of their columns, and the row that they would go to."""

    table: str
    row: int
    decided: dict[str, Any]
    here: dict[str, Any]

    @property
    def many(self) -> dict[str, list[Any]]:
        return {column: [value] for column, value in self.decided.items()}


def _row(ground: Ground) -> _Row:
    here = {"N° de dossier": ground.value(_DOSSIERS, "N° de dossier", 3)}
    decided = ground.cells(_DOSSIERS, {"Décision": "Lauréat"})
    return _Row(ground.id(_DOSSIERS), ground.row(_DOSSIERS, 3), decided, ground.cells(_DOSSIERS, here))


def _of_rows(method: str, path: str, body: Callable[[_Row], Any]) -> Tried:
    """The same route for a decision: its path in the table, what is sent."""

    def ask(me: Visitor, ground: Ground, _: Person) -> Sequence[Answer]:
        row = _row(ground)
        return [me.ask(method, f"tables/{row.table}/{path}", body(row))]

    return ask


def _of_columns(method: str, path: str, body: Any = None) -> Tried:
    def ask(me: Visitor, ground: Ground, _: Person) -> Iterator[Answer]:
        for table, column in ((_DOSSIERS, "Décision"), ("Envois", "État")):
            ident = ground.column(table, column)
            text = json.dumps(body).replace("COLUMN", ident)
            yield me.ask(method, f"tables/{ground.id(table)}/{path.format(ident)}", json.loads(text))

    return ask


def _plain(method: str, path: str, body: Any = None) -> Tried:
    return lambda me, ground, _: [me.ask(method, ground.path(path), body)]


def _called(method: str, *arguments: Any) -> Tried:
    return lambda me, *_: [me.call(method, *arguments)]


def _applied(me: Visitor, ground: Ground, _: Person) -> Iterator[Answer]:
    """A decision as the page of a table sends it, alone and in a page that is about to be a fork."""
    row = _row(ground)
    actions = [["UpdateRecord", row.table, row.row, row.decided]]
    yield me.call("applyUserActions", actions)
    me.call("startBundleUserActions")
    yield me.call("applyUserActions", actions, {"desc": "x", "linkId": 1, "bestEffort": True})
    me.call("stopBundleUserActions")
    if not me.open(openMode="fork").is_refusal:
        yield me.call("applyUserActions", actions)
    if not me.open(linkParameters={"aclAsUser": OWNER.address}).is_refusal:
        yield me.call("applyUserActions", actions)


def _by_id(count: int, *, undo: bool) -> Tried:
    """The robot's last changes, taken back or done again by their numbers: a decision first."""

    def ask(me: Visitor, ground: Ground, _: Person) -> Iterator[Answer]:
        said = me.get("states")
        states = [] if said.is_refusal else [one for one in said.json["states"] if one["n"] <= ground.robots][:count]
        for state in states:
            yield me.call("applyUserActionsById", [state["n"]], [state["h"]], undo)
        yield me.call("applyUserActionsById", [one["n"] for one in states], [one["h"] for one in states], undo)

    return ask


def _with_a_token(me: Visitor, ground: Ground, _: Person) -> Iterator[Answer]:
    given = me.call("getAccessToken", {"readOnly": False})
    if not given.is_refusal:
        row = _row(ground)
        records = [{"id": row.row, "fields": row.decided}]
        path = f"tables/{row.table}/records?auth={given.json['data']['token']}"
        yield Visitor(me.url, "", me.document).ask("PATCH", path, {"records": records})


def _imported(me: Visitor, ground: Ground, _: Person) -> Iterator[Answer]:
    """A file put into the dossiers, and as a table."""
    sent = me.post("uploads", files={"upload": ("x.csv", b"N de dossier,Decision\n1,Laureat\n", "text/csv")})
    if sent.is_refusal:
        return
    upload = sent.json["uploadId"] if isinstance(sent.json, dict) else sent.json
    for into in (None, ground.id(_DOSSIERS)):
        source = {"uploadId": upload, "transforms": [{"": {"destTableId": into, "destCols": [], "sourceCols": []}}]}
        yield me.call("importFiles", source, {}, [])
        yield me.call("finishImportFiles", source, [], {"mergeOptionMaps": [], "parseOptions": {}})
        yield me.call("cancelImportFiles", upload, [ground.id(_DOSSIERS)])


def _replaced(me: Visitor, _: Ground, __: Person) -> Iterator[Answer]:
    """The document by another of theirs, and by an old state of itself."""
    made = me.post("/api/docs", {})
    if not made.is_refusal:
        yield me.post("replace", {"sourceDocId": made.json})
        me.throw_away(str(made.json))
    yield me.post("replace", {"snapshotId": "x"})


def _hook(me: Visitor, ground: Ground, _: Person) -> Iterator[Answer]:
    fields = {"url": "https://example.net/", "eventTypes": ["add"], "tableId": ground.id("Évaluations")}
    yield me.post("webhooks", {"webhooks": [{"fields": {**fields, "enabled": True}}]})
    for what in ("_subscribe", "_unsubscribe"):
        yield me.post(f"tables/{ground.id('Évaluations')}/{what}", {**fields, "webhookId": "x", "unsubscribeKey": "x"})


WRITING: Final = (
    Way(f"POST {_TABLE}/data", Kind.DECISIONS, _of_rows("POST", "data", lambda row: row.many)),
    Way(f"PATCH {_TABLE}/data", Kind.DECISIONS, _of_rows("PATCH", "data", lambda row: {"id": [row.row], **row.many})),
    Way(f"POST {_TABLE}/data/delete", Kind.DECISIONS, _of_rows("POST", "data/delete", lambda row: [row.row])),
    Way(
        f"POST {_TABLE}/records",
        Kind.DECISIONS,
        _of_rows("POST", "records", lambda row: {"records": [{"fields": row.decided}]}),
    ),
    Way(
        f"POST {_TABLE}/records",
        Kind.DECISIONS,
        _of_rows("POST", "records?flat=1&utm_source=grist-forms", lambda row: [row.decided]),
        "as a form",
    ),
    Way(
        f"PATCH {_TABLE}/records",
        Kind.DECISIONS,
        _of_rows("PATCH", "records", lambda row: {"records": [{"id": row.row, "fields": row.decided}]}),
    ),
    Way(
        f"PUT {_TABLE}/records",
        Kind.DECISIONS,
        _of_rows("PUT", "records", lambda row: {"records": [{"require": row.here, "fields": row.decided}]}),
    ),
    Way(
        f"PUT {_TABLE}/records",
        Kind.DECISIONS,
        _of_rows(
            "PUT",
            "records?allow_empty_require=1&onmany=all",
            lambda row: {"records": [{"require": {}, "fields": row.decided}]},
        ),
        "all of them",
    ),
    Way(f"POST {_TABLE}/records/delete", Kind.DECISIONS, _of_rows("POST", "records/delete", lambda row: [row.row])),
    Way("applyUserActions", Kind.DECISIONS, _applied),
    Way("applyUserActionsById", Kind.DECISIONS, _by_id(1, undo=True), "undo", refused=False),
    Way("applyUserActionsById", Kind.DECISIONS, _by_id(1, undo=False), "redo", refused=False),
    Way("applyUserActionsById", Kind.PEOPLE, _by_id(5, undo=True), "undo of several", refused=False),
    Way("applyUserActionsById", Kind.PEOPLE, _by_id(5, undo=False), "redo of several", refused=False),
    Way("getAccessToken", Kind.DECISIONS, _with_a_token),
    Way("importFiles", Kind.STRUCTURE, _imported),
    Way(
        f"POST {_TABLE}/columns",
        Kind.STRUCTURE,
        _of_columns("POST", "columns", {"columns": [{"id": "fuite", "fields": {"formula": "1", "isFormula": True}}]}),
    ),
    Way(
        f"PATCH {_TABLE}/columns",
        Kind.STRUCTURE,
        _of_columns("PATCH", "columns", {"columns": [{"id": "COLUMN", "fields": {"formula": "1", "isFormula": True}}]}),
    ),
    Way(
        f"PUT {_TABLE}/columns",
        Kind.STRUCTURE,
        _of_columns("PUT", "columns?replaceall=1", {"columns": [{"id": "COLUMN", "fields": {"label": "x"}}]}),
    ),
    Way(f"DELETE {_TABLE}/columns/:colId", Kind.STRUCTURE, _of_columns("DELETE", "columns/{}")),
    Way(
        f"POST {_API}/tables",
        Kind.STRUCTURE,
        _plain("POST", "tables", {"tables": [{"id": "Fuite", "columns": [{"id": "A", "fields": {"label": "A"}}]}]}),
    ),
    Way(
        f"PATCH {_API}/tables",
        Kind.STRUCTURE,
        _plain("PATCH", "tables", {"tables": [{"id": "Envois", "fields": {"tableId": "X"}}]}),
    ),
    Way(f"POST {_API}/webhooks", Kind.STRUCTURE, _hook),
    Way(f"PATCH {_API}/webhooks/:webhookId", Kind.STRUCTURE, _plain("PATCH", "webhooks/x", {"enabled": False})),
    Way(f"DELETE {_API}/webhooks/:webhookId", Kind.STRUCTURE, _plain("DELETE", "webhooks/x")),
    Way(f"DELETE {_API}/webhooks/queue", Kind.STRUCTURE, _plain("DELETE", "webhooks/queue")),
    Way(f"DELETE {_API}/webhooks/queue/:webhookId", Kind.STRUCTURE, _plain("DELETE", "webhooks/queue/x")),
    Way(f"PATCH {_API}/triggers", Kind.STRUCTURE, _plain("PATCH", "triggers", {"triggers": []})),
    Way(f"POST {_API}/triggers/delete", Kind.STRUCTURE, _plain("POST", "triggers/delete", {"triggerIds": [1]})),
    Way(f"POST {_API}/triggers", Kind.STRUCTURE, _plain("POST", "triggers", {"triggers": []})),
    Way(f"POST {_API}/states/remove", Kind.STRUCTURE, _plain("POST", "states/remove", {"keep": 1})),
    Way(f"POST {_API}/snapshots/remove", Kind.STRUCTURE, _plain("POST", "snapshots/remove", {"select": "past"})),
    Way(f"POST {_API}/recover", Kind.STRUCTURE, _plain("POST", "recover", {"recoveryMode": True})),
    Way(f"POST {_API}/replace", Kind.STRUCTURE, _replaced),
    Way(f"POST {_API}/attachments/archive", Kind.STRUCTURE, _plain("POST", "attachments/archive")),
    Way(f"POST {_API}/attachments/removeUnused", Kind.STRUCTURE, _plain("POST", "attachments/removeUnused")),
    Way(f"POST {_API}/attachments/store", Kind.STRUCTURE, _plain("POST", "attachments/store", {"type": "internal"})),
    Way(f"POST {_API}/attachments/transferAll", Kind.STRUCTURE, _plain("POST", "attachments/transferAll")),
    Way(f"POST {_API}/attachments/verifyFiles", Kind.STRUCTURE, _plain("POST", "attachments/verifyFiles")),
    Way(f"POST {_API}/timing/start", Kind.STRUCTURE, _plain("POST", "timing/start")),
    Way(f"POST {_API}/timing/stop", Kind.STRUCTURE, _plain("POST", "timing/stop")),
    Way(f"POST {_API}/create-fork", Kind.STRUCTURE, _plain("POST", "create-fork", {"srcDocId": "x"})),
    Way(f"POST {_API}/propose", Kind.STRUCTURE, _plain("POST", "propose", {})),
    Way(f"POST {_API}/proposals/:proposalId/apply", Kind.STRUCTURE, _plain("POST", "proposals/1/apply", {})),
    Way(f"POST {_API}/disable", Kind.STRUCTURE, _plain("POST", "disable")),
    Way("applyProposal", Kind.STRUCTURE, _called("applyProposal", 1)),
    Way("startTiming", Kind.STRUCTURE, _called("startTiming")),
    Way("stopTiming", Kind.STRUCTURE, _called("stopTiming")),
    Way("getShare", Kind.STRUCTURE, _called("getShare", "x")),
    Way("getAssistantState", Kind.STRUCTURE, _called("getAssistantState", "x")),
    Way("fetchURL", Kind.STRUCTURE, _called("fetchURL", "http://127.0.0.1/")),
    Way("forwardPluginRpc", Kind.STRUCTURE, _called("forwardPluginRpc", "x", {})),
    Way(
        "PATCH /api/docs/:did/access",
        Kind.STRUCTURE,
        _plain("PATCH", "access", {"delta": {"users": {"complice@example.net": "owners"}}}),
    ),
    Way("PATCH /api/docs/:did", Kind.STRUCTURE, _plain("PATCH", "", {"name": "Autre"})),
    Way("PATCH /api/docs/:did/move", Kind.STRUCTURE, _plain("PATCH", "move", {"workspace": 999})),
    Way("PATCH /api/docs/:did/pin", Kind.STRUCTURE, _plain("PATCH", "pin")),
    Way("PATCH /api/docs/:did/unpin", Kind.STRUCTURE, _plain("PATCH", "unpin")),
    Way("POST /api/docs/:did/unremove", Kind.STRUCTURE, _plain("POST", "unremove")),
    Way("PATCH /api/workspaces/:wid", Kind.STRUCTURE, _plain("PATCH", "/api/workspaces/{workspace}", {"name": "X"})),
    Way(
        "PATCH /api/workspaces/:wid/access",
        Kind.STRUCTURE,
        _plain("PATCH", "/api/workspaces/{workspace}/access", {"delta": {"users": {"complice@example.net": "owners"}}}),
    ),
    Way("POST /api/workspaces/:wid/remove", Kind.STRUCTURE, _plain("POST", "/api/workspaces/{workspace}/remove")),
    Way("DELETE /api/workspaces/:wid", Kind.STRUCTURE, _plain("DELETE", "/api/workspaces/{workspace}")),
    Way(f"POST {_API}/remove", Kind.STRUCTURE, _plain("POST", "remove")),
    Way(f"DELETE {_API}", Kind.STRUCTURE, _plain("DELETE", "")),
)
