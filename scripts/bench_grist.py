"""A sync of a Grist document beside peers that do the same job, on a real server: `make bench`.

Everyone is timed in this process, in alternation, each on a document of its own that began as the same one; the server
and the proxy that adds latency are other processes. Documents are open before each sync, as after `init` or while
people work in them; what opening one takes, for whoever calls first, is measured apart.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import bench_grist_peers
import bench_job
from bench_field import ROUNDS, Contender, Field, campaign_of, environment, options, ours, race
from bench_grist_server import ROBOT, GristServer, Place, behind_proxy, filled
from bench_table import OURS, Aims, median, report

from tests.grist_server import MISSING, is_here, running

IN_PRODUCTION = {"GRIST_ACTIVEDOC_TIMEOUT_SECONDS": "30"}
"""How long Grist keeps an unused document open, there; elsewhere it closes before a slow contender has ended."""

AIMS = Aims(reads=lambda _: 2, speed=3, speed_without_latency=1)
"""A reading is the document, and who it is shared with."""


def main() -> None:
    """Print the tables of measures, or that there is no server."""
    asked = options(__doc__)
    if not is_here():
        print(MISSING)
        return
    with environment(IN_PRODUCTION), running() as server, environment({"EIG_SHEETS_GRIST_KEY": server.keys[ROBOT]}):
        for size in asked.sizes:
            with tempfile.TemporaryDirectory() as folder:
                measure(server, Path(folder), size, asked.latencies)


def measure(server: GristServer, folder: Path, size: int, latencies: list[float]) -> None:
    """The tables of one size."""
    settings, tabs = campaign_of(folder, size)
    for latency in latencies:
        with behind_proxy(server, filled(server, tabs), latency) as grist:
            measured = Field(grist, settings, contenders())
            race(measured, ROUNDS.get(size, 1))
            report(measured.measures, size, latency, AIMS)
            print(f"Opening a document, for whoever calls first: {median(grist.openings.values()):.2f} s.")


def contenders() -> dict[str, Contender]:
    return {OURS: ours, **{name: peer(way) for name, way in bench_grist_peers.peers().items()}}


def peer(way: Callable[[Place], bench_job.PeerBook]) -> Contender:
    return lambda session, place: bench_job.sync(way(place), session)


if __name__ == "__main__":
    main()
