"""`Vœux reçus`, import after import: nothing is lost or doubled whatever people do of it, and the rules read it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eig_sheets.call.applications.importing.plan import plan_import
from eig_sheets.call.applications.plan_undo import Undo, last_import, plan_undo
from eig_sheets.call.results import compute
from eig_sheets.campaign import since_last_run
from eig_sheets.campaign.plans import checked_plan, journal_with, written
from eig_sheets.campaign.reading import Reading, read
from eig_sheets.campaign.robot_sheets import journal_sheet
from eig_sheets.features.talents.checks_choices import WishCells
from eig_sheets.features.talents.import_kinds import WISHES, current_answers
from eig_sheets.features.talents.wishes import RECEIVED
from eig_sheets.features.talents.wishes_import import (
    WishesRun,
    can_be_written,
    plan_wishes_run,
    wishes_sheet,
    with_known_wishes,
)
from eig_sheets.features.talents.wishes_schema import WISHES_SCHEMA
from eig_sheets.features.talents.wishes_tab import TABLE
from eig_sheets.spreadsheet.memory import MemoryWorkbook, Storage
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from eig_sheets.storage.last_run import LastRun
from eig_sheets.workbook import journal
from tests.call.applications.importing.support import HEADERS_OF_WISHES, export_of
from tests.columns import EIG5
from tests.effort import examples
from tests.spreadsheet.memory_desk import put
from tests.workbook.snapshots import book, dossier, tab

pytestmark = pytest.mark.newest

TAB = "Vœux reçus"
PROJECTS = (dossier("101", projet="Phare", decision="Lauréat"), dossier("102", projet="Bouée", decision="Lauréat"))
PEOPLE = (
    {"candidature": "501", "prenom": "Ada", "nom": "Lovelace", "email": "ada@x.example", "statut": "Présélectionné"},
    {"candidature": "502", "prenom": "Emmy", "nom": "Noether", "email": "emmy@x.example", "statut": "Auditionné"},
    {"candidature": "503", "prenom": "Dora", "nom": "Maar", "email": "dora@x.example", "statut": "À évaluer"},
)


def answer(number="7001", candidature="501", *choices, at="2021-05-28 10:00:00 +0200", **fields):
    chosen = dict(zip(("voeu_1", "voeu_2", "voeu_3"), choices or ("Phare",), strict=False))
    return {"numero": number, "candidature": candidature, "date_depot": at, **chosen, **fields}


@dataclass
class Desk:
    """A workbook in memory, the state folder of this machine, what the platform says, and a clock."""

    platform: list[dict[str, object]] = field(default_factory=list)
    storage: Storage = field(default_factory=Storage)
    last_run: LastRun = field(default_factory=LastRun)
    now: datetime = datetime(2021, 6, 1, 9)

    def __post_init__(self):
        if not self.storage.tabs:
            self.storage.save(book(PROJECTS, [], [], tab("talents", PEOPLE)).tabs)
            line = journal.line(self.now, journal.DONE, "Première synchronisation.")
            sheet = journal_with(self.reading, self.last_run, line)
            MemoryWorkbook(self.storage).apply(checked_plan(self.reading, written(self.reading, sheet)))
            self.last_run = LastRun(outputs=since_last_run.outputs_of({"journal": sheet}))

    @property
    def reading(self) -> Reading:
        return read(MemoryWorkbook(self.storage).read(), EIG5)

    def planned(self) -> WishesRun:
        reading = with_known_wishes(self.reading, self.last_run)
        export, names = export_of(*self.platform, headers=HEADERS_OF_WISHES), WISHES.settings(EIG5.imports)
        imported = plan_import(
            export, current_answers(reading.of(RECEIVED).answers), names, WISHES_SCHEMA, EIG5.zone, WISHES
        )
        self.now += timedelta(minutes=1)
        return plan_wishes_run(reading, imported, self.last_run, self.now, "voeux.csv")

    def import_(self, *platform: dict[str, object]) -> WishesRun:
        self.platform = [*platform] or self.platform
        run = self.planned()
        MemoryWorkbook(self.storage).apply(run.plan)
        self.last_run = run.last_run
        return run

    def refresh(self) -> bool:
        """What `sync` does for that tab; whether it wrote anything."""
        sheet = wishes_sheet(with_known_wishes(self.reading, self.last_run))
        operations = written(self.reading, sheet)
        MemoryWorkbook(self.storage).apply(checked_plan(self.reading, operations))
        lines = journal_sheet(self.reading, since_last_run.lines_of(self.reading))
        outputs = since_last_run.outputs_of({"journal": lines, sheet.id: sheet})
        self.last_run = replace(self.last_run, outputs={**self.last_run.outputs, **outputs})
        return bool(operations)

    @property
    def rows(self) -> list[dict[str, object]]:
        there = MemoryWorkbook(self.storage).read().tab(TAB)
        rows = [] if there is None else [*there.rows]
        top = next((place for place, row in enumerate(rows) if row and row[0] == TABLE.sheet_headers[0]), len(rows))
        return [dict(zip(TABLE.sheet_headers, row, strict=False)) for row in rows[top + 1 :] if any(row)]

    @property
    def outcomes(self) -> list[tuple[object, object]]:
        return [(row["N° de la réponse"], str(row["Suite"]).split(".")[0]) for row in self.rows]

    def put(self, row: int, header: str, value: object) -> None:
        cell = f"{chr(ord('A') + TABLE.sheet_headers.index(header))}{row}"
        put(self.storage, TAB, cell, value)

    def type(self, nth: int, field_id: str, value: object) -> None:
        layout = self.reading.layout.tabs["talents"]
        put(self.storage, "Talents", layout.cell(field_id, layout.header_row + nth), value)

    def wishes(self, candidature: str) -> list[object]:
        rows = with_known_wishes(self.reading, self.last_run).valid_rows("talents")
        return rows.loc[rows["candidature"] == candidature, ["voeu_1", "voeu_2", "voeu_3"]].iloc[0].tolist()

    @property
    def anomalies(self) -> list[tuple[str, str, str | None]]:
        anomalies = compute(with_known_wishes(self.reading, self.last_run)).anomalies
        return [(anomaly.code, anomaly.tab, anomaly.cell) for anomaly in anomalies if anomaly.code.startswith("voeu")]

    def drop(self, *rows: int) -> None:
        """Delete these rows of the tab, or all of it."""
        tabs = []
        for sheet in self.storage.tabs:
            if sheet.name != TAB:
                tabs.append(sheet)
            elif rows:
                kept = [row for number, row in enumerate(sheet.rows, 1) if number not in rows]
                tabs.append(replace(sheet, rows=kept))
        self.storage.save(tabs)


TOP = 2
"""The row of the first answer, under the headers."""


@pytest.mark.slow
def test_an_answer_is_kept_with_what_becomes_of_it_and_the_rules_read_it():
    desk = Desk()
    run = desk.import_(answer("7001", "501", "102", "phare"), answer("7002", "", "Bouée", email="EMMY@x.example"))
    assert [row["Candidat"] for row in desk.rows] == ["Ada Lovelace", "Emmy Noether"]
    assert [(row["Vœu 1"], row["Vœu 2"], row["Suite"]) for row in desk.rows] == [
        ("102", "101", "Compte."), ("102", None, "Compte."),
    ]  # fmt: skip
    assert (desk.wishes("501"), desk.wishes("502"), desk.wishes("503")) == (
        ["102", "101", None], ["102", None, None], [None] * 3,
    )  # fmt: skip
    received = desk.reading.valid_rows("talents")["voeux_le"].tolist()
    assert received[:2] == [datetime(2021, 5, 28, 10)] * 2
    assert (desk.anomalies, len(run.added)) == ([], 2)
    assert desk.reading.tables["talents"].frame["voeu_1"].isna().all()  # people's cells are not written


def test_the_same_export_again_writes_nothing_and_nor_does_a_sync():
    desk = Desk()
    desk.import_(answer(), answer("7002", "502"))
    assert not desk.planned().plan
    assert not desk.import_().added
    assert not desk.refresh()


@pytest.mark.slow
def test_the_last_answer_before_the_deadline_holds_and_later_ones_are_late():
    desk = Desk()
    late = answer("7003", "501", "102", at="2021-06-01 00:00:00 +0200")
    desk.import_(answer("7001"), answer("7002", "501", "102", at="2021-05-31 23:59:40 +0200"), late)
    assert desk.outcomes == [
        ("7001", "Remplacée par une réponse plus récente"),
        ("7002", "Compte"),
        ("7003", "Donnée après la clôture\u202f: ne compte pas"),
    ]
    assert desk.wishes("501") == ["102", None, None]
    assert desk.anomalies == [("voeux_recus_tardifs", TAB, f"G{TOP + 2}")]


@pytest.mark.slow
def test_an_answer_that_changes_on_the_platform_is_another_version_and_none_is_lost():
    desk = Desk()
    desk.import_(answer())
    desk.import_(answer("7001", "501", "Bouée", modifie_le="2021-05-30 08:00:00 +0200"))
    desk.import_(answer("7001", "501", "101", "102", modifie_le="2021-06-01 08:00:00 +0200"))
    assert [row["Choix 1"] for row in desk.rows] == ["Phare", "Bouée", "101"]
    assert desk.wishes("501") == ["102", None, None]
    assert not desk.planned().plan


@pytest.mark.slow
def test_what_nobody_can_tell_is_said_and_kept():
    desk = Desk()
    desk.type(3, "email", "emmy@x.example")
    desk.import_(
        answer("7001", "999"), answer("7002", "", email="emmy@x.example"), answer("7003", "501", "Nulle part", "101"),
        answer("7004", "503"),
    )  # fmt: skip
    assert desk.anomalies == [
        ("voeux_sans_preselection", "Talents", desk.reading.layout.tabs["talents"].cell("statut", 4)),
        ("voeux_inconnus", TAB, f"B{TOP}"),
        ("voeux_ambigus", TAB, f"C{TOP + 1}"),
        ("voeu_recu_inconnu", TAB, f"D{TOP + 2}"),
    ]
    assert desk.wishes("501") == [None, "101", None]
    desk.type(2, "candidature", "999")  # once the tab says whose it is, the answer counts
    assert ("voeux_inconnus", TAB, f"B{TOP}") not in desk.anomalies


@pytest.mark.slow
def test_what_people_typed_wins_and_a_difference_is_an_anomaly_where_they_typed():
    desk = Desk()
    desk.type(1, "voeu_1", "101")
    desk.import_(answer("7001", "501", "102", "Nulle part"))
    assert desk.wishes("501") == ["101", None, None]
    cell = desk.reading.layout.tabs["talents"].cell("voeu_1", 2)
    assert desk.anomalies == [("voeux_differents", "Talents", cell)]
    assert WishCells(desk.reading).at("501", "voeu_1") == ("Talents", cell)
    desk.type(1, "voeu_1", "102")
    assert desk.anomalies == []
    desk.type(1, "voeu_1", None)
    assert WishCells(desk.reading).at("501", "voeu_2") == (TAB, f"E{TOP}")


@pytest.mark.slow
@pytest.mark.parametrize("way", ["edit", "delete", "delete all", "sort"])
def test_what_people_do_of_the_tab_is_undone_by_the_next_run_and_counts_at_once(way):
    desk = Desk()
    desk.import_(answer("7001", "501", "102"), answer("7002", "502", "101"))
    before = desk.rows
    match way:
        case "edit":
            desk.put(TOP, "Choix 1", "101")
        case "delete":
            desk.drop(TOP)
        case "delete all":
            desk.drop()
        case "sort":
            rows = desk.rows
            for place, row in enumerate((rows[1], rows[0])):
                for header in TABLE.sheet_headers:
                    desk.put(TOP + place, header, row.get(header))
    assert (desk.wishes("501"), desk.wishes("502"), desk.anomalies) == (["102", None, None], ["101", None, None], [])
    desk.refresh()
    assert sorted(desk.rows, key=str) == sorted(before, key=str)
    assert not desk.refresh()


@pytest.mark.slow
def test_a_machine_that_knows_nothing_leaves_an_edited_row_to_the_one_that_does():
    desk = Desk()
    desk.import_(answer("7001", "501", "102"), answer("7002", "502", "101"))
    desk.put(TOP, "Choix 1", "101")
    away = Desk(desk.platform, desk.storage)
    away.now += timedelta(hours=1)
    assert away.wishes("501") == [None] * 3
    assert away.anomalies == [("voeux_recus_modifies", TAB, f"A{TOP + 1}")]
    away.refresh()
    assert not away.refresh()
    assert [row["Choix 1"] for row in away.rows] == ["101", "101"]
    desk.refresh()
    assert desk.wishes("501") == ["102", None, None]
    assert [row["Choix 1"] for row in desk.rows] == ["102", "101"]


def test_the_export_again_restores_what_no_machine_knows():
    desk = Desk()
    desk.import_(answer("7001", "501", "102"))
    desk.put(TOP, "Choix 1", "101")
    desk.last_run = LastRun()
    desk.import_()
    assert desk.wishes("501") == ["102", None, None]


@pytest.mark.slow
def test_an_import_is_undone_alone_and_may_be_done_again():
    desk = Desk()
    desk.import_(answer("7001", "501", "102"))
    before = desk.rows
    record = desk.import_(answer("7001", "501", "101"), answer("7002", "502")).record
    undo = undone(desk, record)
    assert [(row.number, row.why) for row in undo.rows] == [("7002", ""), ("7001", "")]
    assert desk.rows == before
    assert not desk.refresh()
    assert len(desk.import_(answer("7002", "502")).added) == 1


def undone(desk: Desk, record) -> Undo:
    assert last_import([record], desk.reading, desk.last_run) == record
    undo = plan_undo(desk.reading, record, desk.last_run, desk.now + timedelta(minutes=1))
    MemoryWorkbook(desk.storage).apply(undo.plan)
    desk.last_run = undo.after
    return undo


def test_a_tab_of_people_s_that_has_its_name_is_left_alone():
    desk = Desk()
    desk.storage.save([*desk.storage.tabs, TabSnapshot(TAB, [["à nous"]])])
    assert not can_be_written(desk.reading)
    desk.import_(answer())
    assert desk.reading.snapshot.tab(TAB).rows == [["à nous"]]


ACTS = st.one_of(
    st.tuples(st.just("answer"), st.sampled_from(["7001", "7002"]), st.sampled_from(["101", "102"])),
    st.tuples(st.sampled_from(["import", "killed", "refresh", "edit", "delete", "drop", "sort"])),
)


@pytest.mark.slow
@settings(max_examples=examples(6, long=60))
@given(st.lists(ACTS, max_size=12))
def test_every_answer_that_was_imported_is_there_whatever_is_done_in_any_order(acts):
    desk, said, known = Desk([answer()]), {"7001": "Phare"}, []
    desk.import_()
    known.append(("7001", "Phare"))
    for kind, *what in acts:
        if kind == "answer":
            said[what[0]] = what[1]
            desk.platform = [answer(number, "501", choice) for number, choice in said.items()]
        elif kind in ("import", "killed"):
            before = desk.last_run
            desk.import_()
            for number, choice in said.items():
                last = [earlier for of, earlier in known if of == number]
                known += [(number, choice)] if last[-1:] != [choice] else []
            if kind == "killed":
                desk.last_run = before
        elif kind in ("edit", "delete"):
            desk.refresh()
            desk.put(TOP, "Choix 2", "102") if kind == "edit" else desk.drop(TOP)
        elif kind == "drop":
            desk.refresh()
            desk.drop()
        desk.refresh()
        assert sorted((str(row["N° de la réponse"]), row["Choix 1"]) for row in desk.rows) == sorted(known)
        assert not desk.refresh()
