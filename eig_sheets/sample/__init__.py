"""The sample campaign, generated from a seed: real and fictional projects, fictional scores."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from importlib import resources
from pathlib import Path

from eig_sheets import config
from eig_sheets.domain.emails.deliveries import Delivery
from eig_sheets.sample import timeline
from eig_sheets.sample.dossiers import dossiers
from eig_sheets.sample.export import export_rows, write_export
from eig_sheets.sample.jury import evaluations, jurors
from eig_sheets.sample.material import Row
from eig_sheets.storage import permissions, regular_files
from eig_sheets.text.french import typographic
from eig_sheets.workbook.fields import Kind, TabSchema
from eig_sheets.workbook.model.sheet import Sheet
from eig_sheets.workbook.schema import Schema

__all__ = ["BANNER", "DAY", "export_rows", "sent", "sheets", "write_config", "write_export", "write_launcher"]

BANNER = typographic("⚠ Campagne de démonstration : notes fictives, décisions fictives, personnes fictives")
DAY = date(2021, 5, 6)
"""The date of the demonstration: the day after the jury, when decisions are taken."""

_LAUNCHER = "eig-sheets.cmd"
_REMINDER = "2021-04-29"


def sheets(schema: Schema, banner: tuple[str, ...] = (BANNER,), seed: int = 5, day: date | None = None) -> list[Sheet]:
    """The people's tabs and the outbox of the sample, in the schema's order, without robot's columns.

    The call is EIG5's: five criteria scored from 1 to 4. Another seed draws other scores, costs, dates and numbers.
    They are as on `day`, or when the selection is over.
    """
    rows = dossiers(seed)
    criteria = [field.id for field in schema.tab("evaluations").fields if field.kind is Kind.SCORE]
    whole: dict[str, list[Row]] = {
        "candidatures": rows,
        "jury": jurors(rows),
        "evaluations": evaluations(rows, criteria, seed),
        "parametres": _settings(schema),
    }
    filled = whole if day is None else timeline.as_of(day, whole)
    return [_sheet(tab, filled.get(tab.id, []), banner) for tab in schema.tabs]


def sent(day: date, starts: date, seed: int = 5) -> list[Delivery]:
    """The e-mails that are told to be sent on a day: of the steps that are over. `starts`: of the experimentation."""
    return [*timeline.sent(day, dossiers(seed), starts)]


def _settings(schema: Schema) -> list[Row]:
    """One row for each setting, with no value; the last choice of the drop-down is no setting but a reason."""
    tab = next((tab for tab in schema.tabs if tab.id == "parametres"), None)
    *labels, _ = tab.field("reglage").offered if tab else ("",)
    comment = typographic("Vide : la valeur de la configuration.")
    return [{"reglage": label, "commentaire": comment} for label in labels]


def _sheet(tab: TabSchema, rows: Sequence[Row], banner: tuple[str, ...]) -> Sheet:
    columns = tuple(field.column() for field in tab.fields)
    cells = tuple(tuple(row.get(field.id) for field in tab.fields) for row in rows)
    return Sheet(tab.id, tab.name, tab.owner, columns, cells, banner)


def write_config(folder: Path, location: str = "../campagne.xlsx") -> Path:
    """Write `config/` in `folder` (the EIG5 values and templates, and the banner) and return its campaign.toml.

    `location` is that of its workbook. A configuration that is already there is replaced.
    """
    packaged = config.packaged()
    target = folder / config.CONFIG_NAME
    templates = config.load(packaged).templates_folder
    files = {
        target: _demonstration(regular_files.read_text(packaged), location).encode(),
        **{
            target.parent / templates.name / path.name: regular_files.read_bytes(path)
            for path in templates.glob("*.md")
        },
    }
    for path, content in files.items():
        permissions.make_folder(path.parent, permissions.SHARED_FOLDER)
        _replace(path, content)
    return target


def write_launcher(folder: Path) -> Path:
    """Write `eig-sheets.cmd` in `folder`, to double-click on Windows, and return its path."""
    path = folder / _LAUNCHER
    _replace(path, resources.files(__package__).joinpath(_LAUNCHER).read_bytes())
    return path


def _replace(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)
    with permissions.create(path, permissions.SHARED_FILE) as file:
        file.write(content)


def _demonstration(text: str, location: str) -> str:
    """The text of the configuration with the demonstration's values; comments and sources stay."""
    for key, value in {"location": location, "dir": "../.eig-sheets"}.items():
        text = re.sub(rf'^{key} = "[^"]*"', f'{key} = "{value}"', text, count=1, flags=re.MULTILINE)
    # One reminder only: a sync on a later day must not add a second one.
    text = re.sub(r"^reminders = \[[^\]]*\]", f"reminders = [{_REMINDER}]", text, count=1, flags=re.MULTILINE)
    line = f'banner = "{BANNER}"  # en haut de chaque onglet'
    return re.sub(r"^\[campaign\]\n", lambda found: f"{found[0]}{line}\n", text, count=1, flags=re.MULTILINE)
