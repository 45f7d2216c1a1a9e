"""When each juror can come, wherever that was said. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from eig_sheets.campaign.checks import Check
from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.hours import Span
from eig_sheets.features.auditions.availability_texts import (
    ALWAYS,
    NEVER,
    UnreadableAvailabilityError,
    availability_in,
    merged,
)
from eig_sheets.features.auditions.settings import AuditionRules
from eig_sheets.workbook.anomalies import Anomaly, anomaly, blocking
from eig_sheets.workbook.quoting import quoted

UNREADABLE_AVAILABILITY: Final = blocking(
    "disponibilites_illisibles",
    "« {value} » en « {header} » ne se lit pas comme des disponibilités : le juré n’est pas convoqué.",
    "Écrivez par exemple « 04/05/2021 09:00–12:00 ; 05/05/2021 », ou videz la cellule s’il est toujours libre.",
)


def availability_of(reading: Reading) -> dict[str, tuple[Span, ...]]:
    """The moments at which each juror can come, by address; a juror without an entry can at any time.

    A juror whose cell cannot be read is not convened: they might not be free. A juror of several rows can come at the
    moments of each.
    """
    days = sitting_days(reading)
    moments: dict[str, tuple[Span, ...]] = {}
    for juror in _typed(reading):
        moments[juror.email] = merged([*moments.get(juror.email, ()), *_free(juror, days)])
    return {juror: spans for juror, spans in moments.items() if spans != ALWAYS}


def _free(juror: Any, days: list[date]) -> tuple[Span, ...]:
    if "disponibilites" in juror.unreadable:
        return NEVER
    try:
        return availability_in(juror.disponibilites, days)
    except UnreadableAvailabilityError:
        return NEVER


def availability_anomalies(reading: Reading) -> Iterator[Anomaly]:
    """An anomaly for each cell that does not say when its juror can come, in a call that has a timetable."""
    days = sitting_days(reading)
    if not days or not reading.owns("candidatures"):
        return
    for juror in _typed(reading):
        if "disponibilites" in juror.unreadable:
            continue  # said where the cell was read
        try:
            availability_in(juror.disponibilites, days)
        except UnreadableAvailabilityError as error:
            layout = reading.layout.tabs["jury"]
            cell, header = layout.cell("disponibilites", juror.row), layout.header("disponibilites")
            yield anomaly(UNREADABLE_AVAILABILITY, layout.name, cell, value=quoted(str(error)), header=header)


def sitting_days(reading: Reading) -> list[date]:
    """The days on which the jury sits."""
    return [sitting.start.date() for sitting in reading.campaign.section(AuditionRules).sittings]


def _typed(reading: Reading) -> Iterator[Any]:
    """The jurors who have something in « Disponibilités »."""
    if "jury" in reading.tables:
        jurors = reading.tables["jury"].frame.dropna(subset="email")
        unread = jurors["unreadable"].map(lambda fields: "disponibilites" in fields).astype(bool)
        yield from jurors[unread | jurors["disponibilites"].notna()].itertuples(index=False)


CHECK: Final = Check(of_reading=availability_anomalies)
