import pytest

from tests.emails.outbox.office import Office, copied, made


@pytest.fixture(scope="module")
def first_night(tmp_path_factory) -> Office:
    """Four dossiers and their e-mails: not to be changed."""
    return made(tmp_path_factory.mktemp("bureau") / "campagne")


@pytest.fixture
def office(first_night, tmp_path) -> Office:
    """The same, to work on."""
    return copied(first_night, tmp_path / "campagne")
