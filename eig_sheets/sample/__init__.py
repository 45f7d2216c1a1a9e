"""The sample campaign, generated from a seed: real and fictional projects, fictional scores."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from importlib import resources
from pathlib import Path

from eig_sheets import config, loading
from eig_sheets.config.sections import Texts
from eig_sheets.domain.rules import Experimentation
from eig_sheets.emails.catalogue.deliveries import Delivery
from eig_sheets.installed import FEATURES
from eig_sheets.sample import jury, programme, sendings
from eig_sheets.sample.dossiers import dossiers
from eig_sheets.sample.export import export_rows, write_export
from eig_sheets.sample.history import ConstantRows, SampleSection, SampleWorkbook
from eig_sheets.sample.jury import FilledPage, evaluations, jurors
from eig_sheets.sample.sources import Row
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.storage import permissions, regular_files
from eig_sheets.text.french import typographic
from eig_sheets.workbook.fields import Kind, TabSchema
from eig_sheets.workbook.schema import Schema

__all__ = [
    "BANNER", "DAY", "add_sections", "export_rows", "page_answers", "sent", "sheets", "sheets_of",
    "write_config", "write_export", "write_launcher",
]  # fmt: skip

BANNER = typographic("⚠ Campagne de démonstration : notes fictives, décisions fictives, personnes fictives")
DAY = date(2021, 5, 6)
"""The date of the demonstration: the day after the jury, when decisions are taken."""

_LAUNCHER = "eig-sheets.cmd"
_REMINDER = "2021-04-29"


def sheets(
    schema: Schema,
    banner: tuple[str, ...] = (BANNER,),
    seed: int = 5,
    day: date | None = None,
    *,
    on_pages: bool = False,
) -> list[Sheet]:
    """The people's tabs and the outbox of the sample, in the schema's order, without robot's columns.

    The call is EIG5's: five criteria scored from 1 to 4. Another seed draws other scores, costs, dates and numbers.
    They are as on `day`, with all of the programme; without one, the call for projects alone, all of its story at
    once. With `on_pages`, what some jurors note on pages of their own is not in `Évaluations`. A workbook has what
    concerns it.
    """
    filled = _rows(schema, seed, day)
    if on_pages:
        filled["evaluations"] = jury.typed(filled["evaluations"])
    return sheets_of(schema, filled, banner)


def sheets_of(schema: Schema, rows: Mapping[str, Sequence[Row]], banner: tuple[str, ...] = (BANNER,)) -> list[Sheet]:
    """The people's tabs and the outbox with these rows, by the ids of tabs and of columns."""
    return [_sheet(tab, rows.get(tab.id, []), banner) for tab in schema.tabs]


def page_answers(schema: Schema, seed: int = 5, day: date | None = None) -> dict[str, FilledPage | None]:
    """What each juror who notes on a page filled of it by a day, by address; None: nothing."""
    return jury.filled_pages(_rows(schema, seed, day)["evaluations"])


def _rows(schema: Schema, seed: int, day: date | None) -> dict[str, list[Row]]:
    """The rows of each tab that has any."""
    rows, criteria = dossiers(seed), _criteria(schema, "evaluations")
    whole: dict[str, list[Row]] = {
        "candidatures": rows,
        "jury": jurors(rows),
        "evaluations": evaluations(rows, criteria, seed) if criteria else [],
        "parametres": _settings(schema),
        **{added.tab: added.rows(seed) for added in FEATURES.parts(ConstantRows)},
    }
    if day is None:
        return whole
    scored = {tab.id: _criteria(schema, tab.id) for tab in schema.tabs}
    known = programme.as_of(day, whole) | programme.tabs_on(day, scored, seed)
    known |= {"jury": programme.jury_of({tab.id for tab in schema.tabs}, known["jury"], day, seed)}
    return programme.with_cells(known, day)


