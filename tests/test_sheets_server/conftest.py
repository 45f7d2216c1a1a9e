from collections.abc import Iterator

import gspread
import pytest

from tests.sheets_server.server import Server, running
from tests.test_sheets_server.clients import Api, session_of


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with running() as made:
        made.accounts.own_files = True  # as when gspread was recorded
        yield made


@pytest.fixture(scope="session")
def french_server() -> Iterator[Server]:
    with running(locale="fr_FR") as made:
        yield made


@pytest.fixture(autouse=True)
def calm(request) -> Iterator[None]:
    """No script, quota or clock of one test reaches the next."""
    yield
    for name in {"server", "french_server"} & set(request.fixturenames):
        made = request.getfixturevalue(name)
        made.script.post([])
        made.world.quotas, made.accounts.clock_offset, made.accounts.lifetime = False, 0, 3600


@pytest.fixture(scope="session")
def client(server):
    with session_of(server) as session:
        yield gspread.Client(auth=session.credentials, session=session)


@pytest.fixture
def book(client, request):
    """A new spreadsheet that belongs to the service account."""
    made = client.create(request.node.name)
    yield made
    if made.id in [file["id"] for file in client.list_spreadsheet_files()]:
        client.del_spreadsheet(made.id)


@pytest.fixture
def sheet(book):
    return book.sheet1


@pytest.fixture
def api(server, book) -> Api:
    return Api(server, book.id)


@pytest.fixture
def french(french_server) -> Api:
    """A new French spreadsheet, seen by its owner."""
    made = french_server.world.create("Essai", "anne@example.org")
    return Api(french_server, made.id, "anne@example.org")
