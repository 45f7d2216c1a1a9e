"""The interface that every backend implements: read a workbook once, apply one plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from eig_sheets.spreadsheet.model.capabilities import Capabilities
from eig_sheets.spreadsheet.model.diagnosis import Finding
from eig_sheets.spreadsheet.model.plan import Plan
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.text.errors import ExpectedError


class WorkbookError(ExpectedError):
    """A workbook cannot be read or written. The message is for people: French, what is wrong and what to do."""


class MovedError(WorkbookError):
    """The workbook changed since the plan was computed: it has to be read and planned again."""


class RefusedError(MovedError):
    """The program refuses what is added to people's tabs, or these changed meanwhile: read again, plan again.

    Once it was refused again, `Snapshot.refused` has the tab, so that a plan without these additions may pass; a plan
    that has them all the same is a WorkbookError.
    """


class BusyError(WorkbookError):
    """Nothing is written now, for somebody has the workbook open or another run holds it: it will be free again."""


class LinkedError(WorkbookError):
    """The other workbook of the campaign cannot be read, and what is written in this one depends on it."""


class RowsInUseError(WorkbookError):
    """Rows are not deleted, for something that no snapshot has refers to them: a defined name, a rule, a chart.

    `rows`: each of them, by its 1-based number, with the end of a French sentence: what refers to it. The message is
    the first of these.
    """

    def __init__(self, rows: Mapping[int, str]) -> None:
        super().__init__(rows[min(rows)])
        self.rows = rows


class Workbook(Protocol):
    """One campaign's workbook. `location` is how people name it; its `capabilities` are those of each snapshot."""

    location: str
    capabilities: Capabilities

    def exists(self) -> bool:
        """Whether the workbook exists."""

    def read(self) -> Snapshot:
        """The whole workbook, read once. Raises WorkbookError."""

    def apply(self, plan: Plan) -> Sequence[str]:
        """Apply all of the plan or nothing, on the version for which it was computed. Raises WorkbookError.

        Returns French warnings about optional parts, such as formatting, that the workbook rejected.
        """

    def locked(self) -> AbstractContextManager[Sequence[str]]:
        """Lock it against the runs of all machines, as far as it can be; gives French warnings for people meanwhile.

        Reentrant: nothing happens when this object holds the lock. Raises WorkbookError when another run does.
        """

    def sharing_warning(self, environment: Mapping[str, str]) -> str:
        """Why the lock might not hold against another machine, in French, with what to do; '' when nothing says so."""

    def diagnose(self, environment: Mapping[str, str]) -> Iterator[Finding]:
        """Findings about the access to the workbook, one after the other.

        Writes nothing anywhere. Never raises WorkbookError: that it would is a finding.
        """
