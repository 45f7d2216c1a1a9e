"""The local Sheets server in a process of its own, and what it counted of each sync."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bench
import requests
from bench_peers import Place
from bench_table import Traffic

ROOT = Path(__file__).parent.parent
EVERYONE = {"Authorization": "Bearer emulator"}


@dataclass(frozen=True, slots=True)
class Server:
    """A running server that holds one spreadsheet."""

    url: str
    key_file: str
    original: str

    def call(self, verb: str, path: str, body: Any = None, **query: Any) -> Any:
        """The JSON of a call that is not counted against anyone."""
        answer = requests.request(verb, f"{self.url}{path}", json=body, params=query, headers=EVERYONE, timeout=600)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def copied(self, book_id: str) -> str:
        """Another spreadsheet, the same."""
        copy: str = self.call("POST", f"/drive/v3/files/{book_id}/copy", {})["id"]
        return copy

    def delete(self, book_id: str) -> None:
        """Forget a spreadsheet."""
        self.call("DELETE", f"/drive/v3/files/{book_id}")

    def open(self, _: str) -> None:
        """Every spreadsheet is in memory."""

    def values(self, book_id: str, tab: str) -> list[list[Any]]:
        """What a tab shows."""
        path = f"/v4/spreadsheets/{book_id}/values/{tab}"
        found: list[list[Any]] = self.call("GET", path, valueRenderOption="UNFORMATTED_VALUE").get("values", [])
        return found

    def place(self, book_id: str) -> Place:
        return Place(self.url, self.key_file, book_id)

    def location(self, book_id: str) -> str:
        return book_id

    def score(self, book_id: str, value: float) -> None:
        self.type(book_id, f"Évaluations!{bench.first_score(2)}", value)

    def type(self, book_id: str, cell: str, value: float) -> None:
        """What a person does."""
        path = f"/v4/spreadsheets/{book_id}/values/{cell}"
        self.call("PUT", path, {"values": [[value]]}, valueInputOption="RAW")

    def count_anew(self) -> None:
        """Count from here."""
        self.call("POST", "/_control/script", [])

    def traffic(self) -> Traffic:
        """What was counted since."""
        calls = self.call("GET", "/_control/calls")
        refused = [call for call in calls if call["status"] >= 400]
        if refused:
            raise SystemExit(f"the server refused {refused}")
        writes = sum(_changes(call) for call in calls)
        totals = (sum(call[name] for call in calls) for name in ("bytes_in", "bytes_out", "bytes_wire"))
        return Traffic(len(calls) - writes, writes, *totals)


def _changes(call: dict[str, Any]) -> bool:
    if call["method"] == "GET":
        return False
    return not call["path"].endswith((":batchGetByDataFilter", ":getByDataFilter"))


@contextmanager
def serving(book: Path, latency: float) -> Iterator[Server]:
    """A server that holds that .xlsx in French, quotas off, `latency` in milliseconds added to each call."""
    options = ("--unchecked", "--locale", "fr_FR", "--load", str(book), "--latency-ms", str(latency))
    command = (sys.executable, "-m", "tests.sheets_server", *options)
    quiet = subprocess.DEVNULL  # it says there who hung up on it, as ours does on an answer that is too long
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=quiet, encoding="utf-8") as process:
        try:
            said = json.loads(process.stdout.readline())  # type: ignore[union-attr]
            server = Server(said["url"], said["service_account"], said["spreadsheet_id"])
            server.call("POST", "/_control/settings", {"quotas": False})
            yield server
        finally:
            process.terminate()
