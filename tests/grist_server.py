"""A real Grist server: EIG_SHEETS_TEST_GRIST or a file of the machine says where; else tests say what they lack.

The variable, or `grist` in `eig-sheets/grist-for-tests.toml` of a configuration folder (XDG), is the URL of a running
server, or a folder in which grist-core was built.
"""

from __future__ import annotations

import os
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.grist_program import is_built, started

ROBOT, OFFICER, JUROR = "robot@example.org", "responsable@example.org", "jure@example.org"
COLLEAGUE, STRANGER = "collegue@example.org", "inconnu@example.org"
VARIABLE = "EIG_SHEETS_TEST_GRIST"
FILE = Path("eig-sheets", "grist-for-tests.toml")
MISSING = (
    f"Grist: no server. `docker run -p 8484:8484 gristlabs/grist`, then {VARIABLE}=http://localhost:8484 and "
    f"{VARIABLE}_KEY; or {VARIABLE}=the folder of a grist-core that was built; see docs/grist.md."
)
ALONE = "Grist: the server that is given has one account, and this test needs several: give the folder of a built one."


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
            ["AddTable", "Meanwhile", [{"id": "A", "isFormula": True}]],  # a document has one table at least
            *(["RemoveTable", table["id"]] for table in self.ask(f"docs/{document}/tables")["tables"]),
            *(["RemoveRecord", "_grist_ACLRules", rule["fields"]["id"]] for rule in rules),
            *(["RemoveRecord", "_grist_ACLResources", resource["fields"]["id"]] for resource in resources),
            ["AddTable", "Table1", [{"id": letter, "isFormula": True} for letter in "ABC"]],
            ["RemoveTable", "Meanwhile"],
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
    place = _place()
    if place.startswith(("http://", "https://")):
        yield _found(place, os.environ.get(f"{VARIABLE}_KEY", ""))
        return
    if not is_here():
        pytest.skip(MISSING)
    people = [ROBOT, OFFICER, JUROR, COLLEAGUE, STRANGER]
    with (
        tempfile.TemporaryDirectory(prefix="grist-", ignore_cleanup_errors=True) as data,
        started(Path(place), Path(data), people) as said,
    ):
        yield GristServer(said.url, said.keys, said.workspace)


def _found(url: str, key: str) -> GristServer:
    found = GristServer(url.rstrip("/"), {ROBOT: key}, 0)
    org = found.ask("orgs")[0]["id"]
    return GristServer(found.url, found.keys, found.ask(f"orgs/{org}/workspaces")[0]["id"])


def _place() -> str:
    """The URL or the folder of a server; '' when nothing says any."""
    if place := os.environ.get(VARIABLE):
        return place
    folders = os.environ.get("XDG_CONFIG_DIRS", "/etc/xdg").split(":")
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    files = (Path(folder) / FILE for folder in (home, *folders))
    file = next((file for file in files if file.is_file()), None)
    return str(tomllib.loads(file.read_text("utf-8"))["grist"]) if file else ""


def built_in() -> Path | None:
    """The folder of the server that tests start, if that is what there is."""
    place = Path(_place() or "-")
    return place if is_built(place) else None


@cache
def is_here() -> bool:
    """Whether there is a server to be had."""
    place = _place()
    return place.startswith(("http://", "https://")) or (bool(place) and is_built(Path(place)))
