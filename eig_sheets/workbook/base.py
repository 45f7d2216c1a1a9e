"""The one interface of every spreadsheet: read everything once, apply one plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from eig_sheets.workbook.plan import Plan
from eig_sheets.workbook.snapshot import Snapshot


class WorkbookError(Exception):
    """The workbook says no. The message is for people: French, what is wrong and what to do."""


class MovedError(WorkbookError):
    """The workbook is not any more what the plan was made for: read again, plan again."""


class Workbook(Protocol):
    """One campaign's workbook. `location` is how people name it."""

    location: str

    def exists(self) -> bool:
        """Whether it is there to be read."""

    def read(self) -> Snapshot:
        """Everything in it, once. Raises WorkbookError."""

    def apply(self, plan: Plan) -> Sequence[str]:
        """All of the plan or nothing, on the version that the plan was made for. Raises WorkbookError.

        Returns French sentences about what the workbook would not have of it that is no result.
        """
