"""Doubts: the cells that an act rests on and that cannot be read, and what is done meanwhile (design G13). Pure.

One function answers for every command, from the one list of anomalies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from eig_sheets.campaign.acts import Act
from eig_sheets.campaign.dependencies import columns_of, meanwhile
from eig_sheets.campaign.reading import Reading
from eig_sheets.text.french import typographic
from eig_sheets.workbook.anomalies import Anomaly, Severity
from eig_sheets.workbook.anomaly_limits import grouped
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.model.cells import parse_a1

_ACCIDENTS: Final = ("valeur_effacee", "cellule_videe", "jalon_ressemblant")
"""Codes of cells that are read, and so believed; they were probably not meant, and what rests on them says so."""
_ITS_OWN: Final = (*_ACCIDENTS, "projet_decide_inconnu")
"""Codes of cells that are read, so that what is done meanwhile of one that cannot be is not true of them."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """An anomaly of a cell that an act rests on, and what is done until it is settled; '' when the anomaly says it.

    `header`: of the column.
    """

    anomaly: Anomaly
    meanwhile: str
    header: str

    @property
    def place(self) -> str:
        """The cell, the first one of its cause, with its tab: « Jury!B4 »."""
        cell = self.anomaly.shown_cell
        return f"{self.anomaly.tab}!{cell}" if cell else self.anomaly.tab

    @property
    def sentence(self) -> str:
        """What is wrong, what is done meanwhile, and what to do, in French."""
        return typographic(f"{self.place} : {self.anomaly.message}{self._then} {self.anomaly.remedy}")

    @property
    def impersonal(self) -> str:
        """The same for logs, which hold nothing of people (guarantee G11): the cell without what it says."""
        others = "".join(f", {cell}" for cell in self.anomaly.cells[1:])
        return typographic(f"{self.place}{others}, « {self.header} » : à corriger.{self._then} {self.anomaly.remedy}")

    @property
    def _then(self) -> str:
        return f" En attendant, {self.meanwhile}." if self.meanwhile else ""


def doubts_of(reading: Reading, anomalies: Iterable[Anomaly], *acts: Act) -> tuple[Doubt, ...]:
    """The doubts on which these acts rest, in the order of the anomalies.

    `anomalies`: those of the reading and of its results; those of the other workbook's cells are doubts, too.
    """
    columns: dict[str, frozenset[str]] = {}
    for act in acts:
        for tab_id, fields in columns_of(act, reading.campaign).items():
            columns[tab_id] = columns.get(tab_id, frozenset()) | fields
    layouts = _layouts(reading)
    found: dict[Doubt, None] = {}
    for one in grouped((*anomalies, *(reading.linked.anomalies if reading.linked else ()))):
        if one.severity is Severity.BLOCKING or one.code in _ACCIDENTS:
            for tab in layouts.get(one.tab, ()):
                if field := _field_of(one, tab, columns.get(tab.schema.id, frozenset())):
                    then = "" if one.code in _ITS_OWN else meanwhile(tab.schema.id, field)
                    found.setdefault(Doubt(one, then, tab.header(field)))
    return tuple(found)


def _layouts(reading: Reading) -> dict[str, list[TabLayout]]:
    """The layouts of each tab, by its name as people see it; a robot's tab of what pages say is one of them."""
    found: dict[str, list[TabLayout]] = {}
    for one in (reading, *([reading.linked] if reading.linked else [])):
        for layout in _of_workbook(one):
            found.setdefault(layout.name, []).append(layout)
    return found


def _of_workbook(reading: Reading) -> Iterator[TabLayout]:
    yield from reading.layout.tabs.values()
    yield from (table.layout for tab_id, table in reading.tables.items() if tab_id not in reading.layout.tabs)


def _field_of(found: Anomaly, tab: TabLayout, fields: frozenset[str]) -> str:
    """Which of these fields the anomaly is about; '' when it is about none of them."""
    if found.field:
        return found.field if found.field in fields else ""
    if found.cell is None:
        return next(iter(sorted(fields)), "") if found.others else ""
    place = parse_a1(found.cell)[1]
    return next((field for field in sorted(fields) if tab.columns.get(field) == place), "")
