"""A jury's pages on the local server: a folder of a shared drive, a page to make, and what jurors type in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from unittest.mock import patch

from google.oauth2 import credentials as user

from eig_sheets.call.jury.pages.layout import form_of
from eig_sheets.call.jury.pages.page_update import update_of
from eig_sheets.call.jury.pages.pages import Page, PageCriterion, PageDossier, PageKind, ReturnedPage
from eig_sheets.call.jury.pages.returned_page import returned_page
from eig_sheets.spreadsheet.forms import OnlinePage
from eig_sheets.spreadsheet.google.client import connect
from eig_sheets.spreadsheet.google.credentials import ALL_FILES, OWN_FILES
from eig_sheets.spreadsheet.google.drive import Drive
from eig_sheets.spreadsheet.google.pages import GooglePages
from eig_sheets.spreadsheet.model.cells import a1
from tests.sheets_server.auth import EMAIL
from tests.sheets_server.people import edited
from tests.sheets_server.server import Server
from tests.sheets_server.world import Folder
from tests.spreadsheet.google.conftest import AT_ONCE, environment_of

ADA, DIRECTOR = "ada@example.org", "direction@example.org"
CAMPAIGN = "EIG5"
FIRST, SECOND, THIRD = (
    PageDossier(numero, f"Projet {numero[-1]}", "Ministère", "Un résumé", (("Présentation", "https://example.org/p"),),
                "", f"v{numero[-1]}")
    for numero in ("4512301", "4512302", "4512303")
)  # fmt: skip
PAGE = Page(
    PageKind.NOTES, CAMPAIGN, "Entrepreneurs d’intérêt général", ADA, "Ada", (FIRST, SECOND),
    (PageCriterion("pertinence", "Pertinence", "À quoi cela répond"), PageCriterion("definition", "Définition")),
    deadline=datetime(2021, 5, 3, 12), online=True,
)  # fmt: skip


def with_dossiers(*dossiers: PageDossier) -> Page:
    return replace(PAGE, dossiers=dossiers)


def shared_folder(server: Server) -> Folder:
    """A folder of a shared drive in which the robot makes files, and that a director sees."""
    drive = server.world.add_drive("Équipe", {EMAIL: "fileOrganizer", DIRECTOR: "organizer"})
    return server.world.add_folder("Jury", drive)


def pages_in(server: Server, folder: str, environment: dict[str, str] | None = None) -> GooglePages:
    client = connect(environment or environment_of(server), AT_ONCE, scopes=ALL_FILES if folder else OWN_FILES)
    return GooglePages(Drive(client, folder), CAMPAIGN, "Europe/Paris")


@contextmanager
def logged_in(server: Server) -> Iterator[None]:
    """Google's own address for tokens is this server: google-auth asks for a person's nowhere else."""
    with patch.object(user, "_GOOGLE_OAUTH2_TOKEN_ENDPOINT", f"{server.url}/token"):
        yield


@dataclass
class JurorsPage:
    """One page that was made, filled and shared."""

    server: Server
    pages: GooglePages
    page: OnlinePage

    @classmethod
    def made(cls, server: Server, pages: GooglePages, page: Page = PAGE) -> "JurorsPage":
        made = pages.create("Grille d’Ada", "clé")
        pages.fill(made, pages.read(made), form_of(page))
        pages.share(made, page.juror)
        return cls(server, pages, made)

    def answer(self, numero: str, field: str, value: Any) -> None:
        """What the juror types in a cell."""
        tab, cell = self.cell(numero, field).split("!")
        self.edit("set", tab=tab, cell=cell, value=value)

    def cell(self, numero: str, field: str) -> str:
        row = next(row for row in self.received.rows if row.numero == numero)
        return row.cells[field]

    def edit(self, kind: str, **what: Any) -> None:
        world = self.server.world
        world.keep(edited(world.books[self.page.id], {"kind": kind, **what}))

    @property
    def received(self) -> ReturnedPage:
        """What the page says now."""
        return returned_page(self.pages.read(self.page), self.page.title, "condensé")

    @property
    def answers(self) -> dict[str, dict[str, Any]]:
        return {row.numero: dict(row.values) for row in self.received.rows}

    @property
    def shown(self) -> list[list[Any]]:
        """The two columns that a juror sees, row by row."""
        tab = self.pages.read(self.page).tabs[0]
        return [[*row[:2]] for row in tab.rows]

    def row_of(self, text: str) -> int:
        return next(number for number, row in enumerate(self.shown, 1) if row and row[0] == text)

    def filled(self) -> dict[str, Any]:
        """Every cell that a juror may fill, by address, as it is."""
        tab = self.pages.read(self.page).tabs[0]
        cells = [cell for row in self.received.rows for cell in row.cells.values()]
        return {cell: value for cell in cells if (value := _at(tab.rows, cell.split("!")[1])) is not None}

    def refresh(self, page: Page) -> bool:
        """Whether anything was to be written to bring it up to date."""
        snapshot = self.pages.read(self.page)
        update = update_of(snapshot, page)
        if update:
            self.pages.update(self.page, snapshot, update)
        return bool(update)


def _at(rows: Any, address: str) -> Any:
    return next((v for r, row in enumerate(rows, 1) for c, v in enumerate(row) if a1(r, c) == address), None)
