"""Recorded assignments: `Affectations` and the like read back, and what of them still holds. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final

import pandas as pd

from eig_sheets.call.jury.dossiers import DOSSIERS
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Result, Results
from eig_sheets.campaign.reviews.affectations import Assignment, AssignmentStatus
from eig_sheets.campaign.reviews.review_pairs import recused_pairs
from eig_sheets.campaign.reviews.subjects import ReviewSubject, review_subjects
from eig_sheets.campaign.since_last_run import recorded_lines
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.storage.last_run import NO_RUN, LastRun
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.ownership import key_of

Recorded = Mapping[str, tuple[Assignment, ...]]
"""Who is to review what, by the id of the people's tab of what is reviewed."""

RECORDED: Final = Result[Recorded]("recorded")


class AssignmentLapse(StrEnum):
    """Why a recorded pair no longer holds."""

    UNREAD = "non_lu"  # the jury does not read it any more
    JUROR = "jure"  # is no juror any more
    RECUSED = "deport"  # has stepped aside since


_LAPSES: Final = {
    AssignmentLapse.JUROR: "cette adresse n’est plus dans l’onglet Jury",
    AssignmentLapse.RECUSED: "ce juré doit s’en déporter",
}


def recorded_assignments(
    reading: Reading, last_run: LastRun = NO_RUN, subject: ReviewSubject = DOSSIERS
) -> tuple[Assignment, ...]:
    """The recorded pairs that nobody edited, in the order of the tab, each once."""
    lines = recorded_lines(subject.assigned, subject.table, reading, last_run)
    return tuple(dict.fromkeys(_genuine(lines)))


def _genuine(lines: Iterable[Mapping[str, CellValue]]) -> Iterator[Assignment]:
    """The pairs of the lines whose checksum holds."""
    statuses = {str(status): status for status in AssignmentStatus}
    for line in lines:
        status = statuses.get(str(line["status"]))
        if status is not None:
            assignment = Assignment(key_of(line["numero"]), str(line["jure"]), status)
            if assignment.checksum == line["checksum"]:
                yield assignment


def assignments_of(
    reading: Reading, recorded: Sequence[Assignment] | None = None, subject: ReviewSubject = DOSSIERS
) -> pd.DataFrame:
    """The pairs that hold today: `numero`, `jure`, `locked`, `kept`; no row without the tab.

    Of `recorded`, else of what the tab says: those that nothing makes lapse.
    """
    pairs = recorded_assignments(reading, subject=subject) if recorded is None else recorded
    lapsed = {assignment for assignment, _ in lapsed_assignments(reading, pairs, subject)}
    return frame_of([assignment for assignment in pairs if assignment not in lapsed])


def lapsed_assignments(
    reading: Reading, recorded: Sequence[Assignment], subject: ReviewSubject = DOSSIERS
) -> Iterator[tuple[Assignment, AssignmentLapse]]:
    """The recorded pairs that no longer hold, each with the first reason why."""
    if not recorded:
        return
    read, jurors = {*subject.numbers(reading)}, {*reading.valid_rows("jury")["email"].dropna()}
    recused = recused_pairs(reading, subject)
    for assignment in recorded:
        if assignment.numero not in read:
            yield assignment, AssignmentLapse.UNREAD
        elif assignment.jure not in jurors:
            yield assignment, AssignmentLapse.JUROR
        elif (assignment.numero, assignment.jure) in recused:
            yield assignment, AssignmentLapse.RECUSED


def lapse_anomalies(reading: Reading, recorded: Recorded) -> Iterator[Anomaly]:
    """One for each recorded pair that no longer holds: the tab keeps it until people run the command that replaces it.

    Of what is in this workbook: the others are listed in theirs. A row that a blocking anomaly leaves out says what to
    do by that anomaly: its readers come back with it.
    """
    for subject in review_subjects(reading.campaign):
        pairs = recorded.get(subject.tab, ())
        if reading.owns(subject.tab):
            name = reading.layout.robot_tabs.get(subject.assigned, reading.schema.robot_tabs[subject.assigned])
            rows, valid_rows = reading.tables[subject.tab].frame, reading.valid_rows(subject.tab)
            left_out = {*rows[subject.key]} - {*valid_rows[subject.key]}
            for assignment, lapse in lapsed_assignments(reading, pairs, subject):
                if lapse is AssignmentLapse.UNREAD and assignment.numero in left_out:
                    continue
                reason = subject.words.unread if lapse is AssignmentLapse.UNREAD else _LAPSES[lapse]
                yield anomaly(subject.lapsed, name, None, assignment.numero, value=assignment.jure, reason=reason)


def recorded_of(reading: Reading, last_run: LastRun = NO_RUN) -> Recorded:
    """What the tabs record, or the last run where they do not say all of it: in this workbook, or in the other one."""
    return {
        subject.tab: _recorded_anywhere(reading, last_run, subject)
        for subject in review_subjects(reading.campaign)
        if subject is DOSSIERS or reading.has(subject.tab)
    }


def _recorded_anywhere(reading: Reading, last_run: LastRun, subject: ReviewSubject) -> tuple[Assignment, ...]:
    holder = reading if subject is DOSSIERS else reading.holding(subject.tab)
    return recorded_assignments(holder, last_run if holder is reading else NO_RUN, subject)


def frame_of(pairs: Sequence[Assignment]) -> pd.DataFrame:
    """The pairs as a table, one row each: `numero`, `jure`, `locked`, `kept`."""
    return pd.DataFrame(
        {
            "numero": pd.Series([pair.numero for pair in pairs], dtype=object),
            "jure": pd.Series([pair.jure for pair in pairs], dtype=object),
            "locked": pd.Series([pair.status is AssignmentStatus.LOCKED for pair in pairs], dtype=bool),
            "kept": pd.Series([pair.status is AssignmentStatus.KEPT for pair in pairs], dtype=bool),
        }
    )


def assigned(results: Results) -> tuple[Assignment, ...]:
    """Who is to read which dossier."""
    return results.of(RECORDED).get(DOSSIERS.tab, ())


def expected_of(reading: Reading, results: Results) -> pd.Series | None:
    """How many reviews each dossier should have (`expected_reviews`), by what is recorded."""
    pairs = assigned(results)
    return expected_reviews(assignments_of(reading, pairs), pairs)


def expected_reviews(assigned: pd.DataFrame, recorded: Sequence[Assignment]) -> pd.Series | None:
    """How many reviews each dossier should have, by number: of the pairs that hold; None where nothing is recorded."""
    return assigned.groupby("numero").size() if recorded else None
