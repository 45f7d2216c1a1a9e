"""A small call whose candidates have a workbook of their own: both in memory, on the disk, or on any other backend."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from eig_sheets import loading, sample
from eig_sheets.campaign.reading import read
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.config import Campaign as Settings
from eig_sheets.run import people_sheets
from eig_sheets.spreadsheet.memory import Storage
from eig_sheets.spreadsheet.memory.tabs import edited
from eig_sheets.spreadsheet.model.plan import CreateTab, Plan
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.storage.ledger import Ledger
from eig_sheets.storage.state import State
from tests.columns import tab_of
from tests.in_memory import keep, opened, storage_at
from tests.nightly import Table
from tests.program import Campaign, copied_elsewhere
from tests.spreadsheet.memory_desk import put
from tests.workbook.snapshots import dossier, evaluation, juror

REVEALED = "2021-06-20"
"""A day on which laureates are revealed, and candidates were heard."""

TEAM = {"prenom": "Zélie", "nom": "Ormeau", "email": "zelie.ormeau@exemple.invalid", "metier": "Développement"}
"""Who is recruited."""
CHOOSING = {"prenom": "Yvain", "nom": "Brumaire", "email": "yvain.brumaire@exemple.invalid"}
NEW = {"prenom": "Xénia", "nom": "Quercy", "email": "xenia.quercy@exemple.invalid"}

PROJECTS: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "candidatures": [
        dossier("90101", decision="Lauréat", motif="Le premier.", email_porteur="p1@exemple.invalid",
                commentaire="Secret de jury."),
        dossier("90102", decision="Lauréat", motif="Le second.", email_porteur="p2@exemple.invalid"),
        dossier("90103", projet="Projet écarté", decision="Non retenu", motif="Trop tôt.",
                email_porteur="p3@exemple.invalid"),
    ],
    "jury": [juror("anna"), juror("bob")],
    "evaluations": [evaluation(one, name) for one in ("90101", "90102", "90103") for name in ("anna", "bob")],
    "parametres": [],
}  # fmt: skip
TALENTS: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "talents": [
        {"candidature": "T-7001", **TEAM, "experience": 2.0, "statut": "Retenu", "projet_decide": "90101",
         "voeu_1": "90101", "audition": datetime(2021, 6, 8, 9)},
        {"candidature": "T-7002", **CHOOSING, "statut": "Présélectionné", "voeu_1": "90102",
         "audition": datetime(2021, 6, 30, 9)},
        {"candidature": "T-7003", **NEW},
    ],
    "jury": [juror("zoe")],
    "evaluations_talents": [{"candidature": "T-7001", "jure": "zoe@jury.example", "numero": "90101", "dynamisme": 4.0}],
}  # fmt: skip


def sheets_of(settings: Settings, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Any]:
    """The people's tabs of a workbook with these rows."""
    made = [tab for tab in schema_of(settings).tabs if tab.id in rows]
    return [people_sheets.sheet(replace(tab, robot_fields=()), (), {}, rows[tab.id]) for tab in made]


def stored(settings: Settings, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Storage:
    """A workbook in memory that people began."""
    storage = Storage()
    storage.save(edited([], Plan("", tuple(map(CreateTab, sheets_of(settings, rows))))))
    return storage


@dataclass(frozen=True)
class Pair(Campaign):
    """The campaign of the projects' workbook, and that of the candidates beside it."""

    @property
    def talents(self) -> Path:
        """The candidates' workbook."""
        return self.folder / "talents.xlsx"

    @property
    def settings(self) -> Settings:
        """The configuration."""
        return loading.load(self.config)

    @property
    def talents_state(self) -> State:
        """What the runs remember of the candidates' workbook."""
        return State(self.folder / ".eig-sheets", str(self.talents))

    def ledger_of(self, workbook: Path) -> Ledger:
        """What this machine sent from a workbook."""
        return Ledger(self.folder / ".eig-sheets", str(workbook))

    def read_talents(self) -> Snapshot:
        """What the candidates' workbook holds."""
        return opened(self.talents, self.talents_state).read()

    def tab(self, workbook: Path, name: str) -> Table | None:
        """A tab of one of them, by its headers; None without it."""
        snapshot = self.read_talents() if workbook == self.talents else self.read()
        found = snapshot.tab(name)
        return None if found is None else Table(found)

    @property
    def saves(self) -> tuple[int, int]:
        """How many times each was written."""
        return storage_at(self.workbook).saves, storage_at(self.talents).saves

    def type_in(self, workbook: Path, tab_id: str, field: str, row: int, value: Any) -> None:
        """Type in the nth row (from 0) of people's."""
        settings = self.settings.for_talents() if workbook == self.talents else self.settings
        snapshot = self.read_talents() if workbook == self.talents else self.read()
        tab = read(snapshot, settings).layout.tabs[tab_id]
        put(storage_at(workbook), tab.name, tab.cell(field, tab.header_row + 1 + row), value)

    def sync(self, *options: str) -> Any:
        """A night on the day when laureates are known."""
        return self.run("--today", REVEALED, *options, "sync")


def write_settings(folder: Path, location: str = "../campagne.xlsx", talents: str = "../talents.xlsx") -> Path:
    """Write the configuration of both workbooks."""
    tab_of("talents")  # or the test is skipped
    path = sample.write_config(folder, location)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[workbook]\n", f'[workbook]\ntalents = "{talents}"\n'), encoding="utf-8")
    return path


def made(folder: Path) -> Pair:
    """Both workbooks in memory, as people filled them, without anything of the robot yet."""
    write_settings(folder)
    pair = Pair(folder)
    settings = pair.settings
    keep(pair.workbook, stored(settings, PROJECTS))
    keep(pair.talents, stored(settings.for_talents(), TALENTS))
    return pair


def copied(original: Pair, folder: Path) -> Pair:
    """A copy of both; its state knows what the last runs knew."""
    copy = Pair(folder)
    shutil.rmtree(folder, ignore_errors=True)
    copied_elsewhere(original.folder, folder)
    for ours, theirs in ((copy.workbook, original.workbook), (copy.talents, original.talents)):
        keep(ours, storage_at(theirs).copy())
        last_run = State(original.folder / ".eig-sheets", str(theirs)).load_last_run()
        State(folder / ".eig-sheets", str(ours)).save_last_run(last_run)
    return copy


@pytest.fixture(scope="module")
def synced(tmp_path_factory) -> Pair:
    """Both up to date: not to be changed."""
    pair = made(tmp_path_factory.mktemp("both") / "appel")
    assert pair.run("--today", REVEALED, "init").code == pair.sync().code == 0
    return pair


@pytest.fixture
def pair(synced, tmp_path) -> Pair:
    """A copy of them."""
    return copied(synced, tmp_path / "appel")
