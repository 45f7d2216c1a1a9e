"""A campaign whose jury is at work on the local server: its jurors' pages, what is in them; all can be put back."""

from __future__ import annotations

import copy
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from eig_sheets.call.jury.pages.descriptions import TAB as DESCRIPTIONS
from tests.call.jury.returned import MORNING, Mailbox, declaration
from tests.columns import CRITERIA
from tests.end_to_end.google.support import JURORS, NUMBERS, Desk, Finished
from tests.features.modules import modules_of_features
from tests.program import Outcome
from tests.sheets_server import world as worlds
from tests.sheets_server.auth import EMAIL
from tests.sheets_server.control import dump
from tests.sheets_server.errors import ApiError
from tests.sheets_server.model import Book, Formula, Json
from tests.sheets_server.people import EditError, edited

ANSWERS = (*CRITERIA, "deport", "coup_de_coeur", "avis", "commentaire", "communicable")
WIDE = ("commentaire",)
"""Fields whose answer is under their label, and not beside it."""
DAYS = '\n[auditions]\nminutes = 40\ndays = [{date = 2021-05-04, from = "09:00", to = "18:00"}]\n'
Said = tuple[str, str, str, object]
"""A juror, a dossier, a field, what is typed there."""


@dataclass
class JuryDesk(Desk):
    """The campaign: `pages` are the jurors' spreadsheets, in the order of JURORS; `said` all they ever held."""

    pages: tuple[str, ...] = ()
    said: set[Said] = field(default_factory=set)

    def command(self, command: Sequence[str], script: Sequence[Json] = ()) -> Outcome:
        """A run while people edit: an edit that has a `page` is made there."""
        with spring(), self._heard():
            return self.run(*command, script=[self._placed(step) for step in script])

    def act(self, edit: Json) -> None:
        """An edit between two runs; what cannot be done is not."""
        place = self._at(edit)
        with suppress(EditError, ApiError, KeyError), spring(), self._heard():
            self.server.world.keep(edited(self.server.world.books[place], edit))

    def book_of(self, page: int) -> Book:
        return self.server.world.books[self.pages[page]]

    def _placed(self, step: Json) -> Json:
        return {**step, "edit": {**step["edit"], "spreadsheet_id": self._at(step["edit"])}} if "edit" in step else step

    def _at(self, edit: Json) -> str:
        return self.pages[edit["page"]] if "page" in edit else self.key

    @contextmanager
    def _heard(self) -> Iterator[None]:
        """Keep all that jurors type."""
        world, keep = self.server.world, self.server.world.keep

        def heard(book: Book, editor: str = "") -> None:
            keep(book, editor)
            if book.id in self.pages:
                juror = JURORS[self.pages.index(book.id)]
                self.said |= {(juror, *one) for one in answers(world.books[book.id])}

        with patch.object(world, "keep", heard):
            yield


@contextmanager
def spring() -> Iterator[None]:
    """The clock of Drive is before the scoring closes, and goes on."""
    with patch.object(worlds, "timestamp", lambda: f"{next(_SPRING):%Y-%m-%dT%H:%M:%S}.000Z"):
        yield


_SPRING = (datetime(2021, 5, 1) + timedelta(seconds=passed) for passed in itertools.count())


def answers(book: Book) -> Iterator[tuple[str, str, object]]:
    """(dossier, field, value) of each answer of a page, by what is in its hidden columns."""
    for tab in dump(book)["tabs"]:
        for row in tab["values"]:
            label, beside, numero, name = ([*map(_plain, row)] + [""] * 4)[:4]
            value = label if name in WIDE else beside
            if numero and name in ANSWERS and value != "":
                yield str(numero), str(name), value


def lines(book: Book, tab: str = "Grille") -> list[tuple[object, ...]]:
    """What each line of a page is, whatever was answered: its label and its hidden columns."""
    found = next((one["values"] for one in dump(book)["tabs"] if one["title"] == tab), [])
    rows = [([*map(_plain, row)] + [""] * 4)[:4] for row in found]
    return [("" if row[3] in WIDE or not row[3] else row[0], *row[2:]) for row in rows]


