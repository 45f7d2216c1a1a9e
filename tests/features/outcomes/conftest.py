from collections.abc import Iterator

import pytest

from tests import in_memory
from tests.call.applications.demarche.conftest import client as client  # noqa: PLC0414 (a fixture)
from tests.demarche_server import server
from tests.demarche_server.server import Server
from tests.features.outcomes.campaign import Decided, decided, received


@pytest.fixture(scope="session")
def decided_campaign(tmp_path_factory) -> Decided:
    """A campaign whose team decided: not to be changed, but copied by `team`."""
    return decided(tmp_path_factory.mktemp("decided") / "campaign")


@pytest.fixture
def service() -> Iterator[Server]:
    """The stand-in of Démarche Numérique, which has the dossiers of the campaign, en instruction."""
    with server.running() as running:
        received(running)
        yield running


@pytest.fixture
def team(decided_campaign, tmp_path, service, request) -> Decided:
    """A campaign of one's own whose decisions were not told yet."""
    copy = decided_campaign.copy(tmp_path / "campaign", memory=in_memory.is_for(request))
    team = Decided(copy.folder)
    team.connect(service)
    return team


@pytest.fixture
def told(team) -> Decided:
    """The same where our own e-mails are « Envoyé »."""
    team.tell(*(number for number in (4512000, 4512001, 4512002, 4512004, 4512006)))
    return team
