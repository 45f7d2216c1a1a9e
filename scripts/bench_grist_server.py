"""Documents of a real Grist server, reached through a proxy that adds latency and counts."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
from bench_table import Traffic

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from eig_sheets.spreadsheet.grist.address import address_of  # noqa: E402
from eig_sheets.spreadsheet.grist.book import GristWorkbook  # noqa: E402
from eig_sheets.spreadsheet.grist.client import Client  # noqa: E402
from eig_sheets.spreadsheet.model.plan import CreateTab, Plan  # noqa: E402
from eig_sheets.spreadsheet.model.sheet import Sheet  # noqa: E402
from tests.grist_server import ROBOT, GristServer  # noqa: E402


@dataclass(frozen=True, slots=True)
class Place:
    """A document, behind the proxy."""

    url: str
    key: str
    document: str


@dataclass(frozen=True, slots=True)
class Grist:
    """A server behind its proxy, whose URL is `proxy`. What is done here is counted against nobody."""

    server: GristServer
    proxy: str
    original: str
    openings: dict[str, float] = field(default_factory=dict)
    """The seconds that the first opening of each document took."""

    @property
    def key(self) -> str:
        return self.server.keys[ROBOT]

    def place(self, document: str) -> Place:
        return Place(self.proxy, self.key, document)

    def location(self, document: str) -> str:
        return f"{self.proxy}/{document}"

    def copied(self, document: str) -> str:
        body = {"workspaceId": self.server.workspace, "documentName": "Copie", "asTemplate": False}
        return str(self.server.ask(f"docs/{document}/copy", body))

    def delete(self, document: str) -> None:
        self.server.ask(f"docs/{document}", method="DELETE")

    def open(self, document: str) -> None:
        """Have it loaded, as after `init`, or while people work in it: nothing waits for that after this."""
        start = time.perf_counter()
        self.server.ask(f"docs/{document}/tables/Evaluations/records?limit=1")
        self.openings.setdefault(document, time.perf_counter() - start)

    def score(self, document: str, value: float) -> None:
        self.type(document, "Evaluations", "Evaluations_Pertinence_du_besoin", value)

    def type(self, document: str, table: str, column: str, value: Any) -> None:
        """What a person does in the first row of a table."""
        first = self.server.ask(f"docs/{document}/tables/{table}/records?limit=1")["records"][0]["id"]
        self.server.apply(document, ["UpdateRecord", table, first, {column: value}])

    def values(self, document: str, title: str) -> list[list[Any]]:
        """What a table shows, in an order that is that of no view."""
        found = opened(self.server, document).read().tab(title)
        headers, *rows = found.rows if found else ((),)
        return [[*headers], *sorted(([*row] for row in rows), key=repr)]

    def count_anew(self) -> None:
        self.calls()

    def calls(self) -> list[dict[str, Any]]:
        """The calls since the last time that this was asked."""
        found: list[dict[str, Any]] = requests.get(f"{self.proxy}/_control/calls", timeout=60).json()
        return found

    def traffic(self) -> Traffic:
        calls = self.calls()
        refused = [call for call in calls if call["status"] >= 400]
        if refused:
            raise SystemExit(f"the server refused {refused}")
        reads = sum(call["method"] == "GET" for call in calls)
        totals = (sum(call[name] for call in calls) for name in ("sent", "got", "wire", "opened", "seconds"))
        return Traffic(reads, len(calls) - reads, *totals)


def opened(server: GristServer, document: str) -> GristWorkbook:
    """A document as ours opens it, without the proxy."""
    return GristWorkbook(Client(address_of(f"{server.url}/{document}"), server.keys[ROBOT]))


def filled(server: GristServer, tabs: list[Sheet]) -> str:
    """A new document that has these tables."""
    document = server.new_document()
    book = opened(server, document)
    book.apply(Plan(book.read().version, tuple(CreateTab(tab) for tab in tabs)))
    return document


@contextmanager
def behind_proxy(server: GristServer, original: str, latency: float) -> Iterator[Grist]:
    """The server through a proxy that adds `latency`, in milliseconds, to each call."""
    command = (sys.executable, Path(__file__).with_name("bench_proxy.py"), server.url, "--latency-ms", str(latency))
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as process:
        try:
            yield Grist(server, process.stdout.readline().strip(), original)  # type: ignore[union-attr]
        finally:
            process.terminate()
