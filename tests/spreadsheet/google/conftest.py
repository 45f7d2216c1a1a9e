from collections.abc import Iterator

import pytest
from google.oauth2.credentials import Credentials

from eig_sheets.spreadsheet.backoff import Backoff
from eig_sheets.spreadsheet.google.client import Client, connect
from tests.sheets_server.auth import EMAIL
from tests.sheets_server.server import Server, running
from tests.sheets_server.world import permission
from tests.spreadsheet.google.odd_google import OddGoogle

AT_ONCE = Backoff(base=0, cap=0, budget=60)


@pytest.fixture(scope="session")
def shared_google() -> Iterator[Server]:
    with running() as made:
        yield made


@pytest.fixture
def google(shared_google) -> Iterator[Server]:
    """The local Sheets server, with a spreadsheet of this test's own."""
    book = shared_google.world.create("Campagne", "anne@example.org")
    shared_google.spreadsheet_id = book.id
    share(shared_google, "writer")
    shared_google.script.post([])
    yield shared_google
    shared_google.script.post([])
    shared_google.accounts.clock_offset = 0


def share(server: Server, role: str | None) -> None:
    """Share the spreadsheet with the robot in this role, or not at all."""
    owner = permission("user", "owner", server.world.books[server.spreadsheet_id].owner)
    robot = [permission("user", role, EMAIL)] if role else []
    server.world.files[server.spreadsheet_id].permissions = [owner, *robot]


def environment_of(server: Server) -> dict[str, str]:
    return {"GOOGLE_APPLICATION_CREDENTIALS": server.service_account, "EIG_SHEETS_API_ENDPOINT": server.url}


@pytest.fixture
def client(google) -> Iterator[Client]:
    """A client with the robot's real key, that never waits."""
    made = connect(environment_of(google), AT_ONCE)
    yield made
    made.close()


@pytest.fixture
def odd() -> Iterator[OddGoogle]:
    """A server that gives prepared answers."""
    with OddGoogle() as made:
        yield made


@pytest.fixture
def odd_client(odd) -> Iterator[Client]:
    made = Client(Credentials(token="ya29.test"), odd.url, AT_ONCE)
    yield made
    made.close()
