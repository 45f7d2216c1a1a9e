"""Imports in a workbook in memory, and the rule that says what they leave there, to compare with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import strategies as st

from eig_sheets.call.applications.importing.apply import current_rows
from eig_sheets.call.applications.importing.kinds import PROJECTS, ImportKind
from eig_sheets.call.applications.importing.plan import plan_import
from eig_sheets.call.applications.modifications import TABLE
from eig_sheets.call.applications.plan_import import ImportRun, plan_import_run, remembering
from eig_sheets.call.applications.received_changes import changes_of, changes_sheet, known_imports, with_known_imports
from eig_sheets.campaign.plans import checked_plan
from eig_sheets.campaign.reading import Reading, read
from eig_sheets.spreadsheet.memory import MemoryWorkbook, Storage
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from eig_sheets.storage.last_run import LastRun
from eig_sheets.workbook import diff
from tests.call.applications.importing.support import HEADERS, export_of
from tests.spreadsheet.memory_desk import put
from tests.workbook.snapshots import EIG5, JURORS, book

CHANGES = "Modifications reçues"
OPENED = datetime(2021, 3, 1, 9)


@dataclass
class Desk:
    """A workbook in memory, the state folder of this machine, what the platform says of each dossier, and a clock.

    `headers`: those of the export. `others`: tabs of the workbook beside those that a campaign needs.
    """

    platform: dict[str, dict[str, object]]
    kind: ImportKind = PROJECTS
    headers: Mapping[str, str] = field(default_factory=lambda: HEADERS)
    storage: Storage = field(default_factory=Storage)
    last_run: LastRun = field(default_factory=LastRun)
    now: datetime = OPENED
    others: tuple[TabSnapshot, ...] = ()

    def __post_init__(self):
        if not self.storage.tabs:
            self.storage.save(book([], JURORS, [], *self.others).tabs)

    @property
    def reading(self) -> Reading:
        return read(MemoryWorkbook(self.storage).read(), EIG5)

    def planned(self, *, fill: bool = False) -> ImportRun:
        reading = self.reading
        tab = reading.layout.tabs[self.kind.tab]
        rows = ({tab.schema.key: number, **fields} for number, fields in self.platform.items())
        export, names = export_of(*rows, headers=self.headers), self.kind.settings(EIG5.imports)
        plan = plan_import(export, current_rows(tab), names, tab.schema, EIG5.zone, self.kind)
        self.now += timedelta(minutes=1)
        return plan_import_run(reading, plan, self.last_run, self.now, "export.csv", fill=fill, kind=self.kind)

    def import_(self, *, fill: bool = False, killed: bool = False) -> ImportRun:
        """An import; `killed`: between the workbook's write and the state's."""
        run = self.planned(fill=fill)
        MemoryWorkbook(self.storage).apply(run.plan)
        self.last_run = self.last_run if killed else run.last_run
        return run

    def refresh(self) -> bool:
        """What `sync` does for that tab; whether it wrote anything."""
        reading = self.reading
        known = known_imports(reading, self.last_run)
        changes = changes_of(known, reading)
        sheet = changes_sheet(reading, changes)
        operation = diff.robot_tab(sheet, reading.layout, reading.snapshot)
        MemoryWorkbook(self.storage).apply(checked_plan(reading, [operation] if operation else []))
        self.last_run = with_known_imports(known, reading, remembering(reading, self.last_run, [sheet]))
        return operation is not None

    def type(self, number: str, field_id: str, value: object) -> None:
        put(self.storage, self.tab_name, self.cell(number, field_id), value)

    def cell(self, number: str, field_id: str) -> str:
        return self.reading.layout.tabs[self.kind.tab].cell(field_id, self.row(number))

    @property
    def tab_name(self) -> str:
        return self.reading.layout.tabs[self.kind.tab].name

    def row(self, number: str) -> int:
        tab = MemoryWorkbook(self.storage).read().tab(self.tab_name)
        return next(row for row, cells in enumerate(tab.rows, 1) if cells and cells[0] == number)

    @property
    def tab(self) -> TabSnapshot | None:
        return MemoryWorkbook(self.storage).read().tab(CHANGES)

    @property
    def lines(self) -> list[tuple[object, ...]]:
        """Number, header, address, value here, value received of each line."""
        rows = self.tab.rows if self.tab else []
        top = next((place for place, row in enumerate(rows) if "Champ" in row), len(rows))
        return [tuple(row[:5]) for row in rows[top + 1 :] if row and row[0] is not None]

    def drop_tab(self) -> None:
        self.storage.save([tab for tab in self.storage.tabs if tab.name != CHANGES])


NUMBERS, VALUES = ("101", "102"), ("2", "3", "4")
PLACES = st.tuples(st.sampled_from(NUMBERS), st.sampled_from([0, 1]))
ACTS = st.one_of(
    st.tuples(st.just("type"), PLACES, st.sampled_from([*VALUES, None])),
    st.tuples(st.just("change"), PLACES, st.sampled_from([*VALUES, None])),
    st.tuples(st.sampled_from(["import", "fill", "killed", "refresh", "lose state", "drop tab"])),
)


class Model:
    """The rule as the issue tells it, on four cells: what was last imported, received and is in the sheet."""

    def __init__(self, fields):
        self.imported, self.received, self.sheet, self.platform = {}, {}, {}, {}
        for place in ((number, field_id) for number in NUMBERS for field_id in fields):
            self.imported[place] = self.sheet[place] = self.platform[place] = "2"

    def import_(self, *, fill: bool) -> None:
        for place, value in self.platform.items():
            if value is not None:
                self.received[place] = value
                if fill and self.sheet[place] is None:
                    self.sheet[place] = value
        self.look()

    def look(self) -> None:
        """What the sheet has was imported; a value that the applicant took back is not news."""
        for place, value in list(self.received.items()):
            if value == self.sheet[place]:
                self.imported[place] = value
            if value == self.imported[place]:
                del self.received[place]

    @property
    def standing(self) -> set[tuple[str, str, str]]:
        return {(*place, value) for place, value in self.received.items()}


def check_lines(desk: Desk, labels: Mapping[str, str], acts: Iterable[tuple]) -> None:
    """Lines stand as the rule says after each act; `labels`: the header of two columns, with their fields."""
    fields = [*labels.values()]
    desk.platform = {number: dict.fromkeys(fields, "2") for number in NUMBERS}
    desk.import_()
    model = Model(fields)
    for kind, *what in acts:
        if kind == "type":
            (number, nth), value = what
            desk.type(number, fields[nth], value)
            model.sheet[number, fields[nth]] = value
            continue
        if kind == "change":
            (number, nth), value = what
            desk.platform[number][fields[nth]] = model.platform[number, fields[nth]] = value
            continue
        if kind in ("import", "fill", "killed"):
            desk.import_(fill=kind == "fill", killed=kind == "killed")
            model.import_(fill=kind == "fill")
        else:
            if kind == "lose state":
                desk.last_run = LastRun()
            elif kind == "drop tab" and _known(desk) >= {*_fingerprints(desk)}:
                desk.drop_tab()
            desk.refresh()
            model.look()
        assert {(number, labels[header], value) for number, header, _, _, value in desk.lines} == model.standing
        assert not desk.refresh()


def _known(desk: Desk) -> set[str]:
    return {*desk.last_run.imports_of(desk.kind.tab).received.fingerprints}


def _fingerprints(desk: Desk) -> list[str]:
    rows = desk.tab.rows if desk.tab else []
    return [row[-1] for row in rows if len(row) == len(TABLE.sheet_headers) and row[-1] != "Empreinte"]
