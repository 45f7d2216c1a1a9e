"""`emails archive` from the command line: what it copies and empties, what it says, and a kill at any of its writes."""

from __future__ import annotations

import signal
import subprocess
import sys
import zipfile

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from tests.effort import spread
from tests.in_memory import storage_at
from tests.nightly import Robot
from tests.people_cells import people
from tests.program import environment
from tests.spreadsheet.xlsx.package_check import problems

pytestmark = pytest.mark.in_memory

LATER = ("--today", "2021-05-10")
"""Convocations and reminders of the demo are obsolete by then."""
OUTBOX, ARCHIVE = "E-mails à envoyer", "E-mails archivés"
DYING = """
import os, signal, sys
from eig_sheets.cli import main
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook

apply, left = XlsxWorkbook.apply, [int(sys.argv.pop(1))]

def dying(self, plan):
    warnings = apply(self, plan)
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    return warnings

XlsxWorkbook.apply = dying
sys.argv = ["eig-sheets", *sys.argv[1:]]
main()
"""


def texts(demo, name):
    tab = demo.read().tab(name)
    robot = Robot(demo)
    return {row["Id"]: (row["Objet"], row["Message"]) for row in robot.tab(name).rows} if tab else {}


@pytest.mark.slow
def test_obsolete_drafts_are_copied_and_their_rows_emptied(demo):
    before = texts(demo, OUTBOX)
    told = demo.run(*LATER, "emails", "archive", "--dry-run", "--format", "json").records
    assert texts(demo, ARCHIVE) == {}
    done = demo.run(*LATER, "emails", "archive", "--format", "json")
    gone = {record["id"] for record in done.records}
    assert {record["action"] for record in done.records} == {"archivée"}
    assert f"{len(gone)} lignes archivées." in done.err
    assert texts(demo, ARCHIVE) == {key: text for key, text in before.items() if key in gone}
    assert gone.isdisjoint(texts(demo, OUTBOX))
    assert {record["tab"] for record in told} == {OUTBOX, ARCHIVE}
    again = demo.run(*LATER, "emails", "archive")
    assert (again.code, again.out.strip(), again.own.count("ligne")) == (0, "Aucun brouillon obsolète.", 0)


@pytest.mark.slow
@pytest.mark.on_a_file
def test_in_a_file_nothing_else_of_people_s_changes(demo):
    assert demo.run(*LATER, "sync").code == 0
    before = people(demo.workbook)
    done = demo.run(*LATER, "emails", "archive", "--format", "json")
    rows = {record["row"] for record in done.records}
    lost = before.lost(people(demo.workbook))
    assert lost
    assert {line.split("!")[0] for line in lost} == {OUTBOX}
    assert {int("".join(filter(str.isdigit, line.split("!")[1].split(":")[0]))) for line in lost} == rows
    assert problems(demo.workbook) == []
    written = demo.bytes
    assert demo.run(*LATER, "sync").code == 0
    assert demo.bytes == written


def looks(path):
    """How each cell of the outbox looks: its fill, its border and its format."""
    cells = [cell for row in openpyxl.load_workbook(path)[OUTBOX].iter_rows() for cell in row]
    return {cell.coordinate: (cell.fill.fgColor.rgb, repr(cell.border), cell.number_format) for cell in cells}


@pytest.mark.slow
@pytest.mark.on_a_file
def test_an_emptied_row_keeps_the_colours_that_people_gave_it(demo):
    assert demo.run(*LATER, "sync").code == 0
    book = openpyxl.load_workbook(demo.workbook)
    for row in book[OUTBOX].iter_rows(min_row=2):
        for cell in row:
            cell.fill = PatternFill("solid", fgColor="FF00B050")
    book.save(demo.workbook)
    before = looks(demo.workbook)
    emptied = [record["row"] for record in demo.run(*LATER, "emails", "archive", "--format", "json").records]
    tab = demo.read().tab(OUTBOX)
    assert emptied
    assert {tab.value(row, column) for row in emptied for column in range(20)} == {None}
    assert looks(demo.workbook) == before


@pytest.mark.slow
@pytest.mark.on_a_file
def test_a_name_that_refers_to_a_row_keeps_it(demo):
    parts = {}
    with zipfile.ZipFile(demo.workbook) as file:
        parts = {info: file.read(info) for info in file.infolist()}
    with zipfile.ZipFile(demo.workbook, "w", zipfile.ZIP_DEFLATED) as file:
        for info, data in parts.items():
            name = b"<definedName name=\"suivie\">'E-mails \xc3\xa0 envoyer'!$F$3</definedName></definedNames>"
            file.writestr(info, data.replace(b"</definedNames>", name) if info.filename == "xl/workbook.xml" else data)
    done = demo.run(*LATER, "emails", "archive", "--format", "json")
    kept = [record for record in done.records if record["action"] == "à supprimer"]
    assert kept
    assert {record["reason"] for record in kept} == {"le nom «\u202fsuivie\u202f» y renvoie"}
    assert [record["row"] for record in kept] == [3]


@pytest.mark.slow
@pytest.mark.on_a_file
@pytest.mark.parametrize("writes", spread(2, [2, 1, 3]))
def test_a_kill_after_any_of_its_writes_loses_nothing(demo, writes):
    before = texts(demo, OUTBOX)
    command = [sys.executable, "-c", DYING, str(writes), *map(str, demo.arguments(*LATER, "emails", "archive"))]
    done = subprocess.run(command, env=environment(), capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL
    left, copied = texts(demo, OUTBOX), texts(demo, ARCHIVE)
    assert before == {key: left.get(key) or copied.get(key) for key in before}
    assert demo.run(*LATER, "emails", "archive").code == 0
    states = {row["Id"]: row["État"] for row in Robot(demo).tab("Envois").rows}
    assert "Obsolète" not in states.values()
    assert {key for key, state in states.items() if state == "Archivé"} == {*texts(demo, ARCHIVE)}
    assert {key: text for key, text in texts(demo, ARCHIVE).items() if key in before} == {
        key: text for key, text in before.items() if states[key] == "Archivé"
    }


@pytest.mark.slow
def test_a_tab_of_people_s_that_has_the_name_of_the_archive_is_to_be_renamed(demo):
    stored = storage_at(demo.workbook)
    stored.save([*stored.tabs, TabSnapshot(ARCHIVE, [["à nous"]])])
    before = texts(demo, OUTBOX)
    done = demo.run(*LATER, "emails", "archive", "--format", "json")
    assert {record["reason"].replace("\u202f", " ") for record in done.records} == {
        "un onglet de l’équipe s’appelle déjà « E-mails archivés » : renommez-le, puis relancez"
    }
    assert before.items() <= texts(demo, OUTBOX).items()
    assert demo.read().tab(ARCHIVE).rows[0][0] == "à nous"


def test_a_mistake_is_told(demo):
    assert demo.run("emails", "archive", "--format", "xml").code == 2
