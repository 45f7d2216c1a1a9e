"""A real Grist server, beside the repository or at EIG_SHEETS_TEST_GRIST; else tests say what they lack."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest
import requests

from tests.program import ROOT

PROGRAM = ROOT.parent / "shared" / "grist" / "serve.py"
ROBOT, OFFICER, JUROR = "robot@example.org", "responsable@example.org", "jure@example.org"
MISSING = (
    "Grist: no server. `docker run -p 8484:8484 gristlabs/grist`, then EIG_SHEETS_TEST_GRIST=http://localhost:8484 and "
    "EIG_SHEETS_TEST_GRIST_KEY; see docs/grist.md."
)


@dataclass(frozen=True)
class GristServer:
    """A server, the keys of people by address, the workspace where documents are made."""

    url: str
    keys: Mapping[str, str]
    workspace: int
    recycled: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, body: Any = None, *, who: str = ROBOT, method: str | None = None) -> Any:
        """What the API answers that person. Raises AssertionError on an error."""
        answer = requests.request(
            method or ("GET" if body is None else "POST"), f"{self.url}/api/{path}", json=body, timeout=120,
            headers={"Authorization": f"Bearer {self.keys[who]}"},
        )  # fmt: skip
        assert answer.status_code == 200, (answer.status_code, answer.text[:500])
        return answer.json()

    def download(self, document: str) -> bytes:
        """The document as a file, with its history."""
        headers = {"Authorization": f"Bearer {self.keys[ROBOT]}"}
        return requests.get(f"{self.url}/api/docs/{document}/download", headers=headers, timeout=120).content

    def blank_document(self) -> str:
        """The same document each time, blank again: a new one takes Grist a second."""
        if "document" not in self.recycled:
            self.recycled["document"] = self.new_document()
            return self.recycled["document"]
        document = self.recycled["document"]
        rules, resources = (
            self.ask(f"docs/{document}/sql?q=SELECT id FROM {table} WHERE {field} > 1")["records"]
            for table, field in (("_grist_ACLRules", "resource"), ("_grist_ACLResources", "id"))
        )
        self.apply(
            document,
            ["AddTable", "Table1", [{"id": letter, "isFormula": True} for letter in "ABC"]],
            *(["RemoveTable", table["id"]] for table in self.ask(f"docs/{document}/tables")["tables"]),
            *(["RemoveRecord", "_grist_ACLRules", rule["fields"]["id"]] for rule in rules),
            *(["RemoveRecord", "_grist_ACLResources", resource["fields"]["id"]] for resource in resources),
        )
        return document

    def new_document(self) -> str:
        """The id of a document as Grist makes it: one blank table."""
        return str(self.ask(f"workspaces/{self.workspace}/docs", {"name": "Campagne"}))

    def apply(self, document: str, *actions: list[Any], who: str = ROBOT) -> Any:
        """What people do in a document."""
        return self.ask(f"docs/{document}/apply", [*actions], who=who)


@contextmanager
def running() -> Iterator[GristServer]:
    """The server, for as long as it is asked for."""
    if url := os.environ.get("EIG_SHEETS_TEST_GRIST"):
        yield _found(url, os.environ.get("EIG_SHEETS_TEST_GRIST_KEY", ""))
        return
    if not PROGRAM.exists():
        pytest.skip(MISSING)
    command = [sys.executable, PROGRAM, "--user", OFFICER, "--user", JUROR]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            said = json.loads(server.stdout.readline())
            yield GristServer(said["url"], said["keys"], said["workspace"])
        finally:
            server.terminate()


def _found(url: str, key: str) -> GristServer:
    found = GristServer(url.rstrip("/"), {ROBOT: key}, 0)
    org = found.ask("orgs")[0]["id"]
    return GristServer(found.url, found.keys, found.ask(f"orgs/{org}/workspaces")[0]["id"])


@cache
def is_here() -> bool:
    """Whether there is a server to be had."""
    return PROGRAM.exists() or "EIG_SHEETS_TEST_GRIST" in os.environ
