"""A small campaign on the local Sheets server, run as people run it, and what people own in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from eig_sheets import loading
from eig_sheets.config import Campaign
from eig_sheets.spreadsheet.backoff import Backoff
from eig_sheets.spreadsheet.google import book as books
from eig_sheets.spreadsheet.google import client
from eig_sheets.spreadsheet.model.cells import a1
from tests.columns import cell_of
from tests.program import Outcome, command_line, copied_config, eig, environment, with_tabs
from tests.sheets_server.auth import EMAIL
from tests.sheets_server.control import dump
from tests.sheets_server.model import Book, Json
from tests.sheets_server.people import edited
from tests.sheets_server.protection import Writer
from tests.sheets_server.requests import dimensions
from tests.sheets_server.requests.registry import Batch
from tests.sheets_server.server import Server, running
from tests.sheets_server.world import World, permission
from tests.sheets_server.writing import type_in

DAY = "2021-04-30"
ROBOT_TABS = (
    "Accueil", "Classement", "Cofinancement", "Éligibilité", "Règles du jeu", "Réglages", "Anomalies",
    "Modifications reçues", "Envois",
    "Journal",
)  # fmt: skip
PEOPLE_TABS = ("Candidatures", "Jury", "Évaluations", "E-mails à envoyer")
JURORS = ("ada@example.org", "blaise@example.org")
NUMBERS = ("4512301", "4512302", "4512303", "4512304", "4512305")
CRITERIA = ("Pertinence du besoin", "Définition", "Engagement", "Transformation", "Ouverture")

HURRIED = Backoff(base=0.001, cap=0.01, budget=600)
"""Waits that a test can afford."""


@contextmanager
def hurried() -> Iterator[None]:
    """No run in this process waits for long before it asks Google again."""
    with patch.object(client, "Backoff", lambda **_: HURRIED):
        yield


@contextmanager
def _impatient(script: Sequence[Json]) -> Iterator[None]:
    """Where an answer is to come too late, that is after a second."""
    late = any(step.get("fault", {}).get("kind") == "late_answer" for step in script)
    with patch.object(client, "TIMEOUTS", (10.0, 1.0)) if late else nullcontext():
        yield


@dataclass
class Desk:
    """One campaign on the spreadsheet of a server; `folder` has its configuration, `state` what its runs remember.

    `advised`: the bytes beyond which a spreadsheet is read in several calls.
    """

    server: Server
    folder: Path
    state: Path
    advised: int = books.ADVISED_RESPONSE_BYTES
    writes: list[tuple[Book, Book]] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The spreadsheet's."""
        return self.server.spreadsheet_id

    @property
    def book(self) -> Book:
        """The spreadsheet as it is: never changed in place."""
        return self.server.world.books[self.key]

    @book.setter
    def book(self, book: Book) -> None:
        self.server.world.keep(book.copy())

    @property
    def env(self) -> dict[str, str]:
        """The variables that lead the program to the server."""
        return {
            "EIG_SHEETS_API_ENDPOINT": self.server.url,
            "GOOGLE_APPLICATION_CREDENTIALS": self.server.service_account,
            "EIG_SHEETS_STATE": str(self.state),
            "EIG_SHEETS_WORKBOOK": self.key,
        }

    @property
    def campaign(self) -> Campaign:
        """Its configuration."""
        return loading.load(self.folder / "config" / "campaign.toml")

    def arguments(self, *arguments: str) -> tuple[str, ...]:
        """A command on this campaign; what leaves does so on the real day."""
        day = () if arguments[:2] == ("emails", "send") and "--dry-run" not in arguments else ("--today", DAY)
        return ("--config", str(self.folder / "config" / "campaign.toml"), *day, *arguments)

    def run(
        self, *arguments: str, script: Sequence[Json] = (), meanwhile: Mapping[int, Callable[[], None]] | None = None
    ) -> Outcome:
        """A command in this process, while the server follows a script; what robots write is kept in `writes`.

        `meanwhile`: what else happens, by the number of the call that it comes after.
        """
        own = {"spreadsheet_id": self.key}
        self.server.script.post([{**one, "edit": own | one["edit"]} if "edit" in one else one for one in script])
        with (
            hurried(),
            _impatient(script),
            patch.object(books, "ADVISED_RESPONSE_BYTES", self.advised),
            self._watched(),
            self.after_calls(meanwhile or {}),
        ):
            return eig(*self.arguments(*arguments), env=self.env)

    def deliver_late(self) -> None:
        """Whatever was held up on the network arrives."""
        while self.server.late:
            self.server.late.pop(0)[1]()

    def sync(self, **how: Any) -> Outcome:
        """The nightly job."""
        return self.run("sync", **how)

    def program(self, *arguments: str) -> list[str]:
        """The command line of a program of its own."""
        return command_line(*self.arguments(*arguments))

    def environment(self, **env: str) -> dict[str, str]:
        """The environment of a program of its own."""
        return environment(self.env | env)

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Keep the spreadsheet before and after each call of the robot's that changes it."""
        self.writes, world, script = [], self.server.world, self.server.script

        def watched(book: Book, editor: str = "") -> None:
            if len(script.calls) < script.begun:  # within a call; people's edits come once it is counted
                self.writes.append((world.books[book.id], book))
            World.keep(world, book, editor)

        with patch.object(world, "keep", watched):
            yield

    @contextmanager
    def after_calls(self, acts: Mapping[int, Callable[[], None]]) -> Iterator[None]:
        """Let the acts happen, each after the call of its number."""
        script = self.server.script
        due = script.due

        def acted(number: int) -> list[Json]:
            acts.get(number, lambda: None)()
            return due(number)

        with patch.object(script, "due", acted):
            yield

    @property
    def calls(self) -> list[tuple[str, str, int]]:
        """Method, last part of the path and status of each call of the last run."""
        return [(one.method, one.path.rpartition("/")[2], one.status) for one in self.server.script.calls]

    @property
    def written(self) -> int:
        """How many calls of the last run asked for a change."""
        return sum(":batchUpdate" in path for _, path, _ in self.calls)

    def edit(self, kind: str, **what: Any) -> None:
        """An edit of people's, between two runs."""
        self.book = edited(self.book, {"kind": kind, **what})

    def share(self, role: str | None) -> None:
        """Share the spreadsheet with the robot in this role, or not at all."""
        owner = permission("user", "owner", self.server.world.books[self.key].owner)
        robot = [permission("user", role, EMAIL)] if role else []
        self.server.world.files[self.key].permissions = [owner, *robot]

    def change_a_score(self) -> None:
        """Something that the robot has to follow: its tabs change."""
        self.edit("set", tab="Évaluations", cell=cell_of("evaluations", "pertinence", 2), value=4)

    def rows(self, tab: str) -> list[dict[str, Any]]:
        """The rows that a tab shows, by header; its first row that is filled has the headers."""
        values = self.values(tab)
        top = next(place for place, row in enumerate(values) if sum(value != "" for value in row) > 1)
        headers = values[top]
        return [
            dict(zip(headers, [*row, *[""] * (len(headers) - len(row))], strict=True))
            for row in values[top + 1 :]
            if any(row)
        ]

    def values(self, tab: str) -> list[list[Any]]:
        """What a tab shows."""
        return next(one["values"] for one in dump(self.book)["tabs"] if one["title"] == tab)

    def cells(self, tab: str) -> dict[str, object]:
        """What was put in the cells of a tab, by address: a formula is `=…`, what it spills is not there."""
        sheet = self.book.titled(tab)
        assert sheet is not None, tab
        return {
            a1(row + 1, column): cell.value
            for row, column, cell in sheet.filled(sheet.extent)
            if cell.value is not None
        }

    @property
    def titles(self) -> list[str]:
        """The names of the tabs."""
        return [sheet.title for sheet in self.book.sheets]


