import shutil

import pytest

from tests.nightly import Robot
from tests.outbox.office import Office, made
from tests.program import Campaign


@pytest.fixture(scope="module")
def first_night(tmp_path_factory) -> Office:
    """Four dossiers and their e-mails: not to be changed."""
    return made(tmp_path_factory.mktemp("bureau") / "campagne")


@pytest.fixture
def office(first_night, tmp_path) -> Office:
    """The same, to work on."""
    return copied(first_night, tmp_path / "campagne")


def copied(office, folder) -> Office:
    original, copy = office.robot.campaign, Campaign(folder)
    shutil.copytree(original.folder, folder)
    copy.state.remember(original.state.recall())
    return Office(Robot(copy, office.robot.now, office.robot.today))
