"""The configuration of a call, loaded with the features that this program has."""

from __future__ import annotations

from pathlib import Path

from eig_sheets import config
from eig_sheets.config import Campaign
from eig_sheets.config.sections import packaged_files
from eig_sheets.config_file import packaged
from eig_sheets.installed import FEATURES
from eig_sheets.storage import regular_files


def load(path: Path, unsaved: str | None = None) -> Campaign:
    """Load a configuration file (`config.load`). Raises ConfigError."""
    return config.load(path, unsaved, FEATURES)


def packaged_text() -> str:
    """The configuration that comes with the program as one text: its file, then the sections of features."""
    files = (packaged(), *packaged_files(FEATURES))
    return "\n".join(regular_files.read_text(file, "utf-8") for file in files)


def load_nearest(start: Path) -> Campaign:
    """Load the configuration that is found from a folder (`config.load_nearest`). Raises ConfigError."""
    return config.load_nearest(start, FEATURES)
