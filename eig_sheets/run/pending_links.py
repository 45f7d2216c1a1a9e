"""Links from a line of `Accueil` to the first cell that it is about. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pandas as pd

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.run.accueil import Indicator
from eig_sheets.spreadsheet.model.cells import Link, a1
from eig_sheets.spreadsheet.model.plan import Equip
from eig_sheets.spreadsheet.model.sheet import FilterView
from eig_sheets.text.french import plural
from eig_sheets.workbook.anomalies import Anomaly
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.ownership import squeezed

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


FIELD: Final = "suivi_par"
SECTION: Final = "Suivi par"


def by_follower(dossiers: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """The dossiers of each follower, by the name as first written; those without one come last, under ''."""
    names = dossiers[FIELD].fillna("").map(lambda name: " ".join(str(name).split()))
    groups = sorted(dossiers.groupby(names.map(squeezed), sort=False), key=lambda item: (not item[0], item[0]))
    for _, rows in groups:
        yield str(names[rows.index[0]]), rows


def followed(reading: Reading, results: Results) -> Iterator[Indicator]:
    """How many dossiers each name follows, with a link to the first, or to the view of that name where there is one."""
    dossiers = results.of(APPLICATIONS).dossiers
    for name, rows in by_follower(dossiers[dossiers[FIELD].notna()]):
        link = link_to(reading.layout_of("candidatures"), FIELD, int(rows["row"].min()), _title(name))
        left = int(rows["decision"].isna().sum())
        detail = f"Dont {plural(left, 'sans décision', 'sans décision')}." if left else ""
        yield Indicator(SECTION, name, len(rows), len(rows) / len(dossiers), detail=detail, link=link)


def follower_views(reading: Reading) -> Iterator[Equip]:
    """The filter views that `Candidatures` lacks, one a name, where tabs can have any: told by their title alone.

    A name that begins with anything but a letter has none: a condition may be read as a formula.
    """
    tab, snapshot = reading.layout.tabs.get("candidatures"), reading.snapshot
    if tab is None or FIELD not in tab.columns or not snapshot.capabilities.filter_views:
        return
    dossiers = reading.valid_rows("candidatures")
    names = [name for name, _ in by_follower(dossiers[dossiers[FIELD].notna()]) if name[0].isalpha()]
    missing = [name for name in names if _title(name) not in tab.tab.views]
    if missing and tab.name not in snapshot.refused:
        views = tuple(FilterView(_title(name), tab.columns[FIELD], name) for name in missing)
        yield Equip(tab.name, tab.header_row, views=views)


def _title(name: str) -> str:
    return f"Dossiers de {name}"
