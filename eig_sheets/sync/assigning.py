"""The plan of `jury assign`: the tab `Affectations`, rows of `Évaluations` for who types there, a line of the Journal.

Pure, and one write.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from eig_sheets.campaign.assigning import Assigning, assigning
from eig_sheets.campaign.assignments import TAB, recorded_assignments
from eig_sheets.campaign.reading import Reading
from eig_sheets.storage.last_run import LastRun
from eig_sheets.sync.importing import journal_with, remembering, written
from eig_sheets.sync.sheets import blank_sheet
from eig_sheets.sync.target import checked_plan
from eig_sheets.text.french import listed, plural
from eig_sheets.workbook import diff
from eig_sheets.workbook.model.plan import Operation, Plan
from eig_sheets.workbook.model.sheet import Sheet
from eig_sheets.workbook.render import affectations, journal
from eig_sheets.workbook.render.affectations import Assignment

EVERYONE: Final = "all"
"""Instead of addresses: all jurors type in `Évaluations`."""


@dataclass(frozen=True, slots=True)
class AssigningRun:
    """What `jury assign` does to a workbook, and what to remember once its plan is applied.

    `added`: how many rows of `Évaluations`; `left_out`: how many are missing in it that nothing lets be added. The plan
    is empty when demands have to be relaxed.
    """

    reading: Reading
    outcome: Assigning
    plan: Plan
    last_run: LastRun
    added: int = 0
    left_out: int = 0


def plan_assigning(
    reading: Reading, last_run: LastRun, now: datetime, *, adjust: bool = False, typists: Collection[str] = ()
) -> AssigningRun:
    """The plan of an assignment; `typists`: the jurors who note in `Évaluations`, for whom it adds rows."""
    outcome = assigning(reading, recorded_assignments(reading, last_run), adjust=adjust)
    return plan_assignment(reading, outcome, last_run, now, typists)


def plan_assignment(
    reading: Reading, outcome: Assigning, last_run: LastRun, now: datetime, typists: Collection[str] = ()
) -> AssigningRun:
    """The plan of an assignment that was found."""
    if outcome.found.relaxed:
        return AssigningRun(reading, outcome, checked_plan(reading, []), last_run)
    sheets = [_sheet(reading, outcome.assignments)] if outcome.assignments or TAB in reading.layout.robot_tabs else []
    tab = reading.layout.tabs["evaluations"]
    missing = _missing_rows(reading, outcome.assignments, typists)
    rows = [] if tab.name in reading.snapshot.refused else missing
    added: list[Operation] = [diff.append(tab, rows)] if rows else []
    operations = [*added, *(operation for sheet in sheets for operation in written(reading, sheet))]
    if operations:
        line = journal.line(now, journal.DONE, _sentence(outcome, len(rows)))
        sheets.append(journal_with(reading, last_run, line))
        operations += written(reading, sheets[-1])
    plan = checked_plan(reading, operations)
    remembered = remembering(reading, last_run, sheets)
    return AssigningRun(reading, outcome, plan, remembered, len(rows), len(missing) - len(rows))


def _sheet(reading: Reading, assignments: Sequence[Assignment]) -> Sheet:
    rows = affectations.rows(assignments, reading.valid_rows("candidatures"), reading.valid_rows("jury"))
    return replace(blank_sheet(TAB, reading), rows=rows)


def _missing_rows(
    reading: Reading, assignments: Sequence[Assignment], typists: Collection[str]
) -> list[dict[str, str]]:
    """The rows of `Évaluations` to add, juror by juror: a number and an address."""
    table = reading.tables["evaluations"].frame
    there = {*zip(table["numero"], table["jure"], strict=True)}
    wanted = [one for one in assignments if EVERYONE in typists or one.jure in typists]
    missing = [one for one in wanted if (one.numero, one.jure) not in there]
    return [{"numero": one.numero, "jure": one.jure} for one in sorted(missing, key=lambda one: one.jure)]


def _sentence(outcome: Assigning, rows: int) -> str:
    added, dropped = len(outcome.pairs - outcome.before), len(outcome.before - outcome.pairs)
    parts = [plural(added, "affectation ajoutée", "affectations ajoutées")]
    parts += [plural(dropped, "retirée")] if dropped else []
    parts += [plural(rows, "ligne d’Évaluations ajoutée", "lignes d’Évaluations ajoutées")] if rows else []
    return f"Affectation du jury : {listed(parts)}."
