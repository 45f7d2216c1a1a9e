"""The definition of a robot's tab: its id, name, columns and look, and by which marks it is found again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from eig_sheets.spreadsheet.model.sheet import Apart, Column
from eig_sheets.spreadsheet.model.snapshot import SentMark
from eig_sheets.workbook.cells import Rows

Criteria = Sequence[tuple[str, str]]
"""(id, label) of each criterion, in the order of the columns."""
Scale = tuple[float, float]
"""The lowest and the highest score."""


@dataclass(frozen=True, slots=True)
class FormerTab:
    """What an older version made of a robot's tab: its id, name and headers, by which it is recognized."""

    id: str
    name: str
    headers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RobotTab:
    """A tab that the robot owns: its id, name, columns and rows.

    Its rows are those of the part `RobotRows` that has its id; without one it reports on runs rather than results:
    `sync` fills it once it knows what the run changes, and an optional one is of another command alone.

    `optional`: there only once it has rows; until then a tab of that name is people's. `needs_tab`: the id of the
    people's tab without which there is none. `hidden`, `frozen_columns` and `apart` are those of a new tab (`Sheet`).
    `grid`: the id of the tab of notes on whose criteria and scale its columns are; else those of the jury of projects.
    `talents_name`: its name in a workbook of candidates alone, if it differs.
    `sent`: the e-mails that left, by its rows. `in_both`: each workbook has it, when candidates have their own.
    `computed`: a run only writes it, so that an earlier state of it may take its place; the others are read back: they
    are records, or tell of runs. `contents`: what the one of a feature holds, for `Accueil`.
    """

    id: str
    name: str
    columns: Callable[[Criteria, Scale], tuple[Column, ...]]
    optional: bool = False
    needs_tab: str = ""
    hidden: bool = False
    frozen_columns: int = 0
    grid: str = ""
    talents_name: str = ""
    apart: Apart | None = None
    sent: Callable[[Rows], tuple[SentMark, ...]] | None = None
    in_both: bool = False
    computed: bool = False
    contents: str = ""


_FORMER: Final = {
    "accueil": FormerTab(
        "tableau_de_bord",
        "Tableau de bord",
        ("Rubrique", "Indicateur", "Nombre", "Avancement", "Montant", "Date", "Précision"),
    )
}
_CURRENT: Final = {former.id: tab_id for tab_id, former in _FORMER.items()}


def former_tab(tab_id: str) -> FormerTab | None:
    """The tab of older versions that goes on as the robot's tab of that id."""
    return _FORMER.get(tab_id)


def current_id(tab_id: str) -> str:
    """The id of the robot's tab as which that one goes on: its own, unless an older version gave it."""
    return _CURRENT.get(tab_id, tab_id)


def marks_of(tab_id: str) -> tuple[str, ...]:
    """The marks by which a robot's tab is recognized: its own, and the one that older versions gave it."""
    former = former_tab(tab_id)
    return (tab_id,) if former is None else (tab_id, former.id)