class Finished:
    """A campaign after its first sync, and before: `blank` as Google made it, `filled` by people after `init`."""

    def __init__(self, desk: Desk, blank: Book, filled: Book, book: Book) -> None:
        self.desk, self.blank, self.filled, self.book = desk, blank, filled, book

    def copy(self, folder: Path, book: Book | None = None) -> Desk:
        """The same on the same server, of whose spreadsheets it is one; its state and configuration are the copy's own.

        `book`: the spreadsheet to start from, which no run knows of yet.
        """
        desk = Desk(self.desk.server, folder / "home", folder / "state")
        shutil.copytree(self.desk.folder / "config", desk.folder / "config", dirs_exist_ok=True)
        if book is None:
            shutil.copytree(self.desk.state, desk.state)
        world = desk.server.world
        world.books[desk.key] = (book or self.book).copy()
        desk.share("writer")
        desk.server.script.post([])
        desk.server.late = []
        desk.server.accounts.clock_offset = 0
        return desk


@contextmanager
def synchronised(folder: Path) -> Iterator[Finished]:
    """A campaign with the configuration of a folder, on a server of its own, after its first sync."""
    with running(locale="fr_FR") as server:
        desk = Desk(server, folder, folder / "state")
        blank = desk.book
        assert desk.run("init").code == 0
        desk.book = filled = fill(desk.book)
        outcome = desk.run("sync")
        assert (outcome.code, desk.written) == (0, 1), outcome
        yield Finished(desk, blank, filled, desk.book)


