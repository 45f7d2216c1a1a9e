"""Links from a line of `Accueil` to the first cell that it is about. Pure."""

from __future__ import annotations

from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.workbook.anomalies import Anomaly
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.model.cells import Link, a1

OFFICERS: Final = "Équipe"
"""Who a line awaits when nobody in particular follows it."""


def link_to(tab: TabLayout, field: str, row: int, view: str = "") -> Link:
    """A link to a field's cell in a row, else to the key of the row; `view`: the filter view to open, if there is."""
    shown = field if field in tab.columns else tab.schema.key
    return Link(str(tab.reference(shown, row)), tab.name, a1(row, tab.columns[shown]), view)


def link_to_anomaly(anomaly: Anomaly, reading: Reading) -> Link:
    """A link to the cell of an anomaly, else to the tab that lists them."""
    if anomaly.cell is None:
        return link_to_tab(reading.layout.robot_tabs.get("anomalies", reading.schema.robot_tabs["anomalies"]))
    return Link(anomaly.place, anomaly.tab, anomaly.cell)


def link_to_tab(name: str) -> Link:
    """A link to a whole tab."""
    return Link(name, name, "A1")
