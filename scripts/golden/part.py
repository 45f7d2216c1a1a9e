"""One kind of workbook at one date: `python -m golden.part KIND MOMENT FOLDER`, under a clock that stands still."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from tests import computed_once

computed_once.install()  # before the program takes what it replaces by name

from eig_sheets import sample  # noqa: E402
from eig_sheets.cli.session import Session  # noqa: E402
from eig_sheets.sample.commands import create, synchronised  # noqa: E402
from eig_sheets.sample.commands_jury import put_to_work  # noqa: E402
from golden.desks import GoogleDesk, GristDesk, XlsxDesk  # noqa: E402
from golden.files import cells, keep_folder, unpack, write  # noqa: E402
from golden.helps import record_help  # noqa: E402
from golden.recorder import Recorder, count_tokens  # noqa: E402
from golden.story import damaged, told, told_on_a_server  # noqa: E402
from tests import grist_server  # noqa: E402
from tests.end_to_end.google.support import hurried  # noqa: E402
from tests.sheets_server import xlsx  # noqa: E402
from tests.sheets_server.auth import EMAIL  # noqa: E402
from tests.sheets_server.server import OWNER, running  # noqa: E402
from tests.sheets_server.world import permission  # noqa: E402

FORMATS = ("table", "csv", "json")
ONE_FORMAT = ("json",)
_SHORT = 12
"""How much of a document's id the addresses of its pages have."""


def of_files(recorder: Recorder, day: date) -> None:
    """The demonstration as it is: two files."""
    recorder.run("--today", day.isoformat(), "demo", "demo-eig")
    with working(recorder) as folder:
        projects, talents = folder / "campagne.xlsx", folder / "talents.xlsx"
        unpack(projects, recorder.folder / "after demo" / projects.name)
        unpack(talents, recorder.folder / "after demo" / talents.name)
        desks = XlsxDesk(projects), XlsxDesk(talents)
        told(recorder, *desks, day, FORMATS)
        keep_folder(folder, recorder.folder / "files", recorder.anonymous)
        damaged(recorder, *desks, FORMATS)


def of_one_file(recorder: Recorder, day: date) -> None:
    """The same call in one workbook, candidates included."""
    count_tokens("one file")
    folder = recorder.work / "demo-eig"
    settings = sample.write_config(folder)
    sample.add_sections(settings)
    session = Session(str(settings), None, None, verbose=0, quiet=True)
    create(session, day)
    put_to_work(session, day, folder)
    sample.write_export(folder, day=day)
    synchronised(session)
    with working(recorder):
        desk = XlsxDesk(folder / "campagne.xlsx")
        told(recorder, desk, desk, day, ONE_FORMAT)
        keep_folder(folder, recorder.folder / "files", recorder.anonymous)
        damaged(recorder, desk, desk, ONE_FORMAT)


def of_google(recorder: Recorder, day: date) -> None:
    """The demonstration on the local Sheets server: two spreadsheets."""
    recorder.run("--today", day.isoformat(), "demo", "demo-eig", record=False)
    projects, talents = (recorder.work / "demo-eig" / name for name in ("campagne.xlsx", "talents.xlsx"))
    count_tokens("server")
    with running(load=projects, locale="fr_FR", check_answers=False) as server, working(recorder) as folder, hurried():
        book = xlsx.load(talents, "fr_FR", server.world.time_zone)
        other = server.world.create(book.title, OWNER, book)
        server.world.files[other.id].permissions.append(permission("user", "writer", EMAIL))
        keys = {"campagne": server.spreadsheet_id, "talents": other.id}
        relocate(folder, {name: f"https://docs.google.com/spreadsheets/d/{key}/edit" for name, key in keys.items()})
        recorder.env = {
            "EIG_SHEETS_API_ENDPOINT": server.url, "GOOGLE_APPLICATION_CREDENTIALS": server.service_account,
        }  # fmt: skip
        recorder.names |= {key: f"KEY-OF-{name}" for name, key in keys.items()}
        recorder.names[str(Path(server.service_account).parent)] = "ACCOUNT"
        desks = {name: GoogleDesk(server.url, key) for name, key in keys.items()}
        recorder.run("init")
        recorder.run("sync")
        told_on_a_server(recorder, desks["campagne"], desks["talents"], day)
        for name, option in (("campagne", ()), ("talents", ("--talents",))):
            copy = folder / f"{name}.xlsx"
            recorder.run(*option, "pull", "--to", copy.name)
            if copy.is_file():  # a program may be without this command
                write(recorder.folder / f"{name}.txt", recorder.anonymous(cells(copy)))
                copy.unlink()
        keep_folder(folder, recorder.folder / "files", recorder.anonymous)


