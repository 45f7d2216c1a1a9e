"""Measures a `sync` of the whole demonstration beside one of its call for projects alone, on the same day.

Both are folders that `demo` lays out: one with its candidates in a workbook of their own, its slots and milestones,
the other without these tabs. Each `sync` is a whole process, whose seconds of processor count; they are interleaved,
and the median of each is kept.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

from eig_sheets import sample
from eig_sheets.cli.session import Session
from eig_sheets.sample.commands import FILES, create, synchronised
from eig_sheets.sample.commands_jury import put_to_work

DAYS = (date(2021, 7, 1), date(2021, 12, 1))
MOST = 1.5


def main() -> None:
    """Print the measures, beside what is aimed at."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--days", type=int, default=len(DAYS), help="only so many of the days")
    chosen = parser.parse_args()
    for day in DAYS[: chosen.days]:
        with tempfile.TemporaryDirectory() as place:
            whole = made(Path(place) / "whole", day, FILES[1])
            alone = made(Path(place) / "alone", day, None)
            for what, prepare in (("nothing changed", _nothing), ("everything to write", _forget)):
                pairs = [(seconds(whole, day, prepare), seconds(alone, day, prepare)) for _ in range(chosen.rounds)]
                ours, peer = (statistics.median(column) for column in zip(*pairs, strict=True))
                aim = "ok" if ours <= MOST * peer else "MISSED"
                print(f"{day}, {what}: {ours:.2f} s, the call for projects alone {peer:.2f} s: "
                      f"× {ours / peer:.2f}, aim ≤ {MOST} {aim}")  # fmt: skip


def made(folder: Path, day: date, talents: str | None) -> Path:
    """The configuration of a demonstration of a day; without `talents`, of its call for projects alone."""
    path = sample.write_config(folder, FILES[0], talents)
    sample.add_sections(path)
    if talents is None:
        _replace(path, r"^# people_tabs = .*$", 'people_tabs = ["parametres"]')
    session = Session(str(path), None, datetime.combine(day, time(12)), verbose=0, quiet=True)
    create(session, day)
    put_to_work(session, day, folder)
    synchronised(session)
    return path


def seconds(path: Path, day: date, prepare: Callable[[Path], None]) -> float:
    """Seconds of processor of one sync, the start of the program included."""
    prepare(path)
    before = _used()
    command = [sys.executable, "-m", "eig_sheets", "-q", "--config", str(path), "--today", day.isoformat(), "sync"]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"})
    return _used() - before


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _nothing(_path: Path) -> None:
    """As a quiet night finds it."""


def _forget(path: Path) -> None:
    """Make every robot's tab different from what it should be: the banner, which each of them has."""
    _replace(path, r'^banner = "([^"]*)"', r'banner = "\1."')


def _replace(path: Path, line: str, other: str) -> None:
    path.write_text(re.sub(line, other, path.read_text(), flags=re.MULTILINE))


if __name__ == "__main__":
    main()
