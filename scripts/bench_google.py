"""A sync of a Google spreadsheet beside peers that do the same job, on the local server: `make bench`.

Everyone is timed in this process, in alternation, each on a spreadsheet of its own that began as the same one; the
server is another process.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the program does, before numpy is imported

import bench_job
import bench_peers
from bench_field import ROUNDS, Contender, Field, campaign_of, environment, options, ours, race
from bench_peers import Place
from bench_server import Server, serving
from bench_table import OURS, Aims, report

from eig_sheets.spreadsheet.model.plan import CreateTab, Plan
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook

AIMS = Aims(reads=lambda size: 1 if size <= 1000 else 4, speed=5)
"""A single read up to 1,000 dossiers, four light ones beyond; five times faster than each peer with latency."""


def main() -> None:
    """Print the tables of measures."""
    asked = options(__doc__)
    contenders = {OURS: ours, **{name: peer(way) for name, way in bench_peers.peers().items()}}
    for size in asked.sizes:
        with tempfile.TemporaryDirectory() as folder:
            settings, tabs = campaign_of(Path(folder), size)
            book = saved(tabs, Path(folder))
            for latency in asked.latencies:
                with serving(book, latency) as server, environment(client_settings(server)):
                    measured = Field(server, settings, {**contenders})
                    race(measured, ROUNDS.get(size, 1))
                    report(measured.measures, size, latency, AIMS)


def peer(way: Callable[[Place], bench_job.PeerBook]) -> Contender:
    return lambda session, place: bench_job.sync(way(place), session)


def saved(tabs: list[Sheet], folder: Path) -> Path:
    """An .xlsx of these tabs."""
    book = folder / "campagne.xlsx"
    XlsxWorkbook(book, folder / "versions").apply(Plan("", tuple(CreateTab(tab) for tab in tabs)))
    return book


def client_settings(server: Server) -> dict[str, str]:
    """What leads our own client there."""
    return {"EIG_SHEETS_API_ENDPOINT": server.url, "GOOGLE_APPLICATION_CREDENTIALS": server.key_file}


if __name__ == "__main__":
    main()