def of_grist(recorder: Recorder, day: date) -> None:
    """The demonstration on a real Grist server, whose clock is the machine's: two documents."""
    with grist_server.running() as server:
        recorder.env = {"EIG_SHEETS_GRIST_KEY": server.keys[grist_server.ROBOT]}
        recorder.names |= {key: f"KEY-OF-{person}" for person, key in server.keys.items()}
        recorder.run("--today", day.isoformat(), "demo", "demo-eig", "--grist", server.url, record=False)
        with working(recorder) as folder:
            workbook = tomllib.loads((folder / "config" / "campaign.toml").read_text(encoding="utf-8"))["workbook"]
            locations = {"campagne": workbook["location"], "talents": workbook["talents"]}
            desks = {name: GristDesk(server, url.rpartition("/")[2]) for name, url in locations.items()}
            for name, desk in desks.items():
                recorder.names |= {desk.document: f"KEY-OF-{name}", desk.document[:_SHORT]: f"KEY-OF-{name}"}
            told_on_a_server(recorder, desks["campagne"], desks["talents"], day)
            for name, desk in desks.items():
                write(recorder.folder / f"{name}.txt", recorder.anonymous(desk.described()))
            shutil.rmtree(folder / ".eig-sheets")  # full of digests of what has the ids of documents, drawn by Grist
            keep_folder(folder, recorder.folder / "files", recorder.anonymous)


def relocate(folder: Path, locations: dict[str, str]) -> None:
    """Have the configuration name other workbooks, and forget what is known of the files."""
    config = folder / "config" / "campaign.toml"
    text = config.read_text(encoding="utf-8")
    for name, location in locations.items():
        text = text.replace(f'"../{name}.xlsx"', f'"{location}"')
        (folder / f"{name}.xlsx").unlink()
    config.write_text(text, encoding="utf-8")
    for path in sorted((folder / ".eig-sheets").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


@contextmanager
def working(recorder: Recorder) -> Iterator[Path]:
    """In the folder of the demonstration, as people are."""
    recorder.work = recorder.work / "demo-eig"
    os.chdir(recorder.work)
    yield recorder.work


KINDS: dict[str, Callable[[Recorder, date], None]] = {
    "xlsx": of_files, "one": of_one_file, "google": of_google, "grist": of_grist, "help": record_help,
}  # fmt: skip


def main(kind: str, moment: str, folder: str) -> None:
    """Record one part, in a folder whose name is always the same: cells, digests and files' names have it.

    The year is not in this name: the next call's configuration is asked what has the year in it.
    """
    day = datetime.fromisoformat(moment).date()
    parent = Path(tempfile.gettempdir()) / f"golden-{kind}-{day:%m%d}"
    try:
        (work := parent / "work").mkdir(parents=True)
    except FileExistsError:
        sys.exit(f"golden_record: {parent} is there: another record is being made, or was cut; then remove it.")
    try:
        os.chdir(work)
        KINDS[kind](Recorder(Path(folder).absolute(), work), day)
    finally:
        os.chdir("/")
        shutil.rmtree(parent, ignore_errors=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
