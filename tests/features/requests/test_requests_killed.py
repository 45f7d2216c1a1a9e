"""`requests run` killed by the system at each step, on a file: the next run ends what was asked, once."""

import signal
import subprocess
import sys

import pytest

from eig_sheets.features.requests.files_ledger import RequestLedger
from eig_sheets.spreadsheet.model.cells import a1
from tests.effort import slow, spread
from tests.nightly import Table
from tests.program import environment
from tests.spreadsheet.xlsx_desk import edit

DYING = """
import os, signal, sys
from eig_sheets.cli import main
from eig_sheets.features.requests.files_ledger import RequestLedger
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook

owner, name, times, before = {where}
act = getattr(owner, name)

def dying(*arguments):
    global times
    times -= 1
    if before and not times:
        os.kill(os.getpid(), signal.SIGKILL)
    result = act(*arguments)
    if not times:
        os.kill(os.getpid(), signal.SIGKILL)
    return result

setattr(owner, name, dying)
sys.argv = ["eig-sheets", *sys.argv[1:]]
main()
"""
WHERE = [
    "XlsxWorkbook, 'apply', 1, False",  # the claim is in the workbook
    "RequestLedger, 'record', 1, True",
    "RequestLedger, 'record', 1, False",
    "XlsxWorkbook, 'apply', 1, True",
    "RequestLedger, 'record', 2, False",  # begun
    "RequestLedger, 'record', 3, True",  # done
    "RequestLedger, 'record', 3, False",
    "XlsxWorkbook, 'apply', 2, True",
    "XlsxWorkbook, 'apply', 2, False",
]


@pytest.mark.parametrize("where", slow(*spread(5, WHERE)))
def test_the_next_run_ends_what_was_asked(demo, where):
    tab = Table(demo.read().tab("Demandes"))
    row, number = tab.rows[0]["row"], tab.rows[0]["N° de demande"]
    cell = a1(row, tab.headers["Action"])
    edit(demo.workbook, "set", tab="Demandes", cell=cell, value="Procès-verbal")
    command = [sys.executable, "-c", DYING.format(where=where), *map(str, demo.arguments("requests", "run"))]
    done = subprocess.run(command, env=environment(), capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert demo.run("requests", "run").code == 0
    answers = Table(demo.read().tab("Réponses")).rows
    assert [(one["N° de demande"], one["État"]) for one in answers] == [(number, "faite")]
    assert [path.name for path in (demo.folder / "demandes").iterdir()] == [f"proces-verbal-{number}.docx"]
    [recorded] = RequestLedger(demo.folder / ".eig-sheets", str(demo.workbook)).recorded()
    assert recorded.number == number
    written = demo.bytes
    assert demo.run("requests", "run").code == 0
    assert demo.bytes == written
