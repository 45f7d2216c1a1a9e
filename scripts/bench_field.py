"""Contenders of a benchmark, each timed in this process on a workbook of its own: what is the same on every server.

At each size: everything to write (after `init`), nothing changed, one score changed.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import bench
from bench_table import CHANGED, OURS, SCENES, WRITTEN, Measure, Measures, Traffic

from eig_sheets import config, loading, sample
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.cli.pipeline import synchronise
from eig_sheets.cli.session import Session
from eig_sheets.run.commands_creation import create_missing
from eig_sheets.run.nightly import Run
from eig_sheets.spreadsheet.model.sheet import Sheet

ROUNDS = {100: 3, 1000: 3, 10_000: 1}
LATENCIES = (0, 150)
PATIENCE = 300
"""Seconds that one sync may take: a peer that needs more is left out from there on."""
DAY = datetime(2021, 4, 30)


class Host(Protocol):
    """A server with workbooks, and what it counted of the calls to it. `original` is the one that others copy."""

    @property
    def original(self) -> str: ...

    def place(self, book: str) -> Any:
        """What a peer needs to find a workbook."""

    def location(self, book: str) -> str:
        """What ours is given to find it."""

    def copied(self, book: str) -> str: ...

    def delete(self, book: str) -> None: ...

    def open(self, book: str) -> None:
        """Have the server load a workbook, where it has to: by anybody's next call otherwise."""

    def count_anew(self) -> None: ...

    def traffic(self) -> Traffic: ...

    def score(self, book: str, value: float) -> None:
        """Another first score of the first evaluation, as a person types it."""

    def values(self, book: str, tab: str) -> list[list[Any]]:
        """What a tab shows."""


class Watched(Session):
    """A session that knows how long it computed, and what it did."""

    run: Run | None = None

    def __init__(self, settings: Path, location: str) -> None:
        super().__init__(str(settings), location, DAY, 0, quiet=True)
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


Contender = Callable[[Watched, Any], float]


def ours(session: Watched, _: Any) -> float:
    """What the command does, from reading to remembering; the seconds of it that are computing."""
    session.run = synchronise(session)
    return session.computing


@dataclass
class Field:
    """The contenders on one server, and what was measured of each in each scene."""

    server: Host
    settings: Path
    contenders: dict[str, Contender]
    books: dict[str, str] = field(default_factory=dict)
    measures: Measures = field(default_factory=dict)

    def session(self, book: str) -> Watched:
        """Ours, on a workbook of that server."""
        return Watched(self.settings, self.server.location(book))

    def sync(self, name: str, scene: str) -> None:
        """One sync of one contender, measured; one that takes too long leaves the field."""
        book = self.books[name]
        place, session = self.server.place(book), self.session(book)
        self.server.open(book)
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
                self.server.score(self.books[name], 1 + number % 2 * 2.5)
            self.sync(name, scene)

    def _begin_anew(self, name: str) -> None:
        if name in self.books:
            self.server.delete(self.books[name])
        self.books[name] = self.server.copied(self.server.original)
        if name == OURS:  # people run it on the spreadsheet itself: it remembers how much that weighs
            create_missing(self.session(self.books[name]))

    def check_same_results(self, tabs: list[str]) -> None:
        """A benchmark whose contenders do other jobs would say nothing. Peers write no lines above the headers."""
        for tab in tabs:
            wanted = comparable(self.server.values(self.books[OURS], tab))
            for name in self.contenders:
                found = comparable(self.server.values(self.books[name], tab))
                if not found or found != wanted[-len(found) :]:
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


def race(measured: Field, rounds: int) -> None:
    """Every scene, as many times."""
    create_missing(measured.session(measured.server.original))
    for scene in SCENES:
        for number in range(rounds):
            measured.round(scene, number)
    names = schema_of(loading.load(measured.settings)).robot_tabs
    measured.check_same_results([names[tab] for tab in ("classement", "cofinancement", "eligibilite", "envois")])


def options(description: str | None) -> argparse.Namespace:
    """The sizes and latencies that are asked for."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--sizes", type=int, nargs="+", default=[*ROUNDS], help="numbers of dossiers")
    parser.add_argument("--latencies", type=float, nargs="+", default=LATENCIES, help="milliseconds")
    return parser.parse_args()


@contextmanager
def environment(settings: Mapping[str, str]) -> Iterator[None]:
    """Where our own client is led by its environment."""
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    yield
    for name, value in before.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})


def campaign_of(folder: Path, size: int, reviews: int = bench.REVIEWS) -> tuple[Path, list[Sheet]]:
    """A configuration, and the tabs that people fill before anything else, with headers at their top."""
    packaged = config.packaged()
    settings = folder / config.CONFIG_NAME
    shutil.copytree(packaged.parent, settings.parent)
    campaign = loading.load(settings)
    made = {sheet.id: sheet for sheet in sample.sheets(schema_of(campaign))}
    dice = random.Random(5)  # noqa: S311 (a fixed draw, not a secret)
    rows = {
        "candidatures": bench.dossiers(made["candidatures"], size),
        "jury": tuple((f"Juré {n}", f"jure{n}@example.org") for n in range(bench.JURORS)),
        "evaluations": bench.evaluations(len(campaign.criteria), dice, size, reviews),
    }
    return settings, [
        replace(made[tab], rows=tuple(bench.padded(row, len(made[tab].columns)) for row in lines), banner=())
        for tab, lines in rows.items()
    ]
