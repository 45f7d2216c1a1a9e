"""Measures, each as a ratio to a peer that does the same job in the same run: `make bench`.

Every figure is a whole process, started afresh; peers are interleaved with ours so that a slow moment hits both. The
memory of a process is its peak.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl

from eig_sheets import config, loading, sample
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.spreadsheet.model.cells import a1
from eig_sheets.spreadsheet.model.plan import CreateTab, Plan
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook
from eig_sheets.workbook.fields import Kind

SIZES, REVIEWS, JURORS, ROUNDS = (1000, 10_000), 4, 60, 7
LARGE = 5000  # from so many dossiers on, one round
MOST_DECIDED = 120  # of so many dossiers: each laureate has several rows of follow-up, and no call has thousands
PEER = "openpyxl load + save"
TIMED = """
import os, subprocess, sys, time
start = time.perf_counter()
quiet = subprocess.DEVNULL
process = subprocess.Popen(sys.argv[1:], stdout=quiet, stderr=quiet)
_, status, usage = os.wait4(process.pid, 0)
print(time.perf_counter() - start, usage.ru_maxrss)
sys.exit(bool(status))
"""
LOAD_AND_SAVE = "import openpyxl, sys; openpyxl.load_workbook(sys.argv[1]).save(sys.argv[2])"

Task = Callable[[], Sequence[str | Path]]


def main() -> None:
    """Print the table of measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--dossiers", type=int, nargs="+", default=SIZES)
    options = parser.parse_args()
    bench_help(options.rounds)
    for count in options.dossiers:
        with tempfile.TemporaryDirectory() as folder:
            bench_sync(Path(folder), 1 if count >= LARGE else options.rounds, count)


def bench_help(rounds: int) -> None:
    """Start-up: `eig-sheets --help` beside the bare import of Click."""
    ours: Task = lambda: (sys.executable, "-m", "eig_sheets", "--help")  # noqa: E731
    click: Task = lambda: (sys.executable, "-c", "import click")  # noqa: E731
    own, peer = compared(ours, click, 3 * rounds)
    report("eig-sheets --help", "python -c 'import click'", own.seconds, peer.seconds, goal=1.3)


def bench_sync(place: Path, rounds: int, count: int) -> None:
    """A sync of a whole campaign beside openpyxl's load and save of the same workbook."""
    settings = sample.write_config(place)
    book = place / "campagne.xlsx"
    campaign_of(settings, book, count)
    fresh = place / "neuf.xlsx"
    shutil.copy(book, fresh)
    peer: Task = lambda: (sys.executable, "-c", LOAD_AND_SAVE, book, place / "copie.xlsx")  # noqa: E731

    def first() -> Sequence[str | Path]:
        shutil.copy(fresh, book)
        shutil.rmtree(place / ".eig-sheets", ignore_errors=True)
        return sync(settings)

    def changed() -> Sequence[str | Path]:
        change_a_score(book)
        return sync(settings)

    print(f"{count} dossiers × {REVIEWS} évaluations")
    scenes: dict[str, Task] = {
        "everything to write": first,
        "one score changed": changed,
        "nothing changed": lambda: sync(settings),
    }
    is_large = count >= LARGE
    for scene, task in scenes.items():
        own, theirs = compared(task, peer, rounds)
        report(f"sync, {scene}", PEER, own.seconds, theirs.seconds, goal=0.7 if is_large else 0.5)
        report("  memory", PEER, own.megabytes, theirs.megabytes, goal=1 if is_large else None, unit="MB")


