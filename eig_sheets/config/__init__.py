"""The configuration file: loaded and validated; the only reader of settings."""

from eig_sheets.config.export_columns import ImportSettings
from eig_sheets.config.load import (
    CONFIG_NAME,
    Campaign,
    ConfigError,
    StateSettings,
    WorkbookSettings,
    find,
    is_online,
    load,
    load_nearest,
    packaged,
    validated,
    with_sections,
)
from eig_sheets.config.sources import sources

__all__ = [
    "CONFIG_NAME",
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
    "sources",
    "validated",
    "with_sections",
]
