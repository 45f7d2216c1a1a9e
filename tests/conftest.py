import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is imported: as the program does

import shutil
from pathlib import Path

import pytest

from tests import computed_once
from tests.effort import register_profiles
from tests.program import Campaign, eig

# The settings of whoever runs the suite are not the tests'.
for name in [name for name in os.environ if name.startswith("EIG_SHEETS_")]:
    del os.environ[name]

register_profiles()
computed_once.install()


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
