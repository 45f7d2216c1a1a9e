"""`teams propose` on a file, a Google Sheet and a Grist document: written once, then nothing is, and syncs keep it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from eig_sheets import config
from eig_sheets.storage.state import State
from eig_sheets.workbook.backends import Resources, backend_of
from eig_sheets.workbook.model.base import Workbook
from eig_sheets.workbook.model.plan import CreateTab, Plan
from tests.end_to_end.google.support import hurried
from tests.grist_server import ROBOT
from tests.nightly import Table
from tests.program import ROOT, Outcome, eig
from tests.sheets_server.server import running
from tests.team_call import PROJECTS, REVIEWS, TALENTS
from tests.two_workbooks import sheets_of
from tests.workbook.snapshots import JURORS

pytestmark = pytest.mark.slow

TAB = "Équipes proposées"


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

    def teams(self) -> list[tuple[Any, Any, Any]]:
        """The rows that the tab shows."""
        found = self.book.read().tab(TAB)
        assert found is not None
        return [(row["N° de dossier"], row["N° de candidature"], row["Aujourd’hui"]) for row in Table(found).rows]


def _called(place: Place, talents: Sequence[Mapping[str, Any]] = TALENTS) -> Place:
    """The same once people filled it."""
    shutil.copytree(ROOT / "config", place.folder / "config", dirs_exist_ok=True)
    rows = {"candidatures": PROJECTS, "jury": JURORS, "evaluations": [], "talents": talents,
            "evaluations_talents": REVIEWS}  # fmt: skip
    book = place.book
    creates = tuple(map(CreateTab, sheets_of(config.load(place.config), rows)))
    version = book.read().version if book.exists() else ""
    book.apply(Plan(version, creates))
    assert place.run("init").code == 0
    return place


@pytest.fixture(params=["xlsx", "google", "grist"])
def place(request, tmp_path) -> Iterator[Place]:
    if request.param == "xlsx":
        yield _called(Place(tmp_path, str(tmp_path / "campagne.xlsx"), {}))
    elif request.param == "google":
        with running() as server:
            env = {"EIG_SHEETS_API_ENDPOINT": server.url, "GOOGLE_APPLICATION_CREDENTIALS": server.service_account}
            yield _called(Place(tmp_path, server.spreadsheet_id, env))
    else:
        server = request.getfixturevalue("grist")
        env = {"EIG_SHEETS_GRIST_KEY": server.keys[ROBOT]}
        yield _called(Place(tmp_path, f"{server.url}/{server.new_document()}", env))


def test_it_is_written_once_and_kept(place):
    done = place.run("teams", "propose", "--format", "json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["optimal"]
    told = [("101", "T1", "à décider"), ("101", "T2", "à décider"), ("101", "T5", None), ("101", "T6", None),
            ("102", "T3", "à décider"), ("102", "T4", "à décider")]  # fmt: skip
    assert place.teams() == told
    assert place.run("sync").code == 0
    for command in (("teams", "propose"), ("teams", "propose", "--adjust"), ("sync",)):
        again = place.run(*command, "--dry-run", "--format", "json")
        assert again.code == 0
        changes = json.loads(again.out)
        assert (changes if isinstance(changes, list) else changes["changes"]) == []
    assert place.teams() == told
