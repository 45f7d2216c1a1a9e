"""A sync of a Google spreadsheet beside peers that do the same job, on the local server: `make bench`.

Everyone is timed in this process, in alternation, each on a spreadsheet of its own that began as the same one; the
server is another process. At each size: everything to write (after `init`), nothing changed, one score changed.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import bench
import bench_peers
from bench_peers import Place
from bench_server import Server, serving
from bench_table import CHANGED, OURS, SCENES, WRITTEN, Measure, Measures, report

from eig_sheets import config, sample
from eig_sheets.campaign.reading import schema_of
from eig_sheets.cli.init import create_missing
from eig_sheets.cli.pipeline import synchronise
from eig_sheets.cli.session import Session
from eig_sheets.sync.nightly import Run
from eig_sheets.workbook.model.plan import CreateTab, Plan
from eig_sheets.workbook.xlsx import XlsxWorkbook

ROUNDS = {100: 3, 1000: 3, 10_000: 1}
LATENCIES = (0, 150)
PATIENCE = 300
"""Seconds that one sync may take: a peer that needs more is left out from there on."""
DAY = datetime.combine(sample.DAY, datetime.min.time())


class Watched(Session):
    """A session that knows how long it computed, and what it did."""

    run: Run | None = None

    def __init__(self, settings: Path, book_id: str) -> None:
        super().__init__(str(settings), book_id, DAY, 0, quiet=True)
        self.computing = 0.0

    @contextmanager
    def step(self, text: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        if text.startswith("Calcul"):
            self.computing += time.perf_counter() - start

    def changed(self) -> int:
        """How many cells the run changed."""
        return len(self.run.plan.changes(self.run.reading.snapshot)) if self.run else 0


Contender = Callable[[Watched, Place], float]


def ours(session: Watched, _: Place) -> float:
    """What the command does, from reading to remembering; the seconds of it that are computing."""
    session.run = synchronise(session)
    return session.computing


def peer(way: Callable[[Place], Any]) -> Contender:
    return lambda session, place: bench_peers.sync(way, place, session)


@dataclass
class Field:
    """The contenders on one server, and what was measured of each in each scene."""

    server: Server
    settings: Path
    contenders: dict[str, Contender]
    books: dict[str, str] = field(default_factory=dict)
    measures: Measures = field(default_factory=dict)

    def sync(self, name: str, scene: str) -> None:
        """One sync of one contender, measured; one that takes too long leaves the field."""
        place = Place(self.server.url, self.server.key_file, self.books[name])
        session = Watched(self.settings, place.book_id)
        self.server.count_anew()
        gc.collect()
        start, busy = time.perf_counter(), time.process_time()
        try:
            with at_most(PATIENCE):
                computing = self.contenders[name](session, place)
        except TooLongError:
            del self.contenders[name]
            print(f"{name}: left out at this size, a sync takes more than {PATIENCE} s")
            return
        seconds, processor = time.perf_counter() - start, time.process_time() - busy
        measure = Measure(seconds, computing, processor, self.server.traffic(), session.changed())
        self.measures.setdefault((scene, name), []).append(measure)

    def round(self, scene: str, number: int) -> None:
        """One sync of each."""
        for name in [*self.contenders]:
            if scene == WRITTEN:
                self._begin_anew(name)
            elif scene == CHANGED:
                self.server.type(self.books[name], f"Évaluations!{bench.first_score(2)}", 1 + number % 2 * 2.5)
            self.sync(name, scene)

    def _begin_anew(self, name: str) -> None:
        if name in self.books:
            self.server.delete(self.books[name])
        self.books[name] = self.server.copied(self.server.spreadsheet_id)
        if name == OURS:  # people run it on the spreadsheet itself: it remembers how much that weighs
            create_missing(Watched(self.settings, self.books[name]))

    def check_same_results(self, tabs: list[str]) -> None:
        """A benchmark whose contenders do other jobs would say nothing."""
        for tab in tabs:
            wanted = comparable(self.server.values(self.books[OURS], tab))
            for name in self.contenders:
                if comparable(self.server.values(self.books[name], tab)) != wanted:
                    raise SystemExit(f"{name} wrote another « {tab} » than ours")


def comparable(rows: list[list[Any]]) -> list[list[Any]]:
    """Cells as values, without the blanks at the end of rows."""
    kept = []
    for row in rows:
        cells = [round(cell, 9) if isinstance(cell, float) else cell for cell in row]
        while cells and cells[-1] in ("", None):
            cells.pop()
        kept.append(cells)
    return kept


class TooLongError(Exception):
    """Not a TimeoutError, which the clients take for one of the network."""


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Raise TooLongError in what takes longer."""

    def stop(*_: Any) -> None:
        raise TooLongError

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


def main() -> None:
    """Print the tables of measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[*ROUNDS], help="numbers of dossiers")
    parser.add_argument("--latencies", type=float, nargs="+", default=LATENCIES, help="milliseconds")
    options = parser.parse_args()
    contenders = {OURS: ours, **{name: peer(way) for name, way in bench_peers.peers().items()}}
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            settings, book = campaign_of(Path(folder), size)
            for latency in options.latencies:
                with serving(book, latency) as server, environment(server):
                    measured = Field(server, settings, {**contenders})
                    race(measured, ROUNDS.get(size, 1))
                    report(measured.measures, size, latency)


def race(measured: Field, rounds: int) -> None:
    """Every scene, as many times."""
    create_missing(Watched(measured.settings, measured.server.spreadsheet_id))
    for scene in SCENES:
        for number in range(rounds):
            measured.round(scene, number)
    names = schema_of(config.load(measured.settings)).robot_tabs
    measured.check_same_results([names[tab] for tab in ("classement", "cofinancement", "eligibilite", "envois")])


@contextmanager
def environment(server: Server) -> Iterator[None]:
    """Where our own client is led by its environment."""
    led = {"EIG_SHEETS_API_ENDPOINT": server.url, "GOOGLE_APPLICATION_CREDENTIALS": server.key_file}
    before = {name: os.environ.get(name) for name in led}
    os.environ.update(led)
    yield
    for name, value in before.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})


def campaign_of(folder: Path, size: int) -> tuple[Path, Path]:
    """A configuration, and an .xlsx of the tabs that people fill before anything else, with headers at their top."""
    packaged = config.packaged()
    settings = folder / config.CONFIG_NAME
    shutil.copytree(packaged.parent, settings.parent)
    campaign = config.load(settings)
    made = {sheet.id: sheet for sheet in sample.sheets(schema_of(campaign))}
    dice = random.Random(5)  # noqa: S311 (a fixed draw, not a secret)
    rows = {
        "candidatures": bench.dossiers(made["candidatures"], size),
        "jury": tuple((f"Juré {n}", f"jure{n}@example.org") for n in range(bench.JURORS)),
        "evaluations": bench.evaluations(len(campaign.criteria), dice, size),
    }
    tabs = [
        replace(made[tab], rows=tuple(bench.padded(row, len(made[tab].columns)) for row in lines), banner=())
        for tab, lines in rows.items()
    ]
    book = folder / "campagne.xlsx"
    XlsxWorkbook(book, folder / "versions").apply(Plan("", tuple(CreateTab(tab) for tab in tabs)))
    return settings, book


if __name__ == "__main__":
    main()
