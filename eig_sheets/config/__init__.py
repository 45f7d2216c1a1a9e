"""The configuration file: loaded and validated; the only reader of settings."""

from eig_sheets.config.campaign import Campaign, StateSettings, WorkbookSettings
from eig_sheets.config.errors import ConfigError
from eig_sheets.config.export_columns import ImportSettings
from eig_sheets.config.load import load, load_nearest, source_names, sources, validated, with_sections
from eig_sheets.config_file import CONFIG_NAME, PACKAGED_NAME, find, packaged
from eig_sheets.spreadsheet.locations import is_online

__all__ = [
    "CONFIG_NAME",
    "PACKAGED_NAME",
    "Campaign",
    "ConfigError",
    "ImportSettings",
    "StateSettings",
    "WorkbookSettings",
    "find",
    "is_online",
    "load",
    "load_nearest",
    "packaged",
    "source_names",
    "sources",
    "validated",
    "with_sections",
]
