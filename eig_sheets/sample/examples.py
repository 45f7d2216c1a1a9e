"""The demonstrations of other calls: an example's configuration, and rows written in files beside it."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from eig_sheets import config
from eig_sheets.config import Campaign
from eig_sheets.sample.sources import Row, settings_in
from eig_sheets.spreadsheet.model.cells import WrittenValue
from eig_sheets.storage import permissions, regular_files
from eig_sheets.text.french import typographic
from eig_sheets.workbook import values
from eig_sheets.workbook.fields import Field, Kind, TabSchema
from eig_sheets.workbook.schema import Schema

_TOLD: Final = "demonstration.toml"
_ROWS: Final = "rows"
_NUMBERS: Final = (Kind.SCORE, Kind.INTEGER, Kind.AMOUNT, Kind.YEARS)


@dataclass(frozen=True, slots=True)
class Example:
    """A call that is an example, in a folder: `config/`, `rows/` with a .csv a tab, and what its demonstration is."""

    folder: Path

    @property
    def name(self) -> str:
        """Its name, which `demo --example` takes."""
        return self.folder.name

    @property
    def id(self) -> str:
        """The name of the call itself, `campaign.id`."""
        return str(settings_in(self.folder / config.CONFIG_NAME)["campaign"]["id"])

    @property
    def title(self) -> str:
        """What it is, in French."""
        return str(self._told["title"])

    @property
    def day(self) -> date:
        """The date of its demonstration."""
        day: date = self._told["day"]
        return day

    @property
    def _told(self) -> Mapping[str, Any]:
        return settings_in(self.folder / _TOLD)

    def write_config(self, target: Path, banner: str, location: str | None = None) -> Path:
        """Write its `config/` in a folder, with a banner, and return its campaign.toml; `location`: of its workbook."""
        original = self.folder / config.CONFIG_NAME
        for path in sorted(original.parent.rglob("*")):
            if path.is_file():
                copied = target / path.relative_to(self.folder)
                permissions.make_folder(copied.parent, permissions.SHARED_FOLDER)
                content = regular_files.read_bytes(path)
                with permissions.blaming(copied), permissions.create(copied, permissions.SHARED_FILE) as file:
                    file.write(_shown(content, banner, location) if path == original else content)
        return target / config.CONFIG_NAME

    def rows(self, schema: Schema, campaign: Campaign) -> dict[str, list[Row]]:
        """The rows of each people's tab, by the ids of the tab and of its columns."""
        files = {tab: self.folder / _ROWS / f"{tab.id}.csv" for tab in schema.tabs}
        return {tab.id: _read(path, tab, campaign.zone) for tab, path in files.items() if path.exists()}


def examples() -> list[Example]:
    """Those that have a demonstration, by their names."""
    package = Path(__file__).parent.parent
    installed = package / "_examples"
    folder = installed if installed.is_dir() else package.parent / "examples"
    return [Example(path.parent) for path in sorted(folder.glob(f"*/{_TOLD}"))]


def _shown(content: bytes, banner: str, location: str | None) -> bytes:
    text = content.decode("utf-8")
    if location is not None:
        text = re.sub(r'^location = "[^"]*"', lambda _: f'location = "{location}"', text, count=1, flags=re.MULTILINE)
    line = f'banner = "{banner}"  # en haut de chaque onglet'
    return re.sub(
        r"^\[campaign\]\n", lambda heading: f"{heading[0]}{line}\n", text, count=1, flags=re.MULTILINE
    ).encode()


def _read(path: Path, tab: TabSchema, zone: ZoneInfo) -> list[Row]:
    lines = csv.DictReader(regular_files.read_text(path).splitlines())
    return [{name: _value(text, tab.field(name), zone) for name, text in line.items()} for line in lines]


def _value(text: str, field: Field, zone: ZoneInfo) -> WrittenValue:
    """A cell as people type it: a number, a moment of the call's zone, or a text."""
    if not text:
        return None
    if field.kind in (Kind.DATE, Kind.DATETIME):
        return values.moment(text, zone)
    if field.kind in _NUMBERS and text != values.NSP:
        return float(text)
    return typographic(text)
