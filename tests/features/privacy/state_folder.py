"""Each file of a state folder has its entry in the register of personal data: after every command of the suite."""

from __future__ import annotations

from pathlib import Path

from eig_sheets.features.privacy.register import holding_named, kept_in
from eig_sheets.installed import FEATURES
from eig_sheets.personal_data import Place


def unregistered(folder: Path) -> list[str]:
    """The files of a state folder of which the register says nothing."""
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    entries = kept_in(Place.STATE, FEATURES)
    return [name for name in names if holding_named(entries, name) is None]


def check(folder: Path) -> None:
    """Raise AssertionError when a file has no entry."""
    assert unregistered(folder) == [], "a file of the state folder that no entry tells of"
