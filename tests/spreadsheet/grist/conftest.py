from collections.abc import Iterator

import pytest

from eig_sheets.spreadsheet.backoff import Backoff
from eig_sheets.spreadsheet.grist.address import address_of
from eig_sheets.spreadsheet.grist.client import Client
from tests.spreadsheet.google.odd_google import OddGoogle

AT_ONCE = Backoff(base=0, cap=0, budget=60)
KEY = "0123456789abcdef-secret"


@pytest.fixture
def odd() -> Iterator[OddGoogle]:
    """A server that gives prepared answers."""
    with OddGoogle() as made:
        yield made


@pytest.fixture
def client(odd) -> Iterator[Client]:
    """A client of a document of that server, that never waits."""
    made = Client(address_of(f"{odd.url}/abcdefghijkl"), KEY, AT_ONCE)
    yield made
    made.close()
