"""`import --undo`: which rows go, which are for people, and what the fuse (G8) makes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eig_sheets.call.applications.plan_undo import CHANGED, NOT_LAST, REPEATED, SHARED, Undo, last_import, plan_undo
from eig_sheets.campaign.vanished_rows import vanished, with_rows_left
from eig_sheets.spreadsheet.memory import MemoryWorkbook
from eig_sheets.spreadsheet.model.cells import Formula
from eig_sheets.spreadsheet.model.plan import Plan
from eig_sheets.storage.last_run import LastRun
from tests.call.applications.test_plan_import import TAB, Desk
from tests.columns import cell_of
from tests.spreadsheet.memory_desk import edit, put
from tests.workbook.snapshots import JURORS, book, dossier

OWN = ("001", "002", "003", "004")
NEXT = cell_of("candidatures", "numero", 12)
"""The number of the row under the last."""
IMPORTED = [str(number) for number in range(101, 107)]


class Imported(Desk):
    """Four dossiers that people typed, then an import of six."""

    def __init__(self):
        super().__init__({number: {"projet": f"Projet {number}"} for number in IMPORTED})
        self.storage.save(book([dossier(number) for number in OWN], JURORS, []).tabs)
        self.record = self.import_().record

    def undo(self, in_use: str = "") -> Undo:
        undo = plan_undo(self.reading, self.record, self.last_run, self.now, in_use)
        MemoryWorkbook(self.storage).apply(undo.plan)
        self.last_run = undo.after
        return undo

    @property
    def numbers(self) -> list[str]:
        return [str(row[0]) for row in self.reading.layout.tabs["candidatures"].tab.rows[1:] if row]

    def counted(self) -> None:
        """What a sync remembers of the rows."""
        self.last_run = with_rows_left(self.last_run, self.reading, Plan(""))

    @property
    def blown(self) -> bool:
        return any(vanished(self.reading, self.last_run))


@pytest.fixture
def desk() -> Imported:
    return Imported()


def test_the_last_rows_as_written_go_and_nothing_else(desk):
    before = [list(row) for row in desk.reading.layout.tabs["candidatures"].tab.rows[:5]]
    desk.counted()
    undo = desk.undo()
    assert desk.numbers == [*OWN]
    assert [list(row) for row in desk.reading.layout.tabs["candidatures"].tab.rows] == before
    assert [(row.number, row.why) for row in undo.rows] == [(number, "") for number in IMPORTED]
    assert not desk.blown
    assert desk.undo().rows == ()
    assert desk.import_().imported.new != ()


def whys(undo: Undo) -> list[str]:
    return [row.why for row in undo.rows]


def test_from_a_row_that_somebody_changed_up_they_are_for_people(desk):
    desk.type("104", "commentaire", "À revoir")
    assert whys(desk.undo()) == [NOT_LAST, NOT_LAST, NOT_LAST, CHANGED, "", ""]
    assert desk.numbers == [*OWN, *IMPORTED[:4]]


def test_under_another_row_none_goes(desk):
    put(desk.storage, TAB, NEXT, "200")
    assert whys(desk.undo()) == [NOT_LAST] * 6
    assert len(desk.numbers) == 11


def test_a_row_that_somebody_copied_is_for_people(desk):
    put(desk.storage, TAB, NEXT, "106")
    assert whys(desk.undo()) == [NOT_LAST] * 5 + [REPEATED] * 2


def test_rows_that_a_formula_refers_to_are_for_people(desk):
    place = cell_of("jury", "disponibilites", 2)
    put(desk.storage, "Jury", place, Formula("Candidatures!" + cell_of("candidatures", "projet", 9), "Projet 104"))
    assert whys(desk.undo()) == [NOT_LAST] * 3 + [f"Jury!{place} en dépend", "", ""]
    assert whys(desk.undo("le nom « x » y renvoie")) == ["le nom « x » y renvoie"] * 4


def test_where_people_type_meanwhile_every_row_is_for_them(desk):
    reading = desk.reading
    shared = replace(reading.snapshot.capabilities, concurrent_editors=True)
    undo = plan_undo(
        replace(reading, snapshot=replace(reading.snapshot, capabilities=shared)), desk.record, desk.last_run, desk.now
    )
    assert (whys(undo), undo.plan.operations) == ([SHARED] * 6, ())


@pytest.mark.parametrize("when", ["before the import", "after"])
def test_the_fuse_counts_with_rows_that_people_delete(desk, when):
    if when == "before the import":  # an older version did, and kept no keys
        desk.last_run = replace(desk.last_run, counts={"candidatures": 4}, keys={})
    else:
        desk.counted()
    put(desk.storage, TAB, NEXT, "200")
    desk.undo()
    edit(desk.storage, "clear_rows", tab=TAB, first=6, last=11)
    assert not desk.blown
    edit(desk.storage, "clear_rows", tab=TAB, first=2, last=5)
    edit(desk.storage, "clear_rows", tab=TAB, first=12, last=12)
    assert desk.blown


def test_without_an_undo_the_fuse_holds(desk):
    desk.counted()
    edit(desk.storage, "clear_rows", tab=TAB, first=6, last=11)
    assert desk.blown


def test_a_dossier_that_is_imported_again_is_missed_again(desk):
    desk.undo()
    assert desk.last_run.undone == tuple(IMPORTED)
    desk.import_()
    desk.counted()
    assert desk.last_run.undone == ()
    edit(desk.storage, "clear_rows", tab=TAB, first=6, last=11)
    assert desk.blown


def test_killed_between_the_record_and_the_workbook(desk):
    never = replace(desk.record, rows={"900": "x"}, written=False)
    written = replace(desk.record, written=True)
    assert last_import([written, never], desk.reading, desk.last_run) == written
    there = replace(never, rows=desk.record.rows)
    assert last_import([written, there], desk.reading, desk.last_run) == there
    assert last_import([], desk.reading, desk.last_run) is None


def test_killed_before_the_state_folder_knows_the_fuse_does_not_blow(desk):
    desk.counted()
    undo = plan_undo(desk.reading, desk.record, desk.last_run, desk.now)
    desk.last_run = undo.before
    MemoryWorkbook(desk.storage).apply(undo.plan)
    assert desk.numbers == [*OWN]
    assert not desk.blown


def test_cells_that_it_filled_are_named(desk):
    desk.platform["001"] = {"ministere": "Mer"}
    desk.platform["001"]["administration"] = "Direction des phares"
    desk.platform["001"]["programme"] = "217"
    put(desk.storage, TAB, desk.cell("001", "programme"), None)
    desk.record = desk.import_(fill=True).record
    assert [(cell.number, cell.cell) for cell in desk.undo().cells] == [("001", desk.cell("001", "programme"))]
    put(desk.storage, TAB, desk.cell("001", "programme"), None)
    assert desk.undo().cells == ()


def test_what_was_known_of_them_is_forgotten(desk):
    desk.undo()
    desk.refresh()
    assert desk.last_run.received.dossiers == {}
    assert desk.last_run != LastRun()


class TestImportWithoutRows:
    """An import that only brought changes of dossiers that were there already."""

    @pytest.fixture
    def changed(self, desk):
        """After such an import, which followed a true one of a change."""
        desk.records = [replace(desk.record, written=True)]
        desk.platform["101"]["projet"] = "Vrai"
        desk.records.append(replace(desk.import_().record, written=True))
        desk.true = (desk.lines, desk.last_run.received.dossiers)
        desk.platform |= {number: {"projet": f"Faux {number}"} for number in (*IMPORTED, "001")}
        desk.record = desk.import_().record
        return desk

    def test_it_alone_is_undone(self, changed):
        assert len(changed.lines) == 7
        records = [*changed.records, replace(changed.record, written=True)]
        assert last_import(records, changed.reading, changed.last_run) == records[-1]
        undo = changed.undo()
        assert (undo.rows, undo.cells, undo.forgotten) == ((), (), 7)
        assert changed.numbers == [*OWN, *IMPORTED]
        assert (changed.lines, changed.last_run.received.dossiers) == changed.true
        assert not changed.refresh()
        changed.last_run = LastRun()
        changed.refresh()
        assert changed.lines == changed.true[0] != []

    def test_when_it_was_stopped_before_it_was_known_to_be_written(self, changed):
        records = [*changed.records, changed.record]
        assert last_import(records, changed.reading, changed.last_run) == changed.record
        changed.undo()
        assert last_import(records, changed.reading, changed.last_run) == changed.records[-1]

    def test_what_somebody_copied_since_stays_known(self, changed):
        changed.type("102", "projet", "Faux 102")
        changed.refresh()
        assert changed.undo().forgotten == 6
        changed.platform["102"]["projet"] = "Projet 102"
        changed.import_()
        assert [line[3:] for line in changed.lines if line[0] == "102"] == [("Faux 102", "Projet 102")]

    def test_an_import_that_changes_nothing_is_not_recorded(self, changed):
        assert changed.import_().record is None
