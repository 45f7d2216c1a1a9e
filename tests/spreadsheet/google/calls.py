"""A read and a write, fault injection, and their results."""

import json
from pathlib import Path

import pytest

from eig_sheets.spreadsheet.google.client import connect
from eig_sheets.spreadsheet.model.base import WorkbookError
from tests.spreadsheet.google.conftest import AT_ONCE, environment_of

FAILURES = (500, 502, 503, 504, "html_502", "drop_before_apply", "drop_after_apply")
REFUSALS = (400, 403, 404)
NOT_READ = " : le classeur n’a pas pu être lu. Relancez la commande plus tard."
NOT_WRITTEN = " : rien n’a été écrit. Relancez la commande plus tard."


def fault(kind):
    return {"kind": "status", "status": kind} if isinstance(kind, int) else {"kind": kind}


def inject_faults(server, *kinds):
    """Inject faults in the next calls; None: no fault."""
    steps = [{"on_call": call, "fault": fault(kind)} for call, kind in enumerate(kinds, 1) if kind is not None]
    server.script.post(steps)


def call_count(server):
    return len(server.script.calls)


def read(client, server):
    return client.read("GET", server.spreadsheet_id, {"fields": "sheets.properties.title"}).json


def write(client, server, title="Nouveau"):
    body = {"requests": [{"addSheet": {"properties": {"title": title}}}]}
    return client.write(f"{server.spreadsheet_id}:batchUpdate", body)


def tab_titles(server):
    return [sheet.title for sheet in server.world.books[server.spreadsheet_id].sheets]


def error_text(kind, act, *given):
    """The text of the exception of exactly this class, without a chained one: its request would hold a token."""
    with pytest.raises(WorkbookError) as refused:
        act(*given)
    assert type(refused.value) is kind
    assert refused.value.__context__ is None
    return str(refused.value)


def changed_key(google, tmp_path, **changes):
    """A client with a modified key of the robot."""
    path = tmp_path / "clé.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps(json.loads(Path(google.service_account).read_text(encoding="utf-8")) | changes))
    return connect(environment_of(google) | {"GOOGLE_APPLICATION_CREDENTIALS": str(path)}, AT_ONCE)