def _criteria(schema: Schema, tab_id: str) -> list[str]:
    """The fields of the notes of a tab, none when the workbook has no such tab."""
    return [field.id for tab in schema.tabs if tab.id == tab_id for field in tab.fields if field.kind is Kind.SCORE]


def sent(day: date, period: Experimentation | None, seed: int = 5) -> list[Delivery]:
    """The e-mails that are told to be sent on a day: of the steps that are over. `period`: of the experimentation."""
    return [*sendings.sent(day, dossiers(seed), seed, period)]


def _settings(schema: Schema) -> list[Row]:
    """One row for each setting, with no value; the last choice of the drop-down is no setting but a reason."""
    tab = next((tab for tab in schema.tabs if tab.id == "parametres"), None)
    *labels, _ = tab.field("reglage").offered if tab else ("",)
    comment = typographic("Vide : la valeur de la configuration.")
    return [{"reglage": label, "commentaire": comment} for label in labels]


def _sheet(tab: TabSchema, rows: Sequence[Row], banner: tuple[str, ...]) -> Sheet:
    columns = tuple(field.column() for field in tab.made)
    cells = tuple(tuple(row.get(field.id) for field in tab.made) for row in rows)
    return Sheet(tab.id, tab.name, tab.owner, columns, cells, banner)


def write_config(folder: Path, location: str = "../campagne.xlsx", other: str | None = None) -> Path:
    """Write `config/` in `folder` (the EIG5 values and templates, and the banner) and return its campaign.toml.

    `location` is that of its workbook, `other` that of the other one of a feature, if there is one. A configuration
    that is already there is replaced.
    """
    target = folder / config.CONFIG_NAME
    templates = loading.load(config.packaged()).templates_folder
    folders = (templates, *(folder for texts in FEATURES.parts(Texts) for folder in texts.folders))
    files = {
        target: _demonstration(loading.packaged_text(), location, other).encode(),
        **{
            target.parent / templates.name / path.name: regular_files.read_bytes(path)
            for folder in folders
            for path in folder.glob("*.md")
        },
    }
    for path, content in files.items():
        permissions.make_folder(path.parent, permissions.SHARED_FOLDER)
        _replace(path, content)
    return target


def add_sections(path: Path) -> None:
    """Add to a configuration of the sample the lines that features have in the demonstration alone."""
    lines = [line for part in FEATURES.parts(SampleSection) for line in ("", *part.lines())]
    _replace(path, "\n".join([regular_files.read_text(path).rstrip("\n"), *lines, ""]).encode())


def write_launcher(folder: Path) -> Path:
    """Write `eig-sheets.cmd` in `folder`, to double-click on Windows, and return its path."""
    path = folder / _LAUNCHER
    _replace(path, resources.files(__package__).joinpath(_LAUNCHER).read_bytes())
    return path


def _replace(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)
    with permissions.blaming(path), permissions.create(path, permissions.SHARED_FILE) as file:
        file.write(content)


def _demonstration(text: str, location: str, other: str | None) -> str:
    """The text of the configuration with the demonstration's values; comments and sources stay."""
    for key, value in {"location": location, "dir": "../.eig-sheets"}.items():
        text = re.sub(rf'^{key} = "[^"]*"', f'{key} = "{value}"', text, count=1, flags=re.MULTILINE)
    for part in FEATURES.parts(SampleWorkbook) if other is not None else ():
        text = text.replace("\n[workbook]\n", f'\n[workbook]\n{part.key} = "{other}"  # {part.comment}\n', 1)
    # One reminder only: a sync on a later day must not add a second one.
    text = re.sub(r"^reminders = \[[^\]]*\]", f"reminders = [{_REMINDER}]", text, count=1, flags=re.MULTILINE)
    line = f'banner = "{BANNER}"  # en haut de chaque onglet'
    return re.sub(r"^\[campaign\]\n", lambda heading: f"{heading[0]}{line}\n", text, count=1, flags=re.MULTILINE)
