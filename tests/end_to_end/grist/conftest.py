from dataclasses import dataclass

import pytest

from tests.end_to_end.grist.support import Team, demonstration


@dataclass(frozen=True)
class Original:
    """The demonstration that copies are made of, and the number of its document's last change."""

    team: Team
    version: int


@pytest.fixture(scope="session")
def original(grist, tmp_path_factory) -> Original:
    team = demonstration(grist, tmp_path_factory.mktemp("grist") / "demo")
    return Original(team, team.now_version)


@pytest.fixture
def finished_team(original) -> Team:
    """The demonstration in a Grist document: not to be changed."""
    assert original.team.now_version == original.version, "an earlier test changed the document that others copy"
    return original.team


@pytest.fixture
def team(finished_team, tmp_path) -> Team:
    """A copy of the demonstration, to work on."""
    return finished_team.copy(tmp_path / "demo")
