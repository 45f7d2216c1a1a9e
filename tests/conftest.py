import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is imported: as the program does

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.program import Campaign, eig

# The settings of whoever runs the suite are not the tests'.
for name in [name for name in os.environ if name.startswith("EIG_SHEETS_")]:
    del os.environ[name]

# Examples may take the time that the machine takes; what counts is what they find. Thirty of each, on two Pythons,
# keep the suite short.
settings.register_profile(
    "eig-sheets", deadline=None, max_examples=30, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("eig-sheets")


ONCE = (
    "cli", "end_to_end", "examples", "exporting", "outbox", "report", "sample", "scripts", "test_google_docs.py",
    "test_readme.py", "test_repository.py", "test_sheets_server", "workbook",
)  # fmt: skip
"""What does not depend on the Python that runs it, below tests/: it runs on the oldest one only (scripts/test.sh)."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    folder = Path(__file__).parent
    for item in items:
        if item.path.relative_to(folder).parts[0] in ONCE:
            item.add_marker(pytest.mark.once)


@pytest.fixture(scope="session")
def finished_demo(tmp_path_factory) -> Path:
    """The folder that `eig-sheets demo` makes: not to be changed."""
    folder = tmp_path_factory.mktemp("demo") / "demo-eig"
    made = eig("-q", "demo", folder)
    assert (made.code, made.err) == (0, "")
    return folder


@pytest.fixture
def demo(finished_demo, tmp_path) -> Campaign:
    """A copy of the demo, to work on; its state knows what the last run of the original knew."""
    original, copy = Campaign(finished_demo), Campaign(tmp_path / "demo-eig")
    shutil.copytree(original.folder, copy.folder)
    copy.state.remember(original.state.recall())
    return copy
