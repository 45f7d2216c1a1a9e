"""A pytest plugin that runs some of the modules of tests: `python -m pytest -p tests.drawn_modules --drawn-by TEXT`.

Other ones with another text, the same with the same: what one commit leaves out, the next ones try.
"""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

import pytest

ONE_IN = 4
"""How many modules there are for one that runs."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the text be given."""
    parser.addoption("--drawn-by", required=True, help="a text by which the modules are drawn")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Whether a module is left out, before it is imported."""
    if not collection_path.name.startswith("test_") or collection_path.suffix != ".py":
        return None
    place = collection_path.relative_to(config.rootpath).as_posix()
    return True if crc32(f"{config.getoption('drawn_by')} {place}".encode()) % ONE_IN else None
