"""The demonstration in a Grist document, and what people do in it."""

from __future__ import annotations

import marshal
import os
import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self
from unittest.mock import patch

from eig_sheets.spreadsheet.backoff import Backoff
from eig_sheets.spreadsheet.grist.address import address_of
from eig_sheets.spreadsheet.grist.book import GristWorkbook
from eig_sheets.spreadsheet.grist.client import Client
from eig_sheets.spreadsheet.grist.creation import create_document
from eig_sheets.spreadsheet.grist.document import Document, GristTable
from eig_sheets.spreadsheet.grist.sqlite_file import parse
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from tests import whole_story
from tests.grist_server import ROBOT, GristServer
from tests.program import Campaign, Outcome, copied_elsewhere, eig

AT_ONCE = Backoff(base=0, cap=0, budget=60)
DAY = ("--today", "2021-04-30")


@dataclass(frozen=True)
class Team(Campaign):
    """A campaign whose workbook is a document of that server."""

    server: GristServer
    document: str

    def run(self, *command: str | Path, env: Mapping[str, str] | None = None, through: str = "") -> Outcome:
        """A command on it, by the server or through another address."""
        place = f"{through or self.server.url}/{self.document}"
        key = {"EIG_SHEETS_GRIST_KEY": self.server.keys[ROBOT]}
        return eig("--config", self.config, "--workbook", place, *DAY, *command, env={**key, **(env or {})})

    @property
    def client(self) -> Client:
        return Client(address_of(f"{self.server.url}/{self.document}"), self.server.keys[ROBOT], AT_ONCE)

    def read(self) -> Snapshot:
        """What the document holds."""
        return GristWorkbook(self.client).read()

    @property
    def now(self) -> Document:
        return parse(self.client.download())

    @property
    def now_version(self) -> int:
        """The number of the last change of the document, whatever state its tables are in."""
        return int(self.server.ask(f"docs/{self.document}/states")["states"][0]["n"])

    def table(self, title: str) -> GristTable:
        found = self.now.table(title)
        assert found is not None, title
        return found

    def column(self, title: str, label: str) -> tuple[Any, ...]:
        """What a column of a table holds, in the order of its rows."""
        table = self.table(title)
        return table.cells[next(column.id for column in table.columns if column.label == label)]

    def type_in(self, title: str, row: int, label: str, value: Any, *, who: str = ROBOT) -> None:
        """What a person types in the cell of the row that is the n-th of a table."""
        table = self.table(title)
        column = next(column for column in table.columns if column.label == label)
        self.act(["UpdateRecord", table.id, table.row_ids[row], {column.id: value}], who=who)

    def act(self, *actions: list[Any], who: str = ROBOT) -> Any:
        return self.server.apply(self.document, *actions, who=who)

    def undo(self) -> list[list[Any]]:
        """What takes the last change of the document back, whoever made it."""
        with closing(sqlite3.connect(":memory:")) as base:
            base.deserialize(self.server.download(self.document))
            query = "SELECT body FROM _gristsys_ActionHistory ORDER BY actionNum DESC LIMIT 1"
            [body] = base.execute(query).fetchone()
        return [["ApplyUndoActions", marshal.loads(body)["undo"]]]

    def name(self, **people: str) -> None:
        """Name somebody in `[workbook]`, as an officer or of the team, and let `init` make the document theirs."""
        text = re.sub(r"(?m)^officers = .*\n", "", self.config.read_text(encoding="utf-8"))
        said = "".join(f'{role} = ["{address}"]\n' for role, address in people.items())
        self.config.write_text(text.replace("[workbook]\n", f"[workbook]\n{said}"), encoding="utf-8")
        done = self.run("init")
        assert done.code == 0, done.err

    def copy(self, folder: Path) -> Self:
        copied_elsewhere(self.folder, folder)
        body = {"documentName": "Copie", "asTemplate": False}
        copy = str(self.server.ask(f"docs/{self.document}/copy", {"workspaceId": self.server.workspace, **body}))
        team = replace(self, folder=folder, document=copy)
        text = team.config.read_text(encoding="utf-8")
        assert self.document in text
        team.config.write_text(text.replace(self.document, copy), encoding="utf-8")
        return team


def demonstration(server: GristServer, folder: Path) -> Team:
    """The sample campaign with all of its story, in a new document."""
    with patch.dict(os.environ, {"EIG_SHEETS_GRIST_KEY": server.keys[ROBOT]}):
        whole_story.write(folder, create_document(server.url, server.keys[ROBOT], "Campagne de démonstration").url)
    location = next(
        line for line in (folder / "config" / "campaign.toml").read_text("utf-8").splitlines() if server.url in line
    )
    return Team(folder, server, location.split('"')[1].rpartition("/")[2])


SCORES = ("Pertinence du besoin", "Définition", "Engagement", "Transformation", "Ouverture")


def become_juror(team: Team, person: str, blank: int) -> None:
    """Somebody who has an account is the first juror, and the first of their evaluations have no score yet."""
    people, reviews = team.table("Jury"), team.table("Évaluations")
    [address], [author] = (
        [column.id for column in table.columns if column.label.startswith("E-mail")] for table in (people, reviews)
    )
    former = people.cells[address][0]
    rows = [row for row, who in zip(reviews.row_ids, reviews.cells[author], strict=True) if who == former]
    scores = {column.id: [None] * blank for column in reviews.columns if column.label in SCORES}
    team.act(
        ["UpdateRecord", people.id, people.row_ids[0], {address: person}],
        ["BulkUpdateRecord", reviews.id, rows, {author: [person] * len(rows)}],
        ["BulkUpdateRecord", reviews.id, rows[:blank], scores],
    )


def without_places(said: str) -> str:
    """What a command said, whatever its kind of workbook calls a cell or numbers a row: Grist has no letters."""
    cells = re.sub(r"Candidatures(?:![A-Z]+\d+|, ligne \d+, .+?(?=\s:|\)|\"|,))", "(cellule)", said)
    return re.sub(r"\bligne \d+", "ligne", cells)
