"""The configuration of the next call: what differs from the last one, and what people should read again."""

from eig_sheets.config.coherence import day_of
from eig_sheets.config.next_call.dates import written_days
from eig_sheets.config.next_call.differences import Decided, NextCall
from eig_sheets.config.next_call.review import Review, of_settings, of_templates
from eig_sheets.config.next_call.toml_text import configuration_text

__all__ = [
    "Decided",
    "NextCall",
    "Review",
    "configuration_text",
    "day_of",
    "of_settings",
    "of_templates",
    "written_days",
]
