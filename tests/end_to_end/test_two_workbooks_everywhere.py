"""The two workbooks of a call on every kind of workbook, alike or not: a file, a Google Sheet, a Grist document."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from eig_sheets import loading
from eig_sheets.campaign.reading import read
from eig_sheets.config import Campaign as Settings
from eig_sheets.spreadsheet.backends import Resources, backend_of
from eig_sheets.spreadsheet.grist.creation import create_document
from eig_sheets.spreadsheet.model.base import Workbook
from eig_sheets.spreadsheet.model.plan import CreateTab, Plan
from eig_sheets.storage.state import State
from eig_sheets.workbook import diff
from tests.effort import spread
from tests.end_to_end.google.support import hurried
from tests.grist_server import ROBOT
from tests.program import Campaign, Outcome
from tests.sheets_server.auth import EMAIL
from tests.sheets_server.server import running
from tests.sheets_server.world import permission
from tests.two_workbooks import CHOOSING, PROJECTS, REVEALED, TALENTS, sheets_of, write_settings

OWNER = "equipe@example.org"


@dataclass
class Two:
    """A call whose workbooks are of some kinds."""

    campaign: Campaign
    env: Mapping[str, str]

    @property
    def settings(self) -> tuple[Settings, Settings]:
        """The configuration of each: the projects', then the candidates'."""
        projects = loading.load(self.campaign.config)
        return projects, projects.for_talents()

    @property
    def books(self) -> list[Workbook]:
        """Each workbook, not read yet."""
        found = []
        for settings in self.settings:
            location = settings.location()
            backend = backend_of(location)
            state = State(self.campaign.folder / ".aside", location)
            found.append(backend.open(backend.place(location), Resources({**os.environ, **self.env}, state)))
        return found

    def run(self, *command: str) -> Outcome:
        """A command on the day when laureates are known."""
        with hurried():
            return self.campaign.run("--today", REVEALED, *command, env=self.env)

    @property
    def contents(self) -> list[list[tuple[str, Any]]]:
        """All that each workbook holds."""
        with hurried():
            return [[(tab.name, [*map(tuple, tab.rows)]) for tab in book.read().tabs] for book in self.books]

    def fill(self) -> None:
        """What people had before the robot came."""
        for book, settings, rows in zip(self.books, self.settings, (PROJECTS, TALENTS), strict=True):
            version = book.read().version if book.exists() else ""
            with hurried():
                book.apply(Plan(version, tuple(map(CreateTab, sheets_of(settings, rows)))))

    def add_candidate(self, **typed: Any) -> None:
        """One more line of people's in `Talents`."""
        book, settings = self.books[1], self.settings[1]
        with hurried():
            snapshot = book.read()
            tab = read(snapshot, settings).layout.tabs["talents"]
            book.apply(Plan(snapshot.version, (diff.append(tab, [typed]),)))


def places(kinds: Sequence[str], request: pytest.FixtureRequest, stack: ExitStack) -> tuple[list[str], dict[str, str]]:
    """Where two workbooks of these kinds are, and the variables by which the program may write there."""
    found, env = [], {}
    server = stack.enter_context(running(locale="fr_FR")) if "google" in kinds else None
    for place, kind in enumerate(kinds):
        if kind == "google":
            assert server is not None
            key = server.spreadsheet_id if place == 0 else server.world.create("Candidats", OWNER).id
            server.world.files[key].permissions.append(permission("user", "writer", EMAIL))
            found.append(f"https://docs.google.com/spreadsheets/d/{key}/edit")
            env |= {"EIG_SHEETS_API_ENDPOINT": server.url, "GOOGLE_APPLICATION_CREDENTIALS": server.service_account}
        elif kind == "grist":
            grist = request.getfixturevalue("grist")
            found.append(create_document(grist.url, grist.keys[ROBOT], f"Classeur {place}").url)
            env["EIG_SHEETS_GRIST_KEY"] = grist.keys[ROBOT]
        else:
            found.append(f"../{('campagne', 'talents')[place]}.xlsx")
    return found, env


@pytest.fixture
def two(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Two]:
    """Both as people filled them."""
    with ExitStack() as stack:
        found, env = places(request.param, request, stack)
        write_settings(tmp_path, *found)
        made = Two(Campaign(tmp_path), env)
        with patch.dict(os.environ, env):
            made.fill()
            yield made


KINDS = [("xlsx", "xlsx"), ("google", "google"), ("grist", "grist"), ("google", "xlsx"), ("xlsx", "grist")]


@pytest.mark.parametrize(
    "two",
    [pytest.param(KINDS[0]), *[pytest.param(one, marks=pytest.mark.slow) for one in KINDS[1:]]],
    indirect=True,
    ids="-".join,
)
def test_one_night_does_both_and_the_next_writes_nothing(two: Two):
    assert two.run("init").code == 0
    done = two.run("sync")
    assert done.code == 0, done.err
    projects, talents = map(dict, two.contents)
    assert "Talents" not in projects
    assert "Candidatures" not in talents
    assert {row[0] for row in talents["Projets"]} >= {"90101", "90102"}
    assert CHOOSING["email"] not in str(projects)
    before = two.contents
    done = two.run("sync")
    assert (done.code, done.err.count("Rien n’a changé")) == (0, 2), done.err
    assert two.contents == before


@pytest.mark.slow
@pytest.mark.parametrize("two", spread(3, KINDS), indirect=True, ids="-".join)
def test_what_people_type_in_one_is_theirs_and_followed(two: Two):
    assert two.run("init").code == two.run("sync").code == 0
    two.add_candidate(candidature="T-7004", prenom="Wanda", email="wanda@exemple.invalid", statut="Non retenu")
    done = two.run("sync")
    assert done.code == 0, done.err
    projects, talents = map(dict, two.contents)
    assert "wanda@exemple.invalid" in str(talents["E-mails à envoyer"])
    assert "wanda" not in str(projects)
    assert [row for row in talents["Talents"] if "T-7004" in row]
    assert "T-7004" in two.run("--talents", "emails", "list", "--format", "json").out.upper()
