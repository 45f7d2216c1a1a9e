from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.google.support import Desk, Finished, make_folder, synchronised


@pytest.fixture(scope="session")
def finished(tmp_path_factory) -> Iterator[Finished]:
    """A campaign that was synchronised: not to be changed, but copied by `desk`."""
    folder = tmp_path_factory.mktemp("google")
    make_folder(folder)
    with synchronised(folder) as campaign:
        yield campaign


@pytest.fixture
def desk(finished: Finished, tmp_path: Path) -> Desk:
    """A campaign of one's own, synchronised."""
    return finished.copy(tmp_path)
