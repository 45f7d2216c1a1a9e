"""The configuration of a call, loaded with the features that this program has."""

from __future__ import annotations

from pathlib import Path

from eig_sheets import config
from eig_sheets.config import Campaign
from eig_sheets.installed import FEATURES


def load(path: Path, unsaved: str | None = None) -> Campaign:
    """Load a configuration file (`config.load`). Raises ConfigError."""
    return config.load(path, unsaved, FEATURES)


def load_nearest(start: Path) -> Campaign:
    """Load the configuration that is found from a folder (`config.load_nearest`). Raises ConfigError."""
    return config.load_nearest(start, FEATURES)
