"""The records of `jury assign`: their JSON is a contract, their table is for people."""

from __future__ import annotations

from typing import Any

from eig_sheets.call.jury import assignment_texts
from eig_sheets.call.jury.plan_assignment import AssigningRun
from eig_sheets.campaign.reviews.affectations import Assignment, AssignmentStatus
from eig_sheets.campaign.reviews.subjects import ReviewSubject
from eig_sheets.cli.output import gap_record
from eig_sheets.workbook.table import Col, Table


def number_key(subject: ReviewSubject) -> str:
    """The key of the number of what is noted, in JSON."""
    return subject.words.number[0]


def assignment_object(run: AssigningRun) -> dict[str, Any]:
    """The whole assignment: its pairs, how good it is, what it gives up; `loads`: dossiers of each juror."""
    outcome, reading = run.outcome, run.reading
    return {
        "pairs": [
            {
                number_key(run.outcome.subject): pair.numero,
                "juror": pair.jure,
                "kept": pair.status is AssignmentStatus.KEPT,
                "locked": pair.status is AssignmentStatus.LOCKED,
            }
            for pair in outcome.assignments
        ],
        "optimal": outcome.assigned.optimal,
        "gap": gap_record(outcome.assigned.gap),
        "relaxed": assignment_texts.relaxed_texts(reading, outcome),
        "waived": assignment_texts.waived_texts(reading, outcome),
        "weak": assignment_texts.weak_texts(reading, outcome),
        "loads": outcome.loads,
    }


def assignment_table(run: AssigningRun) -> Table[Assignment]:
    """The table of the pairs, with the names of what is reviewed."""
    subject = run.outcome.subject
    names = subject.names(run.reading.valid_rows(subject.tab))
    return Table(
        Col(*subject.words.number, lambda pair: pair.numero),
        Col(*subject.words.name, lambda pair: names.get(pair.numero)),
        Col("juror", "Juré", lambda pair: pair.jure),
        Col("status", "Statut"),
    )  # fmt: skip
