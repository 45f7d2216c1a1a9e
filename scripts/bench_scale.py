"""Measures how the pure part of a run grows: the ranking alone, and the whole plan up to what a spreadsheet can hold.

Each size is a process of its own, which builds the snapshot, then times `plan_sync` on it: nothing is read or written.
The peak of memory is that of the process, with pandas and the snapshot in it.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the program does, before numpy is imported

import pandas as pd
from bench import dossiers

from eig_sheets import config, loading, sample
from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.scoring.calibration import calibrate
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.config import Campaign
from eig_sheets.emails.drafting.drafts import load_templates
from eig_sheets.run.known import Clock, Known
from eig_sheets.run.nightly import plan_sync, reading_for
from eig_sheets.spreadsheet.model.capabilities import PLAIN
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.storage.last_run import LastRun

SIZES, REVIEWS, JURORS = (1_000, 3_000, 10_000, 40_000), 5, 100
PROPOSALS, VOTES, PLACES, NOTE_RANGE = 353, 8, 120, 15.0
NOON = datetime(2021, 4, 30, 12)
AIMS = {"ranking": 1.0, "plan": 30.0, "exponent": 1.15, "memory": 2.0}


def main() -> None:
    """Print the measures, beside what is aimed at."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--one", type=int, help="in this process, so many dossiers")
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(measure(chosen.one)))
        return
    seconds = ranking()
    what = f"{PROPOSALS} proposals × {VOTES} votes, corrected ranking"
    print(f"{what}: {seconds:.2f} s, {_aim(seconds, AIMS['ranking'], 's')}")
    found = {size: apart(size) for size in chosen.sizes}
    for size, (took, last_run) in found.items():
        print(f"{size:6} dossiers × {REVIEWS} × 5: plan {took:6.2f} s, peak of the process {last_run:5.2f} GiB")
    took, last_run = found[max(found)]
    print(f"the largest: {_aim(took, AIMS['plan'], 's')}; {_aim(last_run, AIMS['memory'], 'GiB')}")
    growth = exponent({size: took for size, (took, _) in found.items()})
    print(f"growth exponent from {min(found)} up: {growth:.2f}, {_aim(growth, AIMS['exponent'])}")


def _aim(value: float, most: float, unit: str = "") -> str:
    return f"aim ≤ {most:g} {unit}".rstrip() + (" ok" if value <= most else " MISSED")


def apart(size: int) -> tuple[float, float]:
    """Seconds and GiB of one size, in a process of its own."""
    command = [sys.executable, __file__, "--one", str(size)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    took, last_run = json.loads(answer.stdout)
    return took, last_run


def measure(size: int) -> tuple[float, float]:
    """Seconds of the plan of one size, and the peak of this process in GiB."""
    campaign = loading.load(config.packaged())
    texts, snapshot = load_templates(campaign), snapshot_of(campaign, size)
    gc.disable()  # as the commands do
    start = time.perf_counter()
    known, clock = Known(last_run=LastRun(), texts=texts), Clock(NOON, NOON.date())
    run = plan_sync(reading_for(snapshot, campaign, LastRun()), known, clock)
    took = time.perf_counter() - start
    if run.results is None or len(run.results.of(APPLICATIONS).dossiers) != size:
        raise SystemExit(f"{size} dossiers were not all planned: {run.problems}")
    return took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def exponent(seconds: dict[int, float]) -> float:
    """The slope of a line through the points, both scales logarithmic: 1 where time grows as the size."""
    points = [(math.log(size), math.log(took)) for size, took in seconds.items()]
    middle = [sum(axis) / len(points) for axis in zip(*points, strict=True)]
    across = sum((x - middle[0]) ** 2 for x, _ in points)
    return float(sum((x - middle[0]) * (y - middle[1]) for x, y in points) / across)


def ranking() -> float:
    """Seconds of the corrected ranking of a call as large as that of the method's paper, the best of three."""
    votes = votes_of(PROPOSALS, VOTES, random.Random(5))  # noqa: S311 — a fixed draw, not a secret
    numbers = tuple(sorted(set(votes["numero"])))
    times = []
    for _ in range(3):
        start = time.perf_counter()
        calibrate(votes, numbers, PLACES, NOTE_RANGE)
        times.append(time.perf_counter() - start)
    return min(times)


def votes_of(proposals: int, votes: int, dice: random.Random) -> pd.DataFrame:
    """So many votes a proposal, by panels of jurors that overlap."""
    quality = [dice.gauss(14, 2) for _ in range(proposals)]
    severity = [dice.gauss(0, 1) for _ in range(max(votes + 1, proposals // 10))]
    rows = [
        (
            f"P{number:04}",
            f"jure{juror}",
            min(20.0, max(5.0, round(quality[number] + severity[juror] + dice.gauss(0, 1.5), 2))),
        )
        for number in range(proposals)
        for juror in dice.sample(range(len(severity)), votes)
    ]
    return pd.DataFrame(rows, columns=["numero", "jure", "note"])


def snapshot_of(campaign: Campaign, size: int) -> Snapshot:
    """A workbook of so many dossiers: the sample's real ones again and again, each with its evaluations."""
    dice = random.Random(5)  # noqa: S311 — a fixed draw, not a secret
    made = {sheet.id: sheet for sheet in sample.sheets(schema_of(campaign))}
    rows = {
        "candidatures": dossiers(made["candidatures"], size),
        "jury": ((f"Juré {n}", f"jure{n}@example.org") for n in range(JURORS)),
        "evaluations": evaluations(size, len(campaign.criteria), dice),
    }
    tabs = tuple(_tab(sheet, rows.get(tab_id, sheet.rows)) for tab_id, sheet in made.items())
    return Snapshot(tabs, capabilities=replace(PLAIN, most_rows=max(SIZES)))


def evaluations(size: int, criteria: int, dice: random.Random) -> Iterator[Sequence[object]]:
    """Each dossier's, by different jurors."""
    for number in range(size):
        for juror in dice.sample(range(JURORS), REVIEWS):
            yield (
                str(4_000_000 + number),
                f"jure{juror}@example.org",
                *(dice.randint(2, 8) / 2 for _ in range(criteria)),
            )


def _tab(sheet: Sheet, rows: Iterator[Sequence[object]] | Sequence[Sequence[object]]) -> TabSnapshot:
    width = len(sheet.columns)
    header: list[CellValue] = [column.header for column in sheet.columns]
    filled = [[*row, *[None] * (width - len(row))] for row in rows]
    return TabSnapshot(sheet.name, [header, *filled], mark=sheet.id)  # type: ignore[list-item]


if __name__ == "__main__":
    main()
