"""The configuration that comes with the program."""

from __future__ import annotations

from pathlib import Path
from typing import Final

CONFIG_NAME: Final = Path("config") / "campaign.toml"
PACKAGED_NAME: Final = "eig5"
"""The name by which `extends` knows the packaged configuration."""


def packaged() -> Path:
    """The path of the EIG5 configuration that comes with the program."""
    package = Path(__file__).parents[1]
    installed = package / "_config" / "campaign.toml"
    return installed if installed.exists() else package.parent / CONFIG_NAME
