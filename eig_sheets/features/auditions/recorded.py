"""The timetable of auditions as `Planning des auditions` records it, read back. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.since_last_run import moment_of, recorded_lines
from eig_sheets.features.auditions.tab import (
    TAB,
    TABLE,
    RecordedAudition,
    RecordedTimetable,
    reason_checksum,
)
from eig_sheets.storage.last_run import LastRun
from eig_sheets.workbook.model.cells import CellValue
from eig_sheets.workbook.ownership import key_of


def recorded_auditions(reading: Reading, last_run: LastRun) -> RecordedTimetable:
    """What is recorded of each dossier, and nobody edited."""
    lines = [*recorded_lines(TAB, TABLE, reading, last_run)]
    return RecordedTimetable({audition.numero: audition for audition in _heard(lines)}, dict(_reasons(lines)))


def _heard(lines: Iterable[Mapping[str, CellValue]]) -> Iterator[RecordedAudition]:
    """When dossiers are heard, by the lines whose checksum holds."""
    for line in lines:
        start, end = (_minute(line[key]) for key in ("start", "end"))
        if start is not None and end is not None:
            checksum = str(line["checksum"])
            replaces = moment_of(checksum.partition(" ")[2])
            audition = RecordedAudition(key_of(line["numero"]), start, end, key_of(line["group"]), replaces)
            if audition.checksum == checksum:
                yield audition


def _reasons(lines: Iterable[Mapping[str, CellValue]]) -> Iterator[tuple[str, str]]:
    """Why dossiers have no slot, by the lines whose checksum holds."""
    for line in lines:
        numero, reason = key_of(line["numero"]), str(line["remarks"] or "")
        if line["start"] is None and reason_checksum(numero, reason) == line["checksum"]:
            yield numero, reason


def _minute(value: CellValue) -> datetime | None:
    """A moment to the nearest minute: a spreadsheet keeps it as a fraction of a day."""
    moment = moment_of(value)
    return (moment + timedelta(seconds=30)).replace(second=0, microsecond=0) if moment else None
