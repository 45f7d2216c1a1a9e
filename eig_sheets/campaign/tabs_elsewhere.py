"""People's tabs that stayed in the wrong workbook when candidates got their own: they are not read. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from eig_sheets.campaign.people_tabs import feature_schemas, optional_tabs
from eig_sheets.config import Campaign
from eig_sheets.workbook import schema as schemas
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.codes import warning
from eig_sheets.workbook.fields import Choices
from eig_sheets.workbook.layout import Layout
from eig_sheets.workbook.model.snapshot import Snapshot
from eig_sheets.workbook.ownership import squeezed
from eig_sheets.workbook.parts import WORKBOOKS, is_in

TAB_ELSEWHERE: Final = warning(
    "onglet_ailleurs",
    "L’onglet « {tab} » est d’un autre classeur, le {where} : rien n’en est lu ici.",
    "Recopiez ses lignes dans le {where}, vérifiez-les, puis supprimez cet onglet : le robot n’y touche pas.",
)


def misplaced_tabs(snapshot: Snapshot, layout: Layout, campaign: Campaign) -> Iterator[Anomaly]:
    """An anomaly for each tab of people's that belongs in the other workbook: people move its rows, no robot does."""
    other = campaign.part.other
    if other is None:
        return
    criteria, tabs = [*campaign.labels.items()], optional_tabs(campaign)
    added = schemas.Differences((*feature_schemas(campaign),))
    schema = schemas.build(criteria, campaign.scale, Choices(), tabs, differences=added)
    elsewhere = [tab for tab in schema.tabs if not (tab.in_both or is_in(tab.id, campaign.part))]
    marks, names = {tab.id for tab in elsewhere}, {squeezed(tab.name) for tab in elsewhere}
    ours = {*layout.robot_tabs.values(), *(tab.name for tab in layout.tabs.values())}
    for tab in snapshot.tabs:
        if tab.name not in ours and (tab.mark in marks or squeezed(tab.name) in names):
            yield anomaly(TAB_ELSEWHERE, tab.name, where=WORKBOOKS[other])