def _plain(value: object) -> object:
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def answers_lost(before: Book, after: Book) -> list[str]:
    """What a robot's call changed in a page besides what is the robot's: the hidden tab, the lines above the list."""
    left = {sheet.id: sheet for sheet in after.sheets}
    found = []
    for sheet in before.sheets:
        if sheet.title == DESCRIPTIONS or not any(sheet.cells):
            continue
        new = left.get(sheet.id)
        if new is None or new.title != sheet.title:
            found.append(f"{sheet.title}: it became {new and new.title}")
            continue
        now = iter([_typed(row) for row in new.cells])
        for place, row in enumerate(sheet.cells, 1):
            typed = _typed(row)
            if place > HEADING and typed and not any(typed.items() <= other.items() for other in now):
                found.append(f"{sheet.title}, row {place}: {typed}")
                break
    return found


HEADING = 7
"""Rows above the list of dossiers, the markers included, which the robot may write anew."""


def _typed(row: Mapping[int, Any]) -> dict[int, object]:
    return {
        column: cell.value
        for column, cell in row.items()
        if cell.value not in (None, "") and not isinstance(cell.value, Formula)
    }


class AtWork:
    """The campaign once its jury knows what to read, and began to note: not to be changed, but put back by `again`."""

    def __init__(self, finished: Finished, folder: Path) -> None:
        world = finished.desk.server.world
        drive = world.add_drive("Équipe", {EMAIL: "fileOrganizer"})
        self.drive_folder = world.add_folder("Jury", drive).id
        home = folder / "campaign"
        _configuration(finished.desk.folder, home, self.drive_folder)
        plain = finished.copy(folder / "first")
        self.desk = JuryDesk(plain.server, home, plain.state)
        self._started(folder / "pages")
        self.books = {one: world.books[one] for one in (self.desk.key, *self.desk.pages)}
        self.files = {one: copy.deepcopy(world.files[one]) for one in self.books}
        self.finished = Finished(self.desk, finished.blank, finished.filled, self.desk.book)

    def _started(self, folder: Path) -> None:
        desk, files = self.desk, self.desk.server.world.files
        self._do("jury", "assign")
        self._do("jury", "ballots", "--share", "--yes")
        made = {
            one["emailAddress"]: file.id
            for file in files.values()
            if file.parents == [self.drive_folder]
            for one in file.permissions
        }
        desk.pages = tuple(made[juror] for juror in JURORS)
        row = next(
            place for place, line in enumerate(lines(desk.book_of(0)), 1) if line[1:] == (NUMBERS[0], CRITERIA[0])
        )
        desk.act({"kind": "set", "page": 0, "tab": "Grille", "cell": f"B{row}", "value": 3})
        self._do("jury", "collect")
        box = Mailbox(folder)
        box.put("declaration.xlsx", declaration(JURORS[1], {NUMBERS[4]: "oui"}, declared="oui"), MORNING)
        self._do("jury", "collect", str(folder))
        for module in modules_of_features("demonstration"):
            for command in module.QUIET:
                self._do(*command)
        self._do("sync")

    def _do(self, *command: str) -> None:
        done = self.desk.command(command)
        assert done.code == 0, done

    def again(self, folder: Path) -> JuryDesk:
        """The same once more, with a state of its own."""
        world = self.desk.server.world
        made = {one for one, file in world.files.items() if file.parents == [self.drive_folder]}
        for one in made - self.books.keys():
            world.books.pop(one)
            world.files.pop(one)
        for one, book in self.books.items():
            world.books[one] = book.copy()
            world.files[one] = copy.deepcopy(self.files[one])
        plain = self.finished.copy(folder)
        return replace(self.desk, state=plain.state, said={*self.desk.said}, writes=[])


def _configuration(source: Path, home: Path, drive_folder: str) -> None:
    (home / "config").mkdir(parents=True)
    for path in (source / "config").rglob("*"):
        target = home / "config" / path.relative_to(source / "config")
        if path.is_dir():
            target.mkdir(exist_ok=True)
        else:
            target.write_bytes(path.read_bytes())
    path = home / "config" / "campaign.toml"
    text, count = re.subn(
        r"(?m)^reads = 4 .*$",
        f'reads = 2\ndrive_folder = "{drive_folder}"\ncollect_online = true',
        path.read_text("utf-8"),
    )
    assert count == 1
    path.write_text(text + DAYS, "utf-8")
