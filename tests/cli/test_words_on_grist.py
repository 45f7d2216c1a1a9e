"""What commands say of a Grist document: cells by row ids and labels, no letters, and no word of another program."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest
from docx import Document

from eig_sheets.spreadsheet.memory.tabs import TabEditor
from eig_sheets.spreadsheet.model.cells import CellError
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from tests import in_memory
from tests.damaged_cells.commands import COMMANDS
from tests.damaged_cells.options import FILE
from tests.features.modules import modules_of_features
from tests.grist_shaped import GristShaped, demonstration
from tests.grist_words import foreign_words
from tests.program import Campaign

EXPORT: Final = "EXPORT"
"""Stands for the file of an import."""
READ_BY_PEOPLE = (
    ("check",),
    ("sync", "--dry-run"),
    ("init", "--dry-run"),
    ("rank", "--explain", "3713503"),
    ("cofinancing", "--explain", "3713503"),
    ("emails", "list"),
    ("history", "diff"),
    ("jury", "ballots", "--dry-run"),
    ("import", EXPORT, "--dry-run"),
    *(words for module in modules_of_features("words_of_cells") for words in module.COMMANDS),
)
ANOMALIES = (("check",), ("check", "--format", "json"), ("sync", "--dry-run"), ("rank",), ("emails", "check"))

Edit = Callable[[TabEditor, Mapping[str, int]], None]


def a_key_twice(tab: TabEditor, columns: Mapping[str, int]) -> None:
    """Another column has the label of the required one."""
    tab.cells[1, max(columns.values()) + 1] = "N° de dossier"


def a_column_twice(tab: TabEditor, columns: Mapping[str, int]) -> None:
    """Another column has the label of an optional one."""
    tab.cells[1, max(columns.values()) + 1] = "Décision"


def a_long_text_without_label(tab: TabEditor, columns: Mapping[str, int]) -> None:
    """More than a cell holds, in a column whose label somebody took away."""
    place = columns["Résumé"]
    tab.cells |= {(1, place): None, (4, place): "a" * 50_001}


def a_column_renamed(tab: TabEditor, columns: Mapping[str, int]) -> None:
    """The column of decisions has another label."""
    tab.cells[1, columns["Décision"]] = "Décision finale"
    tab.column_marks.pop(columns["Décision"], None)


def a_robot_s_column_typed_in(tab: TabEditor, columns: Mapping[str, int]) -> None:
    """Somebody made the rank a column of data."""
    tab.formulas.pop((1, columns["Rang"]))
    tab.cells[4, columns["Rang"]] = "premier"


def errors(tab: TabEditor, columns: Mapping[str, int]) -> None:
    """The same error in three rows, which is one anomaly."""
    for row in (4, 5, 6):
        tab.cells[row, columns["E-mail du porteur"]] = CellError("#KeyError")


DAMAGES: Final[Mapping[Edit, str]] = {
    a_key_twice: "colonne N° de dossier (1re)",
    a_column_twice: "colonne Décision (",
    a_long_text_without_label: "colonne",
    a_column_renamed: "(colonne Décision finale) l’a sans doute remplacée",
    a_robot_s_column_typed_in: "ligne 3, Rang",
    errors: "ligne 4, E-mail du porteur",
}
"""Each with a passage of what `check` says of it."""


@pytest.fixture(scope="module")
def finished(tmp_path_factory) -> Campaign:
    """The sample campaign as in a Grist document, synchronised: not to be changed."""
    return demonstration(tmp_path_factory.mktemp("grist") / "demo-eig")


@pytest.fixture
def campaign(finished, tmp_path) -> Campaign:
    """A copy of it, to work on."""
    copy = Campaign(tmp_path / "demo-eig")
    shutil.copytree(finished.folder, copy.folder)
    in_memory.keep(copy.workbook, in_memory.storage_at(finished.workbook).copy(), GristShaped)
    copy.state.save_last_run(finished.state.load_last_run())
    return copy


@pytest.mark.parametrize("command", [*COMMANDS[:-1], *READ_BY_PEOPLE], ids=" ".join)
def test_no_command_speaks_of_letters_or_of_another_program(command, finished, tmp_path):
    assert foreign_words(said(finished, tmp_path, *command)) == []


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_no_anomaly_speaks_of_letters_or_of_another_program(damage, campaign, tmp_path):
    storage = in_memory.storage_at(campaign.workbook)
    storage.save([damaged(tab, damage) if tab.name == "Candidatures" else tab for tab in storage.tabs])
    texts = [said(campaign, tmp_path, *command) for command in ANOMALIES]
    assert [foreign_words(text) for text in texts] == [[]] * len(texts)
    assert DAMAGES[damage] in " ".join(texts[1].split())


def said(campaign: Campaign, folder: Path, *command: str) -> str:
    """All that a command says, in a wide terminal, and the page that it writes."""
    written = folder / "fait"
    words = [word.replace(FILE, str(written)).replace(EXPORT, str(campaign.export)) for word in command]
    done = campaign.run(*words, env={"COLUMNS": "1000"})
    assert done.code < 2, done.err
    return "\n".join((done.out, done.err, *map(text_of, folder.glob("fait*.*"))))


def text_of(path: Path) -> str:
    """What people read of a file that a command wrote; '' of a workbook, whose cells have letters."""
    if path.suffix == ".docx":
        document = Document(path)
        cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
        return "\n".join((*(paragraph.text for paragraph in document.paragraphs), *cells))
    return path.read_text("utf-8") if path.suffix in (".html", ".csv", ".ics") else ""


def damaged(tab: TabSnapshot, damage: Edit) -> TabSnapshot:
    """The tab with what somebody did to it."""
    editor = TabEditor.of(tab).open()
    damage(editor, {str(header): place for place, header in enumerate(tab.rows[0])})
    return editor.finished()
