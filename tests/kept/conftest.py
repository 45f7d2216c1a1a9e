"""What version 0.1.0 left, and the services that it knows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kept import archive, services
from tests.kept.services import Services

ARCHIVE = Path(__file__).parent / "state-0.1.0.tar.xz"


@pytest.fixture(scope="session")
def left(tmp_path_factory) -> Path:
    """The folder of what that version left: not to be changed."""
    folder = tmp_path_factory.mktemp("kept")
    archive.unpack(ARCHIVE, folder)
    return folder


@pytest.fixture(scope="module")
def connected() -> Iterator[Services]:
    """The services, as they stood."""
    with services.running() as ours:
        services.as_left(ours.demarche)
        yield ours


@pytest.fixture
def ours(connected) -> Services:
    """The same, of which nothing was asked yet."""
    connected.post.arrived.clear()
    connected.demarche.asked.clear()
    return connected


@pytest.fixture
def jury(left, ours, tmp_path) -> Path:
    return ours.copied(left / "jury", tmp_path / "jury")


@pytest.fixture
def ended(left, ours, tmp_path) -> Path:
    return ours.copied(left / "ended", tmp_path / "ended")


@pytest.fixture
def online(left, ours, tmp_path) -> Path:
    return ours.copied(left / "online", tmp_path / "online")
