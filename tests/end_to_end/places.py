"""A small call on a file, a Google Sheet or a Grist document, as people filled it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from eig_sheets import loading
from eig_sheets.spreadsheet.backends import Resources, backend_of
from eig_sheets.spreadsheet.model.base import Workbook
from eig_sheets.spreadsheet.model.plan import CreateTab, Plan
from eig_sheets.storage.state import State
from tests.end_to_end.google.support import hurried
from tests.grist_server import ROBOT
from tests.nightly import Table
from tests.program import Outcome, copied_config, eig
from tests.sheets_server.server import running
from tests.team_call import PROJECTS, REVIEWS, TALENTS
from tests.two_workbooks import sheets_of
from tests.workbook.snapshots import JURORS

KINDS = ("xlsx", "google", "grist")


@dataclass(frozen=True)
class Place:
    """Where the workbook is, and the environment by which the program reaches it."""

    folder: Path
    location: str
    env: Mapping[str, str]

    @property
    def config(self) -> Path:
        return self.folder / "config" / "campaign.toml"

    @property
    def book(self) -> Workbook:
        """The workbook."""
        backend = backend_of(self.location)
        place = backend.place(self.location)
        return backend.open(place, Resources(self.env, State(self.folder / "state", place)))

    def run(self, *command: str) -> Outcome:
        """A command on it."""
        common = ("--config", str(self.config), "--workbook", self.location, "--today", "2021-07-01")
        with hurried():
            return eig(*common, *command, env={"EIG_SHEETS_STATE": str(self.folder / "state"), **self.env})

    def rows(self, name: str) -> list[Mapping[str, Any]]:
        """The rows that a tab shows."""
        found = self.book.read().tab(name)
        assert found is not None
        return list(Table(found).rows)

    @property
    def version(self) -> object:
        """What changes with each write: the version of the workbook, or all that it says."""
        snapshot = self.book.read()
        return snapshot.version or snapshot

    def filled(self, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Place:
        """The same once people filled these tabs, by id, and `init` completed it."""
        if not self.config.exists():
            copied_config(self.folder / "config", dirs_exist_ok=True)
        book = self.book
        version = book.read().version if book.exists() else ""
        book.apply(Plan(version, tuple(map(CreateTab, sheets_of(loading.load(self.config), rows)))))
        assert self.run("init").code == 0
        return self


@contextmanager
def empty(request: pytest.FixtureRequest, folder: Path) -> Iterator[Place]:
    """A place for a call, on the kind of workbook that the fixture's parameter names, one of KINDS."""
    if request.param == "xlsx":
        yield Place(folder, str(folder / "campagne.xlsx"), {})
    elif request.param == "google":
        with running() as server:
            env = {"EIG_SHEETS_API_ENDPOINT": server.url, "GOOGLE_APPLICATION_CREDENTIALS": server.service_account}
            yield Place(folder, server.spreadsheet_id, env)
    else:
        server = request.getfixturevalue("grist")
        yield Place(folder, f"{server.url}/{server.new_document()}", {"EIG_SHEETS_GRIST_KEY": server.keys[ROBOT]})


@contextmanager
def called(
    request: pytest.FixtureRequest, folder: Path, talents: Sequence[Mapping[str, Any]] = TALENTS
) -> Iterator[Place]:
    """A small call with candidates."""
    rows = {"candidatures": PROJECTS, "jury": JURORS, "evaluations": [], "talents": talents,
            "evaluations_talents": REVIEWS}  # fmt: skip
    with empty(request, folder) as place:
        yield place.filled(rows)
