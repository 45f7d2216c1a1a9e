import pytest

from tests.end_to_end.grist.support import Team, demonstration


@pytest.fixture(scope="session")
def finished_team(grist, tmp_path_factory) -> Team:
    """The demonstration in a Grist document: not to be changed."""
    return demonstration(grist, tmp_path_factory.mktemp("grist") / "demo")


@pytest.fixture(scope="session")
def last_change(finished_team) -> int:
    """The number of the last change of the document that others copy."""
    return finished_team.now_version


@pytest.fixture
def team(finished_team, last_change, tmp_path) -> Team:
    """A copy of the demonstration, to work on."""
    assert finished_team.now_version == last_change, "an earlier test changed the document that others copy"
    return finished_team.copy(tmp_path / "demo")
