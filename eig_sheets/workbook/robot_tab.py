"""The definition of a robot's tab: its id, name, columns and rows, and its look in a new workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from eig_sheets.run.tab_data import Criteria, Scale, TabData
from eig_sheets.spreadsheet.model.sheet import Apart, Column
from eig_sheets.spreadsheet.model.snapshot import SentMark
from eig_sheets.workbook.cells import Rows


@dataclass(frozen=True, slots=True)
class FormerTab:
    """What an older version made of a robot's tab: its id, name and headers, by which it is recognized."""

    id: str
    name: str
    headers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RobotTab:
    """A tab that the robot owns: its id, name, columns and rows.

    Without `rows`, it reports on runs rather than results: `sync` fills it once it knows what the run changes, and an
    optional one is of another command alone.
    `fitted`: the columns as they suit the results. `heading`: lines above the headers, where there can be some.
    `optional`: there only once it has rows; until then a tab of that name is people's. `needs_tab`: the id of the
    people's tab without which there is none. `hidden`, `frozen_columns` and `apart` are those of a new tab (`Sheet`).
    `former`: the tab of older versions that goes on as this one. `grid`: the id of the
    tab of notes on whose criteria and scale its columns are; else those of the jury of projects.
    `talents_name`: its name in a workbook of candidates alone, if it differs.
    `sent`: the e-mails that left, by its rows. `in_both`: each workbook has it, when candidates have their own.
    `contents`: what the one of a feature holds, for `Accueil`.

    A feature adds one as a part; its rows are then those of the part `RobotRows` that has its id.
    """

    id: str
    name: str
    columns: Callable[[Criteria, Scale], tuple[Column, ...]]
    rows: Callable[[TabData], Rows] | None = None
    fitted: Callable[[TabData, tuple[Column, ...]], tuple[Column, ...]] = lambda _, columns: columns
    heading: Callable[[TabData], tuple[str, ...]] = lambda _: ()
    optional: bool = False
    former: FormerTab | None = None
    needs_tab: str = ""
    hidden: bool = False
    frozen_columns: int = 0
    grid: str = ""
    talents_name: str = ""
    apart: Apart | None = None
    sent: Callable[[Rows], tuple[SentMark, ...]] | None = None
    in_both: bool = False
    contents: str = ""
