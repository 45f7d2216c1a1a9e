"""The schema of a call's workbook: its tabs and columns, those of its features included."""

from __future__ import annotations

from eig_sheets.campaign import aliases
from eig_sheets.campaign.grids import grids
from eig_sheets.campaign.overrides import labels
from eig_sheets.campaign.people_tabs import chosen_tabs, feature_schemas, optional_tabs
from eig_sheets.campaign.unused_columns import unused_columns
from eig_sheets.config import Campaign
from eig_sheets.workbook import schema as schemas
from eig_sheets.workbook.fields import Choices
from eig_sheets.workbook.robot_tab import RobotTab
from eig_sheets.workbook.schema import Differences, Schema


def schema_of(campaign: Campaign) -> Schema:
    """The tabs and columns that this campaign uses. Raises ConfigError when it names some that do not exist."""
    words = campaign.words
    types = tuple(host.type for host in campaign.cofinancing.hosts)
    choices = Choices(types, words.profiles, words.regions, labels(campaign), campaign.workbook.followed_by)
    criteria = [*campaign.labels.items()]
    tabs = chosen_tabs(campaign)
    robots = campaign.features.parts(RobotTab)
    others = {grid.notes.id: (grid.labels(campaign), grid.scale(campaign)) for grid in grids(campaign)}
    differences = Differences((*feature_schemas(campaign),), robots, others, unused_columns(campaign, tabs))
    everything = schemas.build(criteria, campaign.scale, choices, optional_tabs(campaign), differences=differences)
    aliases.check(campaign, everything)
    return schemas.build(criteria, campaign.scale, choices, tabs, campaign.part, differences)
