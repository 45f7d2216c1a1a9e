"""The days and hours of the jury of the demonstration, and the timetable that its team makes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from eig_sheets.sample.history import SampleSection, SampleWork
from eig_sheets.sample.sources import settings


def _hours() -> Sequence[str]:
    """The section of the hours in which the sample's dossiers are heard."""
    story = settings("story.toml")
    hours = [
        f'{{date = {moment:%Y-%m-%d}, from = "{moment:%H:%M}", to = "{story["audition_end"]:%H:%M}"}}'
        for moment in story["auditions"]
    ]
    return [
        "[auditions]   # de la démonstration",
        f"minutes = {story['audition_minutes']}",
        f"days = [{', '.join(hours)}]",
        f"parallel = {story['audition_juries']}",
    ]


PARTS: Final = (
    SampleSection(_hours),
    SampleWork(place="eig_sheets.features.auditions.commands_records:schedule_demonstration"),
)