def sync(settings: Path) -> Sequence[str | Path]:
    """The command of a quiet sync."""
    return (sys.executable, "-m", "eig_sheets", "--config", settings, "-q", "sync")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took."""

    seconds: float
    megabytes: float


def compared(ours: Task, peer: Task, rounds: int) -> tuple[Cost, Cost]:
    """Median cost of each, interleaved; what prepares a command is not timed."""
    costs: tuple[list[Cost], list[Cost]] = ([], [])
    for _ in range(rounds):
        for task, found in zip((ours, peer), costs, strict=True):
            found.append(cost_of(task()))
    return median(costs[0]), median(costs[1])


def cost_of(command: Sequence[str | Path]) -> Cost:
    """What a command took, whatever it says.

    A small process starts it: Linux counts in the peak of a process what the one that started it had in memory.
    """
    done = subprocess.run((sys.executable, "-IS", "-c", TIMED, *command), stdout=subprocess.PIPE, check=True)
    seconds, peak = map(float, done.stdout.split())
    return Cost(seconds, peak / (2**20 if sys.platform == "darwin" else 1024))


def median(costs: Sequence[Cost]) -> Cost:
    """The median of each."""
    return Cost(statistics.median(one.seconds for one in costs), statistics.median(one.megabytes for one in costs))


def report(what: str, peer: str, ours: float, theirs: float, goal: float | None, unit: str = "s") -> None:
    """One line: what both took, the ratio, and the aim if there is one."""
    ratio = ours / theirs
    aim = f"   aim ≤ {goal:g}   {'ok' if ratio <= goal else 'ABOVE THE AIM'}" if goal else ""
    print(f"{what:64} {ours:7.3f} {unit}   {peer:26} {theirs:7.3f} {unit}   ratio {ratio:5.2f}{aim}")


def campaign_of(settings: Path, book: Path, count: int) -> None:
    """A workbook of the sample's tabs, grown to so many dossiers, jurors and evaluations."""
    campaign = loading.load(settings)
    schema = schema_of(campaign)
    dice = random.Random(5)  # noqa: S311 — a fixed draw, not a secret
    made = {sheet.id: sheet for sheet in sample.sheets(schema)}
    grown = {
        "candidatures": dossiers(made["candidatures"], count, MOST_DECIDED if count >= LARGE else None),
        "jury": tuple((f"Juré {n}", f"jure{n}@example.org") for n in range(JURORS)),
        "evaluations": evaluations(len(campaign.criteria), dice, count),
    }
    sheets = [
        replace(one, rows=tuple(padded(row, len(one.columns)) for row in grown.get(one.id, one.rows)))
        for one in made.values()
    ]
    target = XlsxWorkbook(book, book.parent / "versions")
    target.apply(Plan("", tuple(CreateTab(sheet) for sheet in sheets)))
    subprocess.run((sys.executable, "-m", "eig_sheets", "--config", settings, "-q", "init"), check=True)


def padded(row: Sequence[object], width: int) -> tuple:  # type: ignore[type-arg]
    """The row with blanks at its end."""
    return (*row, *[None] * (width - len(row)))


def dossiers(sheet: Sheet, count: int, decided: int | None = None) -> tuple[tuple[object, ...], ...]:
    """The sample's real dossiers, again and again under other numbers, all received in time.

    `decided`: how many of the first keep their decision; all, if it is None.
    """
    headers = [column.header for column in sheet.columns]
    numero, received, decision = map(headers.index, ("N° de dossier", "Date de dépôt", "Décision"))
    model = [row for row in sheet.rows if row[received]][:15]
    found = []
    for number in range(count):
        row: list[object] = [*model[number % len(model)]]
        row[numero], row[received] = str(4_000_000 + number), datetime(2021, 2, 1) + timedelta(minutes=number)
        if decided is not None and number >= decided:
            row[decision] = None
        found.append(tuple(row))
    return tuple(found)


def evaluations(
    criteria: int, dice: random.Random, count: int, reviews: int = REVIEWS
) -> tuple[tuple[object, ...], ...]:
    """So many evaluations a dossier, by different jurors."""
    rows = []
    for number in range(count):
        for juror in dice.sample(range(JURORS), reviews):
            scores = [dice.randint(2, 8) / 2 for _ in range(criteria)]
            rows.append((str(4_000_000 + number), f"jure{juror}@example.org", *scores))
    return tuple(rows)


def first_score(row: int) -> str:
    """The address of the first score of a row of `Évaluations`."""
    fields = schema_of(loading.load(config.packaged())).tab("evaluations").fields
    return a1(row, next(place for place, field in enumerate(fields) if field.kind is Kind.SCORE))


def change_a_score(book: Path) -> None:
    """Another first score of the first evaluation, in place, as an editor of the file would."""
    workbook = openpyxl.load_workbook(book)
    cell = workbook["Évaluations"][first_score(3)]
    cell.value = 4 if cell.value != 4 else 2
    workbook.save(book)


if __name__ == "__main__":
    main()
