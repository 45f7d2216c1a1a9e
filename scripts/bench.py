"""Measures, each as a ratio to a peer that does the same job in the same run: `make bench`.

Every figure is a whole process, started afresh; peers are interleaved with ours so that a slow moment hits both.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl

from eig_sheets import config, sample
from eig_sheets.campaign.reading import schema_of
from eig_sheets.workbook.fields import Kind
from eig_sheets.workbook.model.cells import a1
from eig_sheets.workbook.model.plan import CreateTab, Plan
from eig_sheets.workbook.model.sheet import Sheet
from eig_sheets.workbook.xlsx import XlsxWorkbook

DOSSIERS, REVIEWS, JURORS, ROUNDS = 1000, 4, 60, 7
LOAD_AND_SAVE = "import openpyxl, sys; openpyxl.load_workbook(sys.argv[1]).save(sys.argv[2])"

Task = Callable[[], Sequence[str | Path]]


def main() -> None:
    """Print the table of measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--dossiers", type=int, default=DOSSIERS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench_help(options.rounds)
        bench_sync(Path(folder), options.rounds, options.dossiers)


def bench_help(rounds: int) -> None:
    """Start-up: `eig-sheets --help` beside the bare import of Click."""
    ours: Task = lambda: (sys.executable, "-m", "eig_sheets", "--help")  # noqa: E731
    click: Task = lambda: (sys.executable, "-c", "import click")  # noqa: E731
    report("eig-sheets --help", "python -c 'import click'", *compared(ours, click, 3 * rounds), goal=2.5)


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

    what = f"{count} dossiers × {REVIEWS} évaluations"
    report(f"sync, everything to write, {what}", "openpyxl load + save", *compared(first, peer, rounds), goal=1)
    report("sync, one score changed", "openpyxl load + save", *compared(changed, peer, rounds), goal=1)
    report("sync, nothing changed", "openpyxl load + save", *compared(lambda: sync(settings), peer, rounds), goal=1)


def sync(settings: Path) -> Sequence[str | Path]:
    """The command of a quiet sync."""
    return (sys.executable, "-m", "eig_sheets", "--config", settings, "-q", "sync")


def compared(ours: Task, peer: Task, rounds: int) -> tuple[float, float]:
    """Median seconds of each, interleaved; what prepares a command is not timed."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for task, found in zip((ours, peer), times, strict=True):
            command = task()
            start = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            found.append(time.perf_counter() - start)
    return statistics.median(times[0]), statistics.median(times[1])


def report(what: str, peer: str, ours: float, theirs: float, goal: float) -> None:
    """One line: seconds of both, their ratio, and the aim."""
    ratio = ours / theirs
    verdict = "ok" if ratio <= goal else "ABOVE THE AIM"
    print(f"{what:62} {ours:6.3f} s   {peer:26} {theirs:6.3f} s   ratio {ratio:5.2f}   aim ≤ {goal:g}   {verdict}")


def campaign_of(settings: Path, book: Path, count: int) -> None:
    """A workbook of the sample's tabs, grown to so many dossiers, jurors and evaluations."""
    campaign = config.load(settings)
    schema = schema_of(campaign)
    dice = random.Random(5)  # noqa: S311 — a fixed draw, not a secret
    made = {sheet.id: sheet for sheet in sample.sheets(schema)}
    grown = {
        "candidatures": dossiers(made["candidatures"], count),
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


def dossiers(sheet: Sheet, count: int) -> tuple[tuple[object, ...], ...]:
    """The sample's real dossiers, again and again under other numbers, all received in time."""
    headers = [column.header for column in sheet.columns]
    numero, received = headers.index("N° de dossier"), headers.index("Date de dépôt")
    model = [row for row in sheet.rows if row[received]][:15]
    found = []
    for number in range(count):
        row: list[object] = [*model[number % len(model)]]
        row[numero], row[received] = str(4_000_000 + number), datetime(2021, 2, 1) + timedelta(minutes=number)
        found.append(tuple(row))
    return tuple(found)


def evaluations(criteria: int, dice: random.Random, count: int) -> tuple[tuple[object, ...], ...]:
    """So many evaluations a dossier, by different jurors."""
    rows = []
    for number in range(count):
        for juror in dice.sample(range(JURORS), REVIEWS):
            scores = [dice.randint(2, 8) / 2 for _ in range(criteria)]
            rows.append((str(4_000_000 + number), f"jure{juror}@example.org", *scores))
    return tuple(rows)


def first_score(row: int) -> str:
    """The address of the first score of a row of `Évaluations`."""
    fields = schema_of(config.load(config.packaged())).tab("evaluations").fields
    return a1(row, next(place for place, field in enumerate(fields) if field.kind is Kind.SCORE))


def change_a_score(book: Path) -> None:
    """Another first score of the first evaluation, in place, as an editor of the file would."""
    workbook = openpyxl.load_workbook(book)
    cell = workbook["Évaluations"][first_score(3)]
    cell.value = 4 if cell.value != 4 else 2
    workbook.save(book)


if __name__ == "__main__":
    main()
