from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.google.support import Desk, Finished, fill, make_folder
from tests.sheets_server.server import running


@pytest.fixture(scope="session")
def finished(tmp_path_factory) -> Iterator[Finished]:
    """A campaign that was synchronised: not to be changed, but copied by `desk`."""
    folder = tmp_path_factory.mktemp("google")
    make_folder(folder)
    with running(locale="fr_FR") as server:
        desk = Desk(server, folder, folder / "state")
        blank = desk.book
        assert desk.run("init").code == 0
        desk.book = filled = fill(desk.book)
        outcome = desk.run("sync")
        assert (outcome.code, desk.written) == (0, 1), outcome
        yield Finished(desk, blank, filled, desk.book)


@pytest.fixture
def desk(finished: Finished, tmp_path: Path) -> Desk:
    """A campaign of one's own, synchronised."""
    return finished.copy(tmp_path)
