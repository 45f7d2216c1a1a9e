"""Doubts: the cells that an act rests on and that cannot be read, and what is done meanwhile (guarantee G13). Pure.

One function answers for every command, from the one list of anomalies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from eig_sheets.campaign.checks import anomalies_of
from eig_sheets.campaign.dependencies import AnyAct, columns_of, meanwhile
from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.parts import Part
from eig_sheets.spreadsheet.model.cells import parse_a1
from eig_sheets.text.french import typographic
from eig_sheets.workbook.anomalies import Anomaly, Severity, grouped
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.schema import WORKBOOKS


@dataclass(frozen=True, slots=True)
class Doubt:
    """An anomaly of a cell that an act rests on, and what is done until it is settled; '' when the anomaly says it.

    `header`: of the column. `workbook`: what people call the candidates', where both have such a tab.
    """

    anomaly: Anomaly
    meanwhile: str
    header: str
    workbook: str = ""

    @property
    def place(self) -> str:
        """The cell, the first one of its cause, with its tab: « Jury!B4 »."""
        place = self.anomaly.place
        return f"{place} ({self.workbook})" if self.workbook else place

    @property
    def sentence(self) -> str:
        """The cells, what is done meanwhile, and what to do, in French; nothing of what the cells say."""
        others = "".join(f", {cell}" for cell in self.anomaly.shown_cells[1:])
        then = f" En attendant, {self.meanwhile}." if self.meanwhile else ""
        return typographic(f"{self.place}{others}, « {self.header} » : à corriger.{then} {self.anomaly.remedy}")


def doubts_of(reading: Reading, anomalies: Iterable[Anomaly], *acts: AnyAct) -> tuple[Doubt, ...]:
    """The doubts on which these acts rest, in the order of the anomalies.

    `anomalies`: those of the reading and of its results; those of the other workbook's cells are doubts, too.
    """
    columns = columns_of(reading.campaign, *acts)
    own, elsewhere = _layouts(reading), _layouts(reading.linked)
    doubts: dict[Doubt, None] = {}
    for anomaly, layouts in _of_each_workbook(reading, anomalies, own, elsewhere):
        for tab in layouts.get(anomaly.tab, ()):
            if field := _field_of(anomaly, tab, columns.get(tab.schema.id, frozenset())):
                workbook = tab.workbook if anomaly.tab in own and anomaly.tab in elsewhere else ""
                is_read = anomaly.kind.unintended or anomaly.kind.is_read
                then = "" if is_read else meanwhile(reading.campaign, tab.schema.id, field)
                doubts.setdefault(Doubt(anomaly, then, tab.header(field), workbook))
    return tuple(doubts)


Layouts = Mapping[str, Sequence[TabLayout]]


def _of_each_workbook(
    reading: Reading, anomalies: Iterable[Anomaly], own: Layouts, elsewhere: Layouts
) -> Iterator[tuple[Anomaly, Layouts]]:
    """The anomalies that are doubts, each with the layouts of the workbook that it is about."""
    mine = ((anomaly, own if anomaly.tab in own else elsewhere) for anomaly in grouped(anomalies))
    others = ((anomaly, elsewhere) for anomaly in grouped(anomalies_of(reading.linked) if reading.linked else ()))
    return (
        (anomaly, layouts)
        for anomaly, layouts in (*mine, *others)
        if anomaly.severity is Severity.BLOCKING or anomaly.kind.unintended
    )


def _layouts(reading: Reading | None) -> dict[str, list[TabLayout]]:
    """The layouts of each tab, by its name as people see it; a robot's tab of what pages say is one of them.

    Those of the candidates' workbook say that they are.
    """
    layouts: dict[str, list[TabLayout]] = {}
    for layout in _of_workbook(reading) if reading else ():
        part = reading.configured.part if reading else Part.WHOLE
        named = replace(layout, workbook=WORKBOOKS[part]) if part is Part.TALENTS else layout
        layouts.setdefault(layout.name, []).append(named)
    return layouts


def _of_workbook(reading: Reading) -> Iterator[TabLayout]:
    yield from reading.layout.tabs.values()
    yield from (table.layout for tab_id, table in reading.tables.items() if tab_id not in reading.layout.tabs)


def _field_of(anomaly: Anomaly, tab: TabLayout, fields: frozenset[str]) -> str:
    """Which of these fields the anomaly is about; '' when it is about none of them."""
    if anomaly.field:
        return anomaly.field if anomaly.field in fields else ""
    if anomaly.cell is None:
        return next(iter(sorted(fields)), "") if anomaly.others else ""
    place = parse_a1(anomaly.cell)[1]
    return next((field for field in sorted(fields) if tab.columns.get(field) == place), "")
