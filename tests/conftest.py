import gc
import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is imported: as the program does

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import computed_once

computed_once.install()  # before any module takes by name what it replaces

from eig_sheets.installed import FEATURES  # noqa: E402
from eig_sheets.spreadsheet.memory import Storage  # noqa: E402
from tests import in_memory, whole_story  # noqa: E402
from tests.effort import register_profiles  # noqa: E402
from tests.grist_server import GristServer, running  # noqa: E402
from tests.program import Campaign, copied_elsewhere  # noqa: E402

# The settings of whoever runs the suite are not the tests', but for those that say where they find a server.
for name in [name for name in os.environ if name.startswith("EIG_SHEETS_") and "_TEST_" not in name]:
    del os.environ[name]

pytest.register_assert_rewrite("tests.end_to_end.google.checks")  # so that what is lost is told
register_profiles()
gc.disable()  # until the tests are known: what is imported meanwhile stays, and was gone through again and again


def pytest_collection_modifyitems(items) -> None:
    """Skip what is about a feature that the program has not."""
    there = {feature.id for feature in FEATURES}
    for item in items:
        for feature in {mark.args[0] for mark in item.iter_markers("needs")} - there:
            item.add_marker(pytest.mark.skip(reason=f"the program has no feature {feature}"))


def pytest_collection_finish() -> None:
    """Collect garbage from now on, less often than Python does, and not in what was imported and collected."""
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def workbooks_in_memory() -> Iterator[None]:
    """The program finds the workbooks that tests keep in memory."""
    with in_memory.registered():
        yield


@pytest.fixture(autouse=True)
def workbooks_of_a_test(request) -> Iterator[None]:
    """What a test kept in memory under its own folder goes with it."""
    folder = request.getfixturevalue("tmp_path") if "tmp_path" in request.fixturenames else None
    yield
    if folder is not None:
        in_memory.forget(folder)


@pytest.fixture(scope="session")
def finished_demo(tmp_path_factory) -> Path:
    """The folder of a campaign as `eig-sheets demo` lays it out, with all of its story: not to be changed."""
    folder = tmp_path_factory.mktemp("demo") / "demo-eig"
    whole_story.write(folder)
    return folder


@pytest.fixture(scope="session")
def demo_storage(finished_demo) -> Storage:
    """What the workbook of the demo holds."""
    return in_memory.read_from(Campaign(finished_demo).workbook)


@pytest.fixture
def demo(finished_demo, tmp_path, request) -> Campaign:
    """A copy of the demo, to work on; its state knows what the last run of the original knew.

    Its workbook is in memory where the test is marked so, and not `on_a_file`.
    """
    original, copy = Campaign(finished_demo), Campaign(tmp_path / "demo-eig")
    if in_memory.is_for(request):
        copied_elsewhere(original.folder, copy.folder, ignore=in_memory.OF_THE_FILE)
        in_memory.keep(copy.workbook, request.getfixturevalue("demo_storage").copy())
    else:
        copied_elsewhere(original.folder, copy.folder)
    copy.state.save_last_run(original.state.load_last_run())
    return copy


@pytest.fixture(scope="session")
def grist() -> Iterator[GristServer]:
    """A real Grist server, or a skip that says how to have one."""
    with running() as server:
        yield server


@pytest.fixture
def demarche():
    """The stand-in of Démarche Numérique, empty. What was asked of it is held against the official stored queries."""
    from tests.demarche_server import official, server  # graphql takes a moment to import

    with server.running() as running_server:
        yield running_server
    if official.is_here():
        assert [body for body in running_server.requests if official.engine().undeclared(body)] == []
