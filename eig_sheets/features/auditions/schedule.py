"""The timetable of auditions: the plan of `jury schedule`, and how a sync keeps `Planning des auditions`. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from eig_sheets.call.results import compute
from eig_sheets.campaign.plans import checked_plan, journal_with, remembering, written
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.reviews.recusals import juror_names
from eig_sheets.campaign.robot_sheets import blank_sheet, is_taken
from eig_sheets.campaign.since_last_run import output_of
from eig_sheets.emails.catalogue.deliveries import Delivery
from eig_sheets.emails.outbox import previous_state_of
from eig_sheets.emails.outbox.fingerprints import Booked
from eig_sheets.emails.outbox.records import records_of
from eig_sheets.emails.outbox.rows import rows_of
from eig_sheets.emails.outbox.versions import PreviousState
from eig_sheets.features.auditions.auditions import Auditions, auditions_of
from eig_sheets.features.auditions.rows import planned_rows, recorded_auditions, standing
from eig_sheets.features.auditions.rules_candidates import Mode, moved
from eig_sheets.features.auditions.rules_problem import Broken, broken
from eig_sheets.features.auditions.rules_program import Timetable, best_timetable
from eig_sheets.features.auditions.rules_relaxations import relaxations
from eig_sheets.features.auditions.sentences import ALL_PAST, NO_ROOM, reason_of
from eig_sheets.features.auditions.tab import NO_TIMETABLE, TAB, TABLE, PlannedAudition
from eig_sheets.run.sheets import KeptRows, Standing
from eig_sheets.spreadsheet.model.plan import Plan
from eig_sheets.storage.last_run import LastRun
from eig_sheets.text.french import listed, plural
from eig_sheets.workbook import journal

INVITATION: Final = "convocation_jury"
_MOST_CHOICES: Final = 60_000
_NOT_DECIDED: Final = "Aucune audition décidée."


@dataclass(frozen=True, slots=True)
class Schedule:
    """A timetable, what it breaks, and why some dossiers have no slot.

    `rows`: the tab; `moved`: how many dossiers are not heard as they were to be; `relaxed`: what would make room.
    """

    auditions: Auditions
    timetable: Timetable
    reasons: Mapping[str, str]
    broken: tuple[Broken, ...]
    moved: int
    relaxed: tuple[str, ...]
    rows: tuple[PlannedAudition, ...]


@dataclass(frozen=True, slots=True)
class ScheduleRun:
    """A schedule, the plan that writes it, what to remember once it is applied, and what became of e-mails before."""

    reading: Reading
    previous: PreviousState
    schedule: Schedule
    plan: Plan
    last_run: LastRun


def invitations_of(previous: PreviousState) -> dict[str, Booked]:
    """The audition that the applicants of each dossier were last told, unless they were told that it is off."""
    invitations = {}
    for last_delivery in previous.last_deliveries.values():
        booked = last_delivery.fingerprint.booked if last_delivery.gone and last_delivery.fingerprint else None
        if booked is None or last_delivery.template != INVITATION or last_delivery.numero is None:
            continue
        if previous.booked[booked.uid] == booked and not booked.cancelled:
            invitations[last_delivery.numero] = booked
    return invitations


def _convened(previous: PreviousState) -> dict[str, datetime]:
    return {numero: booked.starts for numero, booked in invitations_of(previous).items()}


def standing_rows(
    reading: Reading, results: Results, last_run: LastRun, previous: PreviousState, today: date
) -> Standing:
    """The rows of the timetable as it stands; none as long as nobody made one, nor in the workbook of candidates."""
    recorded = recorded_auditions(reading, last_run)
    is_made = TAB in reading.layout.robot_tabs or recorded != NO_TIMETABLE
    if not is_made or not reading.owns("candidatures"):
        return Standing()
    auditions = auditions_of(reading, results, today, recorded, _convened(previous))
    return Standing(TABLE.cells(planned_rows(reading, auditions, standing(auditions), recorded.reasons)))


def previous_state(reading: Reading, last_run: LastRun, deliveries: Mapping[str, Delivery]) -> PreviousState:
    """What became of the e-mails of a workbook."""
    records = records_of(reading, output_of("envois", reading, last_run))
    return previous_state_of(rows_of(reading), records, deliveries)


def read_auditions(reading: Reading, last_run: LastRun, previous: PreviousState, today: date) -> Auditions:
    """The auditions of a workbook without problem in its tabs or headers."""
    return auditions_of(reading, compute(reading), today, recorded_auditions(reading, last_run), _convened(previous))


def checked(reading: Reading, auditions: Auditions) -> Schedule:
    """The timetable that people decided, with the groups that suit it best where nothing says them."""
    problem = auditions.problem
    decided = tuple(hearing for hearing in problem.hearings if hearing.numero in problem.decided)
    others = {hearing.numero: _NOT_DECIDED for hearing in problem.hearings if hearing not in decided}
    timetable = best_timetable(replace(problem, hearings=decided), Mode.ADJUST)
    schedule = replace(timetable, unplaced=tuple(others))
    return _schedule(reading, auditions, schedule, others)


def proposed(reading: Reading, auditions: Auditions, mode: Mode) -> Schedule:
    """The best timetable, and what would make room for each dossier that has no slot."""
    timetable = best_timetable(auditions.problem, mode)
    names = juror_names(reading)
    reason_by_number = {
        relaxation.numero: reason_of(relaxation, names)
        for relaxation in relaxations(auditions.problem, timetable, mode)
    }
    if not auditions.problem.slots:
        reason_by_number = dict.fromkeys(timetable.unplaced, ALL_PAST)
    reasons = {numero: reason_by_number.get(numero, NO_ROOM) for numero in timetable.unplaced}
    schedule = _schedule(reading, auditions, timetable, reasons)
    relaxed = tuple(dict.fromkeys(reasons.values()))
    return replace(schedule, moved=moved(auditions.problem, timetable.placements), relaxed=relaxed)


def _schedule(reading: Reading, auditions: Auditions, timetable: Timetable, reasons: Mapping[str, str]) -> Schedule:
    rows = planned_rows(reading, auditions, timetable.placements, reasons)
    said = {row.numero: row.remarks[0] for row in rows if row.heard is None}
    wrong = tuple(broken(auditions.problem, timetable.placements))
    return Schedule(auditions, timetable, said, wrong, 0, (), rows)


def unwritable(reading: Reading) -> str:
    """Why the tab cannot be written, in French; '' when it can."""
    name = reading.schema.robot_tabs[TAB]
    ours = reading.layout.robot_tabs.get(TAB)
    if ours in reading.snapshot.refused:
        return f"L’onglet « {ours} » est protégé : le robot ne peut pas l’écrire. Retirez cette protection."
    if ours is None and is_taken(name, reading):
        return f"L’onglet « {name} » n’est pas au robot : renommez-le, puis relancez « eig-sheets jury schedule »."
    return ""


def excessive(auditions: Auditions) -> str:
    """Why there is too much to place, in French; '' when there is not: nobody waits for hours."""
    problem = auditions.problem
    dossiers, slots = len(problem.hearings), len(problem.slots) * len(problem.groups)
    if dossiers * slots <= _MOST_CHOICES:
        return ""
    return (
        f"{plural(dossiers, 'dossier')} à entendre en {plural(slots, 'créneau', 'créneaux')} : c’est trop pour un "
        "planning. Saisissez d’abord « Présélectionné » en Présélection, ou réduisez auditions.days."
    )


def plan_schedule(
    reading: Reading, previous: PreviousState, schedule: Schedule, last_run: LastRun, now: datetime
) -> ScheduleRun:
    """The plan that writes a schedule in its tab, and says so in the Journal when that changes anything."""
    sheet = replace(blank_sheet(TAB, reading), rows=TABLE.cells(schedule.rows))
    sheets, operations = [sheet], written(reading, sheet) if sheet.rows or TAB in reading.layout.robot_tabs else []
    if operations:
        line = journal.line(now, journal.DONE, _sentence(schedule))
        sheets.append(journal_with(reading, last_run, line))
        operations += written(reading, sheets[1])
    plan = checked_plan(reading, operations)
    return ScheduleRun(reading, previous, schedule, plan, remembering(reading, last_run, sheets))


def _sentence(schedule: Schedule) -> str:
    counts = [plural(len(schedule.timetable.placements), "audition")]
    counts += [f"{plural(len(schedule.reasons), 'dossier')} sans créneau"] if schedule.reasons else []
    counts += [plural(schedule.moved, "déplacée", "déplacées")] if schedule.moved else []
    return f"Planning des auditions : {listed(counts)}."


ROWS: Final = KeptRows(TAB, standing_rows)
