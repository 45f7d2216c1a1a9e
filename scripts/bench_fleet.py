"""Nights of a fleet of small calls on the local Sheets server, beside what Google's quota alone makes of them.

    python scripts/bench_fleet.py --calls 1000 --jobs 4

The server enforces the quota as Google does, 60 reads and 60 writes a minute of an account, and a call that it refuses
is counted. Not part of `make bench`: a thousand calls take a quarter of an hour a night, whatever the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench_field import Watched, campaign_of, environment
from bench_google import client_settings, saved
from bench_server import ROOT, Server, serving

from eig_sheets.run.commands_creation import create_missing

DOSSIERS = 12
A_MINUTE = 60
HEADERS = (
    f"{'night':16}{'calls':>6}{'jobs':>6}{'ok':>6}{'s':>9}{'processor s':>13}{'reads':>7}{'writes':>8}"
    f"{'refused':>9}{'quota alone s':>15}"
)


@dataclass(frozen=True, slots=True)
class Night:
    """One `fleet sync`: calls that succeeded, seconds, those of processor of all processes, what the server counted."""

    done: int
    seconds: float
    processor: float
    reads: int
    writes: int
    refused: int

    @property
    def quota_alone(self) -> float:
        """The seconds before the last call may leave, were everything else instant."""
        return 60 * max(0, *((calls - 1) // A_MINUTE for calls in (self.reads, self.writes)))


def main() -> None:
    """Print a line a night: everything to write, nothing changed; then what the reads of the latter take alone."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=4)
    asked = parser.parse_args()
    print(HEADERS)
    with fleet(asked.calls) as (server, folder):
        for name in ("all to write", "unchanged"):
            time.sleep(A_MINUTE + 1)  # what the set-up and the night before used of the minute is past
            print(line(name, asked.calls, asked.jobs, night(server, folder, asked.jobs)), flush=True)
        time.sleep(A_MINUTE + 1)
        print(line("reads alone", asked.calls, asked.jobs, reads_alone(server, folder, asked.calls, asked.jobs)))


@contextmanager
def fleet(calls: int) -> Iterator[tuple[Server, Path]]:
    """A server with a spreadsheet a call, as `init` leaves it, and the folder of their configurations."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        settings, tabs = campaign_of(place, DOSSIERS)
        with serving(saved(tabs, place), 0) as server, environment(client_settings(server)):
            create_missing(Watched(settings, server.original))
            for number in range(calls):
                call = place / "appels" / f"appel-{number:04d}"
                call.mkdir(parents=True)
                (call / "campaign.toml").write_text(
                    f'extends = "eig5"\n[workbook]\nlocation = "{server.copied(server.original)}"\n'
                    '[state]\ndir = ".eig-sheets"\n',
                    encoding="utf-8",
                )
            server.call("POST", "/_control/settings", {"quotas": True})
            yield server, place / "appels"


def night(server: Server, folder: Path, jobs: int) -> Night:
    """One night of the whole fleet, as an operator runs it."""
    command = (sys.executable, "-m", "eig_sheets", "-q", "--today", "2021-04-30", "fleet", "sync", str(folder))
    return measured(server, [[*command, "--jobs", str(jobs), "--format", "json"]])


READS = """
import os, sys
from eig_sheets.spreadsheet.google.client import connect
client = connect(os.environ)
for _ in range(int(sys.argv[2])):
    client.read("GET", sys.argv[1], {"fields": "spreadsheetId"})
"""


def reads_alone(server: Server, folder: Path, calls: int, jobs: int) -> Night:
    """As many reads as an unchanged night makes, of next to nothing, by as many processes under the same quota."""
    shares = [calls // jobs + (number < calls % jobs) for number in range(jobs)]
    with environment({"EIG_SHEETS_QUOTA": str(folder / ".eig-sheets")}):
        return measured(server, [[sys.executable, "-c", READS, server.original, str(share)] for share in shares])


def measured(server: Server, commands: Sequence[Sequence[str]]) -> Night:
    """What some programs take together, and what the server counted of them; their summaries tell who succeeded."""
    server.count_anew()
    began, before = time.perf_counter(), processor()
    running = [
        subprocess.Popen(command, cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, encoding="utf-8")
        for command in commands
    ]
    said = [process.communicate()[0] for process in running]
    seconds = time.perf_counter() - began
    calls = [call for call in server.call("GET", "/_control/calls") if "/v4/spreadsheets/" in call["path"]]
    writes = [call for call in calls if call["path"].endswith(":batchUpdate")]
    refused = sum(call["status"] == 429 for call in calls)
    succeeded = sum(one["status"] == "ok" for text in said if text for one in json.loads(text))
    return Night(succeeded, seconds, processor() - before, len(calls) - len(writes), len(writes), refused)


def processor() -> float:
    """Seconds of processor of the children that ended, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def line(name: str, calls: int, jobs: int, found: Night) -> str:
    """The measures of a night."""
    return (
        f"{name:16}{calls:6}{jobs:6}{found.done:6}{found.seconds:9.1f}{found.processor:13.1f}{found.reads:7}"
        f"{found.writes:8}{found.refused:9}{found.quota_alone:15.0f}"
    )


if __name__ == "__main__":
    main()
