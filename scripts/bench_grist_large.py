"""A large call in a Grist document, on a real server: time and memory of whole processes, and what they ask of Grist.

The first sync after `init`, then the next one, beside the peer that reads and writes least, which does the same job.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import bench
import bench_job
from bench_field import DAY, Watched, campaign_of, environment
from bench_grist import IN_PRODUCTION
from bench_grist_peers import GristApiClient
from bench_grist_server import ROBOT, Grist, GristServer, Place, behind_proxy, filled
from bench_table import OURS, Traffic

from eig_sheets.run.commands_creation import create_missing
from tests.grist_server import MISSING, is_here, running

DOSSIERS, REVIEWS = 10_000, 5
KEY = "EIG_SHEETS_GRIST_KEY"
PEER = "grist_api + pandas"


def main() -> None:
    """Print what was measured, or that there is no server."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=DOSSIERS)
    parser.add_argument("--peer", nargs=3, metavar=("SETTINGS", "URL", "DOCUMENT"), help="be the peer")
    asked = parser.parse_args()
    if asked.peer:
        be_the_peer(*asked.peer)
    elif not is_here():
        print(MISSING)
    else:
        with (
            environment(IN_PRODUCTION),
            running() as server,
            environment({KEY: server.keys[ROBOT]}),
            tempfile.TemporaryDirectory() as folder,
        ):
            measure(server, Path(folder), asked.dossiers)


def measure(server: GristServer, folder: Path, dossiers: int) -> None:
    """Both syncs of ours and of the peer, in alternation, each on a document of its own."""
    settings, tabs = campaign_of(folder, dossiers, REVIEWS)
    with behind_proxy(server, filled(server, tabs), 0) as grist:
        create_missing(Watched(settings, grist.location(grist.original)))
        own, other = (grist.copied(grist.original) for _ in range(2))
        print(f"{dossiers} dossiers × {REVIEWS} évaluations, 0 ms of latency")
        for scene in ("first sync", "next sync"):
            cost = measured(grist, own, OURS, ours(grist, settings, own))
            peer = measured(grist, other, PEER, theirs(grist, settings, other))
            bench.report(scene, PEER, cost.seconds, peer.seconds, goal=None)
            bench.report("  memory", PEER, cost.megabytes, peer.megabytes, goal=None, unit="MB")


def ours(grist: Grist, settings: Path, book: str) -> Sequence[str | Path]:
    where = ("--config", settings, "--workbook", grist.location(book), "--today", f"{DAY:%Y-%m-%d}")
    return (sys.executable, "-m", "eig_sheets", *where, "-q", "sync")


def theirs(grist: Grist, settings: Path, book: str) -> Sequence[str | Path]:
    return (sys.executable, __file__, "--peer", settings, grist.proxy, book)


def be_the_peer(settings: str, url: str, document: str) -> None:
    session = Watched(Path(settings), f"{url}/{document}")
    bench_job.sync(GristApiClient(Place(url, os.environ[KEY], document)), session)


def measured(grist: Grist, book: str, who: str, command: Sequence[str | Path]) -> bench.Cost:
    """What a process took; what it asked of a document that was open is printed."""
    grist.open(book)
    grist.count_anew()
    cost = bench.cost_of(command)
    print(f"  {who}: {cost.seconds:.1f} s, {cost.megabytes:.0f} MB, {calls(grist.traffic())}", flush=True)
    return cost


def calls(traffic: Traffic) -> str:
    """Requests, their volumes, and the seconds that the server took to answer."""
    sizes = ", ".join(f"{name} {size / 1e6:.2f} MB" for name, size in (("sent", traffic.sent), ("got", traffic.got)))
    return f"{traffic.reads} + {traffic.writes} requests, {sizes}, {traffic.server:.1f} s of the server"


if __name__ == "__main__":
    main()
