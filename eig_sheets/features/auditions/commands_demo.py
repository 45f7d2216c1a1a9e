"""The timetable of the demonstration's auditions, made as `jury schedule` makes it."""

from __future__ import annotations

from eig_sheets.campaign.reading import read
from eig_sheets.cli.session import Session
from eig_sheets.cli.writing import carried_out
from eig_sheets.features.auditions.rules_candidates import Mode
from eig_sheets.features.auditions.schedule import ScheduleRun, plan_schedule, previous_state, proposed, read_auditions


def schedule_demonstration(demonstration: Session) -> None:
    """Write the timetable of the auditions that people decided, and an hour for the dossier that has none."""
    carried_out(demonstration, lambda: _scheduled(demonstration))


def _scheduled(demonstration: Session) -> ScheduleRun:
    last_run, clock = demonstration.state.load_last_run(), demonstration.clock
    reading = read(demonstration.workbook.read(), demonstration.campaign)
    previous = previous_state(reading, last_run, demonstration.ledger.deliveries())
    schedule = proposed(reading, read_auditions(reading, last_run, previous, clock.today), Mode.PROPOSE)
    return plan_schedule(reading, previous, schedule, last_run, clock.now)
