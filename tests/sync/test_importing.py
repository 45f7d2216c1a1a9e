"""What an import leaves in the workbook and in the state folder, whatever officers and applicants did in between."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eig_sheets.campaign.reading import Reading, read
from eig_sheets.features.talents.import_kinds import CANDIDATES as TALENTS
from eig_sheets.importing.apply import current_rows
from eig_sheets.importing.kinds import PROJECTS, ImportKind
from eig_sheets.importing.plan import plan_import
from eig_sheets.storage.last_run import LastRun
from eig_sheets.sync.importing import ImportRun, plan_import_run, remembering
from eig_sheets.sync.received_changes import changes_of, changes_sheet, known_imports, with_known_imports
from eig_sheets.sync.target import checked_plan
from eig_sheets.workbook import diff
from eig_sheets.workbook.memory import MemoryWorkbook, Storage
from eig_sheets.workbook.model.plan import FillCells
from eig_sheets.workbook.model.snapshot import TabSnapshot
from eig_sheets.workbook.ownership_check import OwnershipError
from eig_sheets.workbook.render.modifications import TABLE
from tests.effort import examples
from tests.importing.support import HEADERS as HEADERS_OF_EXPORTS
from tests.importing.support import HEADERS_OF_TALENTS, export_of
from tests.workbook.memory_desk import put
from tests.workbook.snapshots import EIG5, JURORS, book, dossier, evaluation
from tests.workbook.snapshots import tab as people_tab

TAB, CHANGES = "Candidatures", "Modifications reçues"
HEADERS_OF = {"projects": HEADERS_OF_EXPORTS, "talents": HEADERS_OF_TALENTS}
OPENED, CLOSED = datetime(2021, 3, 1, 9), datetime(2021, 4, 9, 9)


@dataclass
class Desk:
    """A workbook in memory, the state folder of this machine, what the platform says of each dossier, and a clock."""

    platform: dict[str, dict[str, object]]
    kind: ImportKind = PROJECTS
    storage: Storage = field(default_factory=Storage)
    last_run: LastRun = field(default_factory=LastRun)
    now: datetime = OPENED

    def __post_init__(self):
        if not self.storage.tabs:
            self.storage.save(book([], JURORS, [], people_tab("talents")).tabs)

    @property
    def reading(self) -> Reading:
        return read(MemoryWorkbook(self.storage).read(), EIG5)

    def planned(self, *, fill: bool = False) -> ImportRun:
        reading = self.reading
        tab, headers = reading.layout.tabs[self.kind.tab], HEADERS_OF[self.kind.id]
        rows = ({tab.schema.key: number, **fields} for number, fields in self.platform.items())
        export, names = export_of(*rows, headers=headers), self.kind.settings(EIG5.imports)
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


def new_desk(**fields: object) -> Desk:
    made = Desk({"101": {"projet": "Alpha", "nombre_eig": "2", **fields}})
    made.import_()
    return made


def test_a_change_on_the_platform_stands_until_the_sheet_has_it():
    desk = new_desk()
    assert desk.lines == []
    desk.platform["101"] |= {"projet": "Bêta", "nombre_eig": "3"}
    desk.import_()
    assert desk.lines == [
        ("101", "Nom du projet", desk.cell("101", "projet"), "Alpha", "Bêta"),
        ("101", "Nombre d’EIG demandés", desk.cell("101", "nombre_eig"), "2", "3"),
    ]
    desk.type("101", "projet", " Bêta ")
    assert desk.refresh()
    assert [line[1] for line in desk.lines] == ["Nombre d’EIG demandés"]
    desk.type("101", "projet", "Bêta, corrigé")
    assert not desk.refresh()
    desk.import_()
    assert [line[1] for line in desk.lines] == ["Nombre d’EIG demandés"]


def told(run: ImportRun) -> list[str]:
    """The headers of what the command lists."""
    return [difference.header for dossier in run.remaining for difference in dossier.differences]


def test_a_correction_of_an_officer_s_is_no_change_and_an_applicant_may_come_back():
    desk = new_desk()
    desk.type("101", "projet", "Alpha, corrigé")
    assert (told(desk.import_()), desk.lines) == ([], [])
    desk.platform["101"]["projet"] = "Bêta"
    assert told(desk.import_()) == ["Nom du projet"]
    assert [line[3:] for line in desk.lines] == [("Alpha, corrigé", "Bêta")]
    desk.platform["101"]["projet"] = "Alpha"
    assert (told(desk.import_()), desk.lines) == ([], [])


def test_when_it_was_received_is_when_it_first_was():
    desk = new_desk()
    desk.platform["101"]["projet"] = "Bêta"
    first = desk.import_().changes.lines[0].since
    desk.now += timedelta(days=3)
    assert desk.import_().changes.lines[0].since == first
    assert not desk.planned().plan
    desk.platform["101"]["projet"] = "Gamma"
    assert desk.import_().changes.lines[0].since > first


def test_a_late_change_and_one_after_notes_say_so():
    desk = new_desk()
    desk.platform["101"]["projet"] = "Bêta"
    assert desk.import_().changes.lines[0].remarks == ()
    desk.now = CLOSED
    desk.platform["101"]["nombre_eig"] = "3"
    early, late = desk.import_().changes.lines
    assert (early.remarks, late.remarks) == ((), ("Reçue après la clôture.",))
    notes = book(evaluations=[evaluation("101", "anna")]).tab("Évaluations")
    desk.storage.save([notes if tab.name == notes.name else tab for tab in desk.storage.tabs])
    early, late = desk.import_().changes.lines
    assert early.remarks == ("Le jury a déjà noté ce dossier.",)
    assert late.remarks == ("Reçue après la clôture.", "Le jury a déjà noté ce dossier.")


@pytest.mark.parametrize(
    ("now", "remarks"),
    [(datetime(2021, 5, 2, 23, 58), ()), (datetime(2021, 5, 2, 23, 59), ("Reçue après la clôture.",))],
)
def test_a_candidate_s_change_is_late_by_the_closing_of_their_own_call(now, remarks):
    """2 May 2021, 23:59; that of projects closed on 7 April. A minute passes with each import."""
    desk = Desk({"501": {"prenom": "Ada", "nom": "Lovelace", "email": "ada@candidat.example"}}, kind=TALENTS)
    desk.import_()
    desk.platform["501"]["nom"] = "Byron"
    desk.now = now
    assert desk.import_().changes.lines[0].remarks == remarks


@pytest.mark.parametrize(
    ("updated", "remarks"),
    [("2021-04-07 20:00:00 +0200", ()), ("2021-04-08 00:00:00 +0200", ("Dossier modifié après la clôture.",))],
)
def test_the_platform_s_own_date_tells_whether_it_is_late(monkeypatch, updated, remarks):
    monkeypatch.setitem(HEADERS_OF_EXPORTS, "maj", "Dernière mise à jour le")
    desk = new_desk(maj="2021-03-01 08:00:00 +0100")
    desk.platform["101"] |= {"projet": "Bêta", "maj": updated}
    desk.now = CLOSED
    assert desk.import_().changes.lines[0].remarks == remarks
    before = desk.lines
    desk.last_run = LastRun()
    desk.refresh()
    assert desk.lines == before != []


@pytest.mark.parametrize("lost", ["state", "tab", "kill", "rows"])
def test_what_was_imported_is_known_without_the_state_folder_or_without_the_tab(lost):
    desk = new_desk()
    desk.type("101", "projet", "Alpha, corrigé")
    desk.platform["101"] |= {"nombre_eig": "3", "programme": "217"}
    desk.import_(killed=lost == "kill")
    before = desk.lines
    assert len(before) == 2
    if lost == "state":
        desk.last_run = LastRun()
    elif lost == "tab":
        desk.drop_tab()
    elif lost == "rows":  # somebody deleted the lines, sorted the rest
        desk.storage.save([replace(tab, rows=[*tab.rows[:2], *[row for row in tab.rows[2:] if not row[0]]])
                          if tab.name == CHANGES else tab for tab in desk.storage.tabs])  # fmt: skip
    desk.refresh()
    assert desk.lines == before
    desk.import_()
    assert desk.lines == before
    desk.platform["101"]["projet"] = "Alpha "
    assert not desk.planned().plan


def test_a_machine_that_was_away_believes_the_tab():
    desk = new_desk()
    away = desk.last_run
    desk.platform["101"]["projet"] = "Bêta"
    desk.import_()
    desk.type("101", "projet", "Bêta")
    desk.refresh()
    desk.last_run = away
    desk.type("101", "projet", "Bêta, corrigé")
    desk.import_()
    assert desk.lines == []


def test_a_received_value_that_somebody_edited_in_the_tab_is_not_believed():
    desk = new_desk()
    desk.platform["101"]["projet"] = "Bêta"
    desk.import_()
    [row] = [number for number, cells in enumerate(desk.tab.rows, 1) if cells and cells[0] == "101"]
    put(desk.storage, CHANGES, f"E{row}", "Autre chose")
    desk.last_run = LastRun()
    desk.refresh()
    assert desk.lines == []
    desk.import_()
    assert [line[4] for line in desk.lines] == ["Bêta"]


def test_a_dossier_that_was_typed_by_hand_is_compared_at_once():
    desk = Desk({"101": {"projet": "Bêta", "nombre_eig": "2"}})
    desk.storage.save(book(dossiers=[dossier("101")], evaluations=[]).tabs)
    run = desk.import_()
    assert [line.header for line in run.changes.lines] == told(run) == ["Nom du projet"]


def test_a_tab_of_people_s_that_has_its_name_is_left_alone():
    desk = new_desk()
    desk.drop_tab()
    desk.storage.save([*desk.storage.tabs, TabSnapshot(CHANGES, [["à nous"]])])
    desk.platform["101"]["projet"] = "Bêta"
    run = desk.import_()
    assert desk.tab.rows == [["à nous"]]
    assert len(run.changes.lines) == 1


def test_a_tab_that_nobody_lets_us_write_is_left_and_what_it_would_say_is_kept():
    desk = new_desk()
    desk.platform["101"]["projet"] = "Bêta"
    reading, imported = desk.reading, desk.planned().imported
    refused = replace(reading.snapshot, refused={CHANGES: "protégé"})
    run = plan_import_run(replace(reading, snapshot=refused), imported, desk.last_run, desk.now, "export.csv")
    assert run.plan.operations == ()
    desk.last_run = run.last_run
    desk.refresh()
    assert [line[4] for line in desk.lines] == ["Bêta"]


def test_candidates_and_dossiers_of_the_same_number_are_told_apart():
    desk = new_desk()
    other = Desk({"101": {"nom": "Lovelace", "experience": "4"}}, TALENTS, desk.storage, desk.last_run)
    other.import_()
    desk.last_run = other.last_run
    desk.platform["101"]["projet"], other.platform["101"]["nom"] = "Bêta", "Byron"
    desk.import_()
    other.last_run = desk.last_run
    other.import_()
    assert [line[:2] + line[3:] for line in desk.lines] == [
        ("101", "Nom du projet", "Alpha", "Bêta"),
        ("101", "Nom", "Lovelace", "Byron"),
    ]
    other.last_run = LastRun()  # another machine believes the tab, of both
    other.type("101", "nom", "Byron")
    other.refresh()
    assert [line[1] for line in desk.lines] == ["Nom du projet"]


class TestFill:
    def test_fills_what_the_first_import_left_blank_and_nothing_else(self):
        desk = new_desk(administration=None)
        desk.type("101", "nombre_eig", 3)
        desk.platform["101"] |= {"administration": "Phares", "programme": "217", "email_porteur": "a@exemple.invalid"}
        put(desk.storage, TAB, desk.cell("101", "programme"), "352")
        run = desk.import_(fill=True)
        assert run.filled == (("101", "administration"), ("101", "email_porteur"))
        tab = desk.reading.layout.tabs["candidatures"]
        assert tab.tab.value(desk.row("101"), tab.columns["administration"]) == "Phares"
        assert [line[1] for line in desk.lines] == ["N° de programme budgétaire"]
        assert told(run) == ["N° de programme budgétaire"]
        assert not desk.planned(fill=True).plan

    def test_without_it_what_is_blank_is_listed(self):
        desk = new_desk()
        desk.platform["101"]["administration"] = "Phares"
        assert not any(isinstance(operation, FillCells) for operation in desk.import_().plan.operations)
        assert [line[3:] for line in desk.lines] == [(None, "Phares")]

    def test_is_refused_by_the_proof_where_people_type_meanwhile(self):
        desk = new_desk()
        desk.platform["101"]["administration"] = "Phares"
        reading = desk.reading
        shared = replace(reading.snapshot.capabilities, concurrent_editors=True)
        run = desk.planned(fill=True)
        with pytest.raises(OwnershipError):
            plan_import_run(
                replace(reading, snapshot=replace(reading.snapshot, capabilities=shared)), run.imported, desk.last_run,
                desk.now, "export.csv", fill=True,
            )  # fmt: skip


FIELDS = {
    PROJECTS: {"Nom du projet": "projet", "Nombre d’EIG demandés": "nombre_eig"},
    TALENTS: {"Nom": "nom", "Années d’expérience": "experience"},
}
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


@settings(max_examples=examples(8, long=60))
@given(st.sampled_from([*FIELDS]), st.lists(ACTS, max_size=14))
def test_lines_stand_as_the_rule_says_whatever_is_done_in_any_order(of, acts):
    headers = FIELDS[of]
    fields = [*headers.values()]
    desk = Desk({number: dict.fromkeys(fields, "2") for number in NUMBERS}, of)
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
            elif kind == "drop tab" and {*desk.last_run.imports_of(of.tab).received.fingerprints} >= {*tab_cells(desk)}:
                desk.drop_tab()
            desk.refresh()
            model.look()
        assert {(number, headers[header], value) for number, header, _, _, value in desk.lines} == model.standing
        assert not desk.refresh()


def tab_cells(desk: Desk) -> list[str]:
    rows = desk.tab.rows if desk.tab else []
    return [row[-1] for row in rows if len(row) == len(TABLE.sheet_headers) and row[-1] != "Empreinte"]
