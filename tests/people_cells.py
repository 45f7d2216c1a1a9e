"""What people own in a campaign's file, told without any of our code; and a cell typed straight into its XML.

Of a workbook in memory (tests/in_memory.py) it tells, and types, the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from eig_sheets.spreadsheet.memory import Storage
from eig_sheets.spreadsheet.model.cells import a1
from tests.features.modules import modules_of_features
from tests.in_memory import storage_at
from tests.spreadsheet import memory_desk
from tests.spreadsheet.xlsx.opc import load, save, sheets
from tests.spreadsheet.xlsx.people import belongings

ROBOT_TABS = (
    "Accueil", "Classement", "Cofinancement", "Éligibilité", "Règles du jeu", "Réglages", "Anomalies",
    "Modifications reçues", "Envois", "Journal",
    *(name for module in modules_of_features("tabs_shown") for name in getattr(module, "ROBOT_TABS", ())),
)  # fmt: skip
OPTIONAL_ROBOT_TABS = (
    "E-mails archivés", "Données des graphiques", "Vœux reçus", "Classement des talents",
    *(name for module in modules_of_features("tabs_shown") for name in getattr(module, "OPTIONAL_ROBOT_TABS", ())),
)  # fmt: skip
"""Those that are there only once they have rows."""
ROBOT_HEADERS = {
    "Candidatures": ("Éligibilité", "Rang", "Note /20", "Proposition", "Co-financement"),
    "Évaluations": ("Nom du projet",),
    "E-mails à envoyer": ("État",),
    "Paramètres": ("Valeur en vigueur", "D’où elle vient", "Encore ouvert"),
}
for _module in modules_of_features("tabs_shown"):
    ROBOT_HEADERS |= getattr(_module, "ROBOT_HEADERS", {})

Cells = Mapping[str, str]


@dataclass(frozen=True)
class People:
    """`cells`: kind, value, formula and look of each cell by address, by tab. `order`: of the tabs."""

    cells: Mapping[str, Cells]
    order: tuple[str, ...]

    def lost(self, later: People, *, looks: bool = True) -> list[str]:
        """What is not there any more, or not as it was."""
        said = _whole if looks else _content
        return [
            f"{tab}!{address}: {said(was)} became {said(later.cells.get(tab, {}).get(address, 'nothing'))}"
            for tab, cells in self.cells.items()
            for address, was in cells.items()
            if said(was) != said(later.cells.get(tab, {}).get(address, "nothing"))
        ]

    def added(self, later: People) -> set[tuple[str, str]]:
        """Cells that were not there: (tab, address)."""
        return {
            (tab, address)
            for tab, cells in later.cells.items()
            for address in cells.keys() - self.cells.get(tab, {}).keys()
        }


def _whole(cell: str) -> str:
    return cell


def _content(cell: str) -> str:
    return "|".join(cell.split("|")[:3])


def people(path: Path) -> People:
    """Everything in people's tabs but the robot's columns. Cells that hold nothing are left out."""
    if stored := storage_at(path):
        return _people_in_memory(stored)
    held = belongings(path)
    cells = {}
    for name, tab in held.tabs.items():
        if name not in (*ROBOT_TABS, *OPTIONAL_ROBOT_TABS):
            robots = {
                column
                for (_, column), cell in tab.cells.items()
                if any(f">{header}<" in cell or f"|{header}|" in cell for header in ROBOT_HEADERS.get(name, ()))
            }
            cells[name] = {
                a1(*place): cell
                for place, cell in tab.cells.items()
                if place[1] not in robots and cell.split("|")[1] != "None"
            }
    return People(cells, tuple(name for name in held.order if name not in (*ROBOT_TABS, *OPTIONAL_ROBOT_TABS)))


def _people_in_memory(stored: Storage) -> People:
    cells = {}
    theirs = [tab for tab in stored.tabs if tab.name not in (*ROBOT_TABS, *OPTIONAL_ROBOT_TABS)]
    for tab in theirs:
        ours = ROBOT_HEADERS.get(tab.name, ())
        filled = {(row, place): value for row, line in enumerate(tab.rows, 1) for place, value in enumerate(line)}
        robots = {place for (_, place), value in filled.items() if value in ours}
        cells[tab.name] = {
            a1(*place): f"{type(value).__name__}|{value!r}|{tab.formulas.get(place)}"
            for place, value in filled.items()
            if place[1] not in robots and value is not None
        }
    return People(cells, tuple(tab.name for tab in theirs))


def type_in(path: Path, tab: str, cell: str, value: float | str | None) -> None:
    """Type one cell as a spreadsheet program would save it: nothing else of the file changes."""
    if stored := storage_at(path):
        memory_desk.put(stored, tab, cell, value)
        return
    parts = load(path)
    part = sheets(parts)[tab]
    parts[part] = _typed(parts[part].decode(), cell, value).encode()
    path.write_bytes(save(parts))


def _typed(xml: str, cell: str, value: float | str | None) -> str:
    kept = re.search(rf'<c r="{cell}"([^>]*?)(?:/>|>.*?</c>)', xml, re.DOTALL)
    look = re.search(r' s="\d+"', kept[1]) if kept else None
    attributes = f'r="{cell}"{look[0] if look else ""}'
    if value is None:
        new = f"<c {attributes}/>"
    elif isinstance(value, str):
        new = f'<c {attributes} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    else:
        new = f"<c {attributes}><v>{value}</v></c>"
    if kept:
        return xml[: kept.start()] + new + xml[kept.end() :]
    return _inserted(xml, cell, new)


def _inserted(xml: str, cell: str, new: str) -> str:
    """In its row, which must be there, before the first cell to its right."""
    letters, number = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()
    row = re.search(rf'<row r="{number}"[^>]*?(?:/>|>(.*?)</row>)', xml, re.DOTALL)
    assert row is not None, f"row {number} is not in the file"
    assert row[1] is not None, f"row {number} has no cell"
    for other in re.finditer(r'<c r="([A-Z]+)\d+"', row[1]):
        if (len(other[1]), other[1]) > (len(letters), letters):
            place = row.start(1) + other.start()
            return xml[:place] + new + xml[place:]
    return xml[: row.end(1)] + new + xml[row.end(1) :]


def clear_rows(path: Path, tab: str, first: int, last: int) -> None:
    """Blank whole rows."""
    if stored := storage_at(path):
        memory_desk.edit(stored, "clear_rows", tab=tab, first=first, last=last)
        return
    parts = load(path)
    part = sheets(parts)[tab]
    xml = parts[part].decode()
    for row in range(first, last + 1):
        xml, count = re.subn(rf'<row r="{row}"[^>]*?(?:/>|>.*?</row>)', "", xml, count=1, flags=re.DOTALL)
        assert count == 1, f"row {row} is not in the file"
    parts[part] = xml.encode()
    path.write_bytes(save(parts))
