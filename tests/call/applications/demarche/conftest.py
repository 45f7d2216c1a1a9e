import pytest

from eig_sheets.call.applications.demarche.client import Client
from eig_sheets.spreadsheet.backoff import Backoff
from tests.demarche_server.server import TOKEN


@pytest.fixture
def client(demarche):
    """A client of it that waits for nothing between attempts."""
    made = Client(demarche.url, TOKEN, Backoff(base=0, cap=0, budget=5))
    yield made
    made.close()
