"""Measures `jury collect` of a jury's Google Sheets on the local server, beside gspread that reads the same ones.

Run: .venv/bin/python scripts/bench_jury_collect_google.py
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import gspread
from bench_peers import Place, session_of

from tests.columns import CRITERIA
from tests.end_to_end.google.jurors import lines, spring
from tests.end_to_end.google.support import Desk, fill, make_folder
from tests.sheets_server.auth import EMAIL
from tests.sheets_server.people import edited
from tests.sheets_server.server import running

A_MINUTE = 60
"""Calls that Google lets one account read in a minute."""


def main() -> None:
    """Make the pages, collect them, read them with gspread; print the calls and how long each takes."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--jurors", type=int, default=40)
    jurors = asked.parse_args().jurors
    with tempfile.TemporaryDirectory() as folder, running(locale="fr_FR") as server:
        home = Path(folder)
        make_folder(home)
        world = server.world
        drive_folder = world.add_folder("Jury", world.add_drive("Équipe", {EMAIL: "fileOrganizer"})).id
        path = home / "config" / "campaign.toml"
        text = path.read_text("utf-8").replace("\nreads = 4 ", f'\ndrive_folder = "{drive_folder}"\nreads = 4 ')
        path.write_text(text, "utf-8")
        desk = Desk(server, home, home / "state")
        run(desk, "init")
        desk.book = fill(desk.book)
        for row in range(4, jurors + 2):
            desk.edit("paste_rows", tab="Jury", cell=f"A{row}", rows=[[f"Juré {row}", f"jure{row}@example.org"]])
        run(desk, "jury", "ballots", "--share", "--yes")
        pages = [one for one, file in world.files.items() if file.parents == [drive_folder]]
        for page in pages:
            note(desk, page)
        first, calls = run(desk, "jury", "collect")
        again, calls_again = run(desk, "jury", "collect")
        theirs, their_calls = read_with_gspread(desk, pages)
    print(f"{len(pages)} pages of jurors, collected from the local server")
    for what, seconds, count in (
        ("collected", first, calls), ("collected again", again, calls_again), ("gspread, read", theirs, their_calls)
    ):  # fmt: skip
        print(f"  {what:16} {seconds:6.2f} s   {count:4} calls")
    print(f"  ratio to gspread {first / theirs:6.2f}")
    print(f"  within {A_MINUTE} reads a minute: {'yes' if calls < A_MINUTE else 'NO'}")


def note(desk: Desk, page: str) -> None:
    """A juror gives the first criterion of each of their dossiers a score, before the scoring closes."""
    world = desk.server.world
    for row, (_, _, field) in enumerate(lines(world.books[page]), 1):
        if field == CRITERIA[0]:
            with spring():
                world.keep(edited(world.books[page], {"kind": "set", "tab": "Grille", "cell": f"B{row}", "value": 3}))


def run(desk: Desk, *arguments: str) -> tuple[float, int]:
    """The seconds that a command takes in this process, and its calls."""
    start = time.perf_counter()
    done = desk.run(*arguments)
    if done.code:
        raise SystemExit(done.err)
    return time.perf_counter() - start, len(desk.calls)


def read_with_gspread(desk: Desk, pages: list[str]) -> tuple[float, int]:
    """The same for gspread alone: each page is opened, and the values of its tabs read."""
    desk.server.script.post([])
    start = time.perf_counter()
    session = session_of(Place(desk.server.url, desk.server.service_account, desk.key))
    client = gspread.Client(session.credentials, session)
    for page in pages:
        for tab in client.open_by_key(page).worksheets():
            tab.get_all_values()
    return time.perf_counter() - start, len(desk.calls)


if __name__ == "__main__":
    main()
