"""Workbooks in memory that have the capabilities of a Grist document: what the program says of one, without a server.

They hold what the memory backend holds; formulas of the robot's columns show what their tab says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from eig_sheets.spreadsheet.grist.reading import CAPABILITIES
from eig_sheets.spreadsheet.memory import MemoryWorkbook, Storage
from eig_sheets.spreadsheet.memory.tabs import TabEditor, edited
from eig_sheets.spreadsheet.model.access import CloseAccess
from eig_sheets.spreadsheet.model.cells import column_index
from eig_sheets.spreadsheet.model.plan import Equip, Operation, Plan, SetFormula
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from eig_sheets.workbook.ownership import key_of
from tests import in_memory, whole_story
from tests.program import Campaign

_LOOKUP: Final = re.compile(
    r"""XLOOKUP\(TRIM\(([A-Z]+)\d+:[A-Z]+&""\),'((?:[^']|'')+)'!([A-Z]+):[A-Z]+,'(?:[^']|'')+'!([A-Z]+):"""
)


class GristShaped(MemoryWorkbook):
    """A workbook in memory whose rows have ids, whose columns have labels alone, where people type meanwhile."""

    capabilities = CAPABILITIES

    def apply(self, plan: Plan) -> Sequence[str]:
        """Apply the plan, its formulas and marks included; there is nobody to protect anything from."""
        if plan:
            with self.locked():
                common = [one for one in plan.operations if not isinstance(one, (SetFormula, Equip, CloseAccess))]
                tabs = edited(self._current(plan.version), Plan(plan.version, tuple(common)))
                marked = [_equipped(tab, plan.operations) for tab in tabs]
                self.storage.save([_computed(tab, marked) for tab in marked])
        return ()


def _equipped(tab: TabSnapshot, operations: Iterable[Operation]) -> TabSnapshot:
    editor = TabEditor.of(tab)
    for one in operations:
        if isinstance(one, SetFormula) and one.tab == tab.name:
            editor.open().formulas[one.header_row, one.column] = one.lookup
            editor.mark_column(one.column, one.mark)
        elif isinstance(one, Equip) and one.tab == tab.name:
            editor.mark = one.mark or editor.mark
            for column, mark in one.columns:
                editor.mark_column(column, mark)
    return editor.finished()


def _computed(tab: TabSnapshot, tabs: Sequence[TabSnapshot]) -> TabSnapshot:
    """The tab with what its formulas look up in others."""
    editor = TabEditor.of(tab)
    for (header_row, column), text in tab.formulas.items():
        if found := _LOOKUP.search(text):
            key, name, keys, values = found.groups()
            source = next(one for one in tabs if one.name == name.replace("''", "'"))
            by_key = {key_of(row[column_index(keys)]): row[column_index(values)] for row in reversed(_full(source))}
            for row in range(header_row + 1, len(tab.rows) + 1):
                value = key_of(tab.value(row, column_index(key)))
                editor.open().cells[row, column] = by_key.get(value) if value else None
    return editor.finished()


def _full(tab: TabSnapshot) -> list[list[object]]:
    """Its rows under the headers, all as long as these."""
    width = len(tab.rows[0])
    return [[tab.value(row, column) for column in range(width)] for row in range(2, len(tab.rows) + 1)]


def demonstration(folder: Path) -> Campaign:
    """The sample campaign with all of its story, synchronised, in such a workbook."""
    campaign = Campaign(folder)
    in_memory.keep(campaign.workbook, Storage(), GristShaped)
    whole_story.write(folder)
    return campaign
