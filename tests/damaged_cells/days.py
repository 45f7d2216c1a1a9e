"""The demonstration as it is on some days of a call, in memory, synchronised: what each damage is tried on."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from eig_sheets.campaign.reading import Reading, read
from eig_sheets.config import Campaign as Settings
from eig_sheets.spreadsheet.memory import Storage
from eig_sheets.spreadsheet.memory.tabs import TabEditor
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from tests.damaged_cells.damages import Damage, Place
from tests.damaged_cells.filling import typed
from tests.in_memory import keep, storage_at
from tests.program import Outcome, eig, run
from tests.two_workbooks import Pair

DAYS: Final = (
    "2021-02-10",
    "2021-04-15",
    "2021-04-30",
    "2021-05-06",
    "2021-05-20",
    "2021-07-01",
    "2021-12-01",
    "2022-06-20",
)
"""Advice slots; dossiers that were received; the jury at work; the day after it; candidates; teams; the ten months, and
their end."""


@dataclass(frozen=True, slots=True)
class DayOfCall:
    """The campaign of a day: each command of a test begins with the workbooks and the state as the last sync left them.

    `sound` are the tabs of each workbook by its path.
    """

    day: str
    pair: Pair
    sound: Mapping[Path, tuple[TabSnapshot, ...]]

    def reset(self) -> None:
        """Have everything as the last sync left it."""
        for path, tabs in self.sound.items():
            keep(path, Storage(tabs, saves=1))
        state = self.pair.folder / ".eig-sheets"
        shutil.rmtree(state)
        shutil.copytree(self._kept_state, state)

    @property
    def _kept_state(self) -> Path:
        return self.pair.folder / "state-of-the-last-sync"

    def remember(self) -> None:
        """Keep the state of now for `reset`."""
        shutil.copytree(self.pair.folder / ".eig-sheets", self._kept_state)

    def hurt(self, path: Path, damage: Damage) -> None:
        """Damage a cell of one of the workbooks."""
        keep(path, Storage(tuple(changed(tab, damage) for tab in self.sound[path]), saves=2))

    def run(self, *arguments: str) -> Outcome:
        """A command on that day."""
        return run("--config", self.pair.config, "--today", self.day, *arguments)

    def readings(self) -> dict[Path, Reading]:
        """What each workbook says, by its path."""
        pair = self.pair
        settings: dict[Path, Settings] = {pair.workbook: pair.settings, pair.talents: pair.settings.for_talents()}
        reads = {pair.workbook: pair.read, pair.talents: pair.read_talents}
        return {path: read(reads[path](), settings[path]) for path in self.sound}

    def tabs(self, damage: Damage | None = None) -> dict[str, TabSnapshot]:
        """All tabs of both workbooks as they are now, by workbook and name; a damage that is still there is undone."""
        now = {f"{path.stem}/{tab.name}": tab for path in self.sound for tab in storage_at(path).tabs or ()}
        return now if damage is None else {name: healed(tab, damage) for name, tab in now.items()}


def changed(tab: TabSnapshot, damage: Damage) -> TabSnapshot:
    """The tab with the damage, if it is that tab."""
    return tab if tab.name != damage.tab else edited(tab, damage.edits)


def healed(tab: TabSnapshot, damage: Damage) -> TabSnapshot:
    """The tab with the values of before where those of the damage still are."""
    still = tab.name == damage.tab and all(tab.value(*place) == value for place, value in damage.edits.items())
    return edited(tab, damage.origin) if still else tab


def edited(tab: TabSnapshot, edits: Mapping[Place, CellValue]) -> TabSnapshot:
    """The tab with other values in some cells."""
    editor = TabEditor.of(tab).open()
    for place, value in edits.items():
        editor.formulas.pop(place, None)
        editor.cells[place] = value
    return editor.finished()


def made(folder: Path, day: str) -> DayOfCall:
    """The campaign of a day, with what people type beside, which a second sync leaves as it is."""
    pair = Pair(folder)
    for path in (pair.workbook, pair.talents):
        keep(path, Storage())
    done = eig("-q", "--today", day, "demo", folder)
    assert done.code == 0, done.err
    paths = [path for path in (pair.workbook, pair.talents) if storage_at(path).tabs is not None]
    found = DayOfCall(day, pair, {path: storage_at(path).tabs for path in paths})
    for path, reading in found.readings().items():
        for tab, place, value in typed(reading, day):
            tabs = storage_at(path).tabs
            storage_at(path).save([edited(one, {place: value}) if one.name == tab else one for one in tabs])
    for _ in range(2):
        before = [storage_at(path).saves for path in paths]
        done = found.run("sync")
        assert done.code == 0, done.err
    assert [storage_at(path).saves for path in paths] == before, "a sync of what did not change wrote something"
    found = replace(found, sound={path: storage_at(path).tabs for path in paths})
    found.remember()
    return found
