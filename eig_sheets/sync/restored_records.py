"""What this machine knows of the records of features besides what the cells say, for a sync. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from eig_sheets.campaign.reading import Reading
from eig_sheets.storage.last_run import LastRun


@dataclass(frozen=True, slots=True, eq=False)
class RestoredRecords:
    """The records of a feature: the reading with those that the last run remembers too."""

    restore: Callable[[Reading, LastRun], Reading]


def with_restored_records(reading: Reading, last_run: LastRun) -> Reading:
    """The reading with every record that is known."""
    for part in reading.campaign.features.parts(RestoredRecords):
        reading = part.restore(reading, last_run)
    return reading
