"""The schema of a campaign's workbook: the tabs in use, and the robot's tabs and columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from eig_sheets.workbook import robot_tabs, staff_tabs
from eig_sheets.workbook import tabs as people
from eig_sheets.workbook.fields import Choices, TabSchema
from eig_sheets.workbook.model.sheet import Column

OPTIONAL_TABS = ("talents", "evaluations_talents", "creneaux", "suivi", "parametres")
"""Ids of the people's tabs that a campaign may leave out."""


@dataclass(frozen=True, slots=True)
class Schema:
    """Every tab of one campaign: people's tabs and the outbox in full, robot's tabs by name and columns."""

    tabs: tuple[TabSchema, ...]
    robot_tabs: Mapping[str, str] = field(default_factory=dict)
    robot_columns: Mapping[str, tuple[Column, ...]] = field(default_factory=dict)

    def tab(self, tab_id: str) -> TabSchema:
        """The people's tab (or outbox) of that id. Raises KeyError."""
        for candidate in self.tabs:
            if candidate.id == tab_id:
                return candidate
        raise KeyError(tab_id)


def build(
    criteria: Sequence[tuple[str, str]],
    scale: tuple[float, float],
    choices: Choices,
    tabs: Sequence[str],
) -> Schema:
    """The schema of a campaign: `criteria` are (id, label) in the order of the columns, `tabs` the tabs in use."""
    everything = (
        people.candidatures(choices),
        people.jury(),
        people.evaluations(people.scored(criteria, *scale)),
        staff_tabs.outbox(),
        people.talents(choices),
        people.talent_reviews(),
        people.slots(),
        people.follow_up(),
        staff_tabs.parameters(choices.settings),
    )
    always = {"candidatures", "jury", "evaluations", "emails"}
    used = tuple(tab for tab in everything if tab.id in always or tab.id in tabs)
    names = {tab.id: tab.name for tab in robot_tabs.ROBOT_TABS}
    columns = {tab.id: tab.columns(criteria, scale) for tab in robot_tabs.ROBOT_TABS}
    return Schema(used, names, columns)
