import pytest

from tests.emails.outbox.team import Team, copied, made


@pytest.fixture(scope="module")
def first_night(tmp_path_factory) -> Team:
    """Four dossiers and their e-mails: not to be changed."""
    return made(tmp_path_factory.mktemp("bureau") / "campagne")


@pytest.fixture
def team(first_night, tmp_path) -> Team:
    """The same, to work on."""
    return copied(first_night, tmp_path / "campagne")
