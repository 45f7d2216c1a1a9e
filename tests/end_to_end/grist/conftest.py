import pytest

from tests.end_to_end.grist.support import Team, demonstration


@pytest.fixture(scope="session")
def finished_team(grist, tmp_path_factory) -> Team:
    """The demonstration in a Grist document: not to be changed."""
    return demonstration(grist, tmp_path_factory.mktemp("grist") / "demo")


@pytest.fixture
def team(finished_team, tmp_path) -> Team:
    """A copy of the demonstration, to work on."""
    return finished_team.copy(tmp_path / "demo")
