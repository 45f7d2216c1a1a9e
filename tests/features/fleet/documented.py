"""What the commands of a fleet that documentation tells to type want."""

from __future__ import annotations

import shutil
from pathlib import Path

CALLS = "appels"
HERE = {"docs/fleet.md": {"/srv/eig-sheets": CALLS}}
VALUES = {"APPELS": CALLS}
"""What stands, in the folder of a test, for words of a page, and for those of the commands."""


def prepare(folder: Path) -> None:
    """The folder of calls that pages name."""
    shutil.copytree(folder, folder / CALLS / "eig5", ignore=shutil.ignore_patterns(CALLS))
