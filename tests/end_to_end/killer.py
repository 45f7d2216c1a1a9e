"""Runs `eig-sheets sync` again and again, killed each time, and keeps what each kill and the sync after it left.

`python -m tests.end_to_end.killer FOLDER KILLS ARGUMENTS…`: it forks once everything is imported, so that a kill costs
no start of Python. Every other fuse is lit when the run begins to write: most of a run is reading and computing. The
first run dies by its own hand as it is about to write: that one wrote nothing, however fast the machine is.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
import signal
import sys
import time
from pathlib import Path

from eig_sheets.cli import main
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook
from tests.end_to_end.forked import become


def run(arguments: list[str], tell: int | None = None, *, dying: bool = False) -> int:
    """The process of one run of the program; `tell` is where a byte says that it begins to write, or dies of it."""
    process = os.fork()
    if process:
        return process
    if tell is not None:
        apply = XlsxWorkbook.apply

        def told(self: XlsxWorkbook, plan: object) -> object:
            if dying:
                os.kill(os.getpid(), signal.SIGKILL)
            os.write(tell, b".")
            return apply(self, plan)

        XlsxWorkbook.apply = told
    return become(arguments, silent=2)


def ended(process: int) -> int:
    """How it ended: an exit code, or minus the signal."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def killed(arguments: list[str], delay: float, *, writing: bool, dying: bool) -> int:
    """One run, killed so long after its start, or after it began to write, unless it dies of itself there."""
    reading, telling = os.pipe()
    process = run(arguments, telling, dying=dying)
    os.close(telling)
    if writing:
        os.read(reading, 1)
    if not dying:
        time.sleep(delay)
        os.kill(process, signal.SIGKILL)
    os.close(reading)
    return ended(process)


def imported_all(arguments: list[str]) -> None:
    """One dry run, so that no process below has anything left to import."""
    sys.argv = ["eig-sheets", *arguments, "--dry-run", "--format", "csv"]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
        main()


def kill_again_and_again(folder: Path, kills: int, arguments: list[str]) -> None:
    """Leaves `killed-N.xlsx` and `after-N.xlsx` in the folder."""
    workbook = folder / "campagne.xlsx"
    imported_all(arguments)
    files = {path: path.read_bytes() for path in (workbook, folder / ".eig-sheets" / "etat.sqlite3")}
    start = time.monotonic()
    assert ended(run(arguments)) == 0
    whole = time.monotonic() - start
    delays = random.Random(5)
    for number in range(kills):
        for path, content in files.items():
            path.write_bytes(content)
        writing = number % 2 == 0
        delay = delays.uniform(0, whole / 2 if writing else whole)
        end = killed(arguments, delay, writing=writing, dying=number == 0)
        assert end in (0, -signal.SIGKILL)
        (folder / f"killed-{number}.xlsx").write_bytes(workbook.read_bytes())
        assert ended(run(arguments)) == 0
        (folder / f"after-{number}.xlsx").write_bytes(workbook.read_bytes())


if __name__ == "__main__":
    kill_again_and_again(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