def make_folder(folder: Path) -> None:
    """The configuration of the campaign: EIG5's, with two jurors."""
    copied_config(folder / "config")
    path = folder / "config" / "campaign.toml"
    text = path.read_text(encoding="utf-8")
    assert "min_reviews = 3" in text
    path.write_text(with_tabs(text.replace("min_reviews = 3", "min_reviews = 2"), ()), encoding="utf-8")


def fill(book: Book, numbers: Sequence[str] = NUMBERS, more: Mapping[str, Any] | None = None) -> Book:
    """The spreadsheet once people typed their dossiers, their jurors and their scores, in tabs of a bearable size.

    `more`: what each dossier has besides.
    """
    batch = Batch(book.copy(), Writer(book.owner, book.owner))
    dossiers = [
        {"N° de dossier": number, "Nom du projet": f"Projet {number[-1]}", "Nombre d’EIG demandés": 2,
         "Date de dépôt": f"2021-03-{place % 28 + 1:02} 09:30:00",
         "Administration d’accueil": "Ministère d’essai", "Type d’administration": "Administration centrale",
         "E-mail du porteur": f"porteur{place}@example.org",
         "Porteur de projet": f"Porteur {place}", "Commentaire": f"gardé {place}", **(more or {})}
        for place, number in enumerate(numbers)
    ]  # fmt: skip
    jurors = [{"Nom": email.partition("@")[0].title(), "E-mail": email} for email in JURORS]
    scores = [
        {"N° de dossier": number, "E-mail du juré": email,
         **{name: 1 + (place + turn + at) % 4 for at, name in enumerate(CRITERIA)}}
        for place, number in enumerate(NUMBERS)
        for turn, email in enumerate(JURORS)
    ]  # fmt: skip
    for tab, rows in (("Candidatures", dossiers), ("Jury", jurors), ("Évaluations", scores)):
        _typed(batch, tab, rows)
    return batch.book


def _typed(batch: Batch, tab: str, rows: Sequence[Mapping[str, Any]], room: int = 3) -> None:
    sheet = batch.book.titled(tab)
    assert sheet is not None
    headers = next(one["values"][0] for one in dump(batch.book)["tabs"] if one["title"] == tab)
    for place, row in enumerate(rows, 1):
        for header, value in row.items():
            type_in(batch.book, sheet, place, headers.index(header), value)
    end = 1 + len(rows) + room
    if end < sheet.rows:
        where = {"sheetId": sheet.id, "dimension": "ROWS", "startIndex": end, "endIndex": sheet.rows}
        dimensions.delete_dimension(batch, {"range": where})
