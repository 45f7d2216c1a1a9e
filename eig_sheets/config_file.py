"""The configuration file of a call: where it is, and the features that it turns off, read before all of it is.

Light, for the help pages: the rest of it is read and validated by `eig_sheets.config`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from eig_sheets.storage import regular_files
from eig_sheets.text import toml

CONFIG_NAME: Final = Path("config") / "campaign.toml"
PACKAGED_NAME: Final = "eig5"
"""The name by which `extends` knows the packaged configuration."""


def packaged() -> Path:
    """The path of the EIG5 configuration that comes with the program."""
    package = Path(__file__).parent
    installed = package / "_config" / "campaign.toml"
    return installed if installed.exists() else package.parent / CONFIG_NAME


def find(start: Path) -> Path:
    """The path of `config/campaign.toml` in `start` or a parent folder, else of the packaged one."""
    for folder in (start, *start.parents):
        if (folder / CONFIG_NAME).is_file():
            return folder / CONFIG_NAME
    return packaged()


def turned_off(path: Path) -> frozenset[str]:
    """The names in `[features] without` of a configuration or of the nearest that it extends.

    None when they cannot be read: to show a command that is off says nothing wrong, and what runs reads it all.
    """
    for values in _layers(path):
        match values:
            case {"features": {"without": list(names)}}:
                return frozenset(name for name in names if isinstance(name, str))
    return frozenset()


def has_no_cofinancing(path: Path) -> bool:
    """Whether the nearest layer that says a rule of co-financing says that there is none."""
    for values in _layers(path):
        match values:
            case {"cofinancing": {"rule": str(rule)}}:
                return rule == "none"
    return False


_MOST_LAYERS: Final = 20


def _layers(path: Path) -> Iterator[dict[str, Any]]:
    """The values of a configuration, then of each that it extends, as far as they can be read."""
    for _ in range(_MOST_LAYERS):
        try:
            values = toml.parsed(regular_files.read_text(path, "utf-8-sig"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, toml.BoundsError):
            return
        yield values
        parent = values.get("extends")
        if not isinstance(parent, str):
            return
        path = packaged() if parent == PACKAGED_NAME else path.parent / parent
