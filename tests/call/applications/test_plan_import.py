"""What an import leaves in the workbook and in the state folder, whatever officers and applicants did in between."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eig_sheets.call.applications.plan_import import ImportRun, plan_import_run
from eig_sheets.spreadsheet.model.plan import FillCells
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from eig_sheets.storage.last_run import LastRun
from eig_sheets.workbook.ownership_check import OwnershipError
from tests.call.applications.import_desk import ACTS, CHANGES, Desk, check_lines
from tests.call.applications.importing.support import HEADERS
from tests.effort import examples
from tests.spreadsheet.memory_desk import put
from tests.workbook.snapshots import book, dossier, evaluation

TAB = "Candidatures"
CLOSED = datetime(2021, 4, 9, 9)


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
    ("updated", "remarks"),
    [("2021-04-07 20:00:00 +0200", ()), ("2021-04-08 00:00:00 +0200", ("Dossier modifié après la clôture.",))],
)
def test_the_platform_s_own_date_tells_whether_it_is_late(monkeypatch, updated, remarks):
    monkeypatch.setitem(HEADERS, "maj", "Dernière mise à jour le")
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


@pytest.mark.slow
@settings(max_examples=examples(8, long=60))
@given(st.lists(ACTS, max_size=14))
def test_lines_stand_as_the_rule_says_whatever_is_done_in_any_order(acts):
    check_lines(Desk({}), {"Nom du projet": "projet", "Nombre d’EIG demandés": "nombre_eig"}, acts)
