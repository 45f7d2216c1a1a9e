"""The sources of the sample campaign: data files and a seed."""

from __future__ import annotations

import csv
import random
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from eig_sheets.spreadsheet.model.cells import WrittenValue
from eig_sheets.storage import regular_files
from eig_sheets.text.french import typographic

Row = dict[str, WrittenValue]
"""One row of a people's tab: field id → value."""


def seeded_random(seed: int, what: str) -> random.Random:
    """A random generator for one part, so that a change of one part does not change the others."""
    return random.Random(f"{seed} {what}")  # noqa: S311 -- a sample, not a secret


@cache
def table(name: str) -> list[dict[str, str]]:
    """The rows of a .csv of this folder, with French typography."""
    lines = _read(name).splitlines()
    return [{key: typographic(value) for key, value in row.items()} for row in csv.DictReader(lines)]


@cache
def settings(name: str) -> Mapping[str, Any]:
    """The content of a .toml of this folder, with French typography."""
    return {key: _typographic(value) for key, value in tomllib.loads(_read(name)).items()}


@cache
def settings_in(path: Path) -> Mapping[str, Any]:
    """The content of a .toml of a feature, with French typography."""
    return {key: _typographic(value) for key, value in tomllib.loads(regular_files.read_text(path)).items()}


def professions_of() -> dict[str, list[str]]:
    """Project → the professions that it asks for, one a place."""
    return {row["projet"]: [name.strip() for name in row["profils"].split(";")] for row in table("projects.csv")}


def _read(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def _typographic(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _typographic(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_typographic(inner) for inner in value]
    return typographic(value) if isinstance(value, str) else value
