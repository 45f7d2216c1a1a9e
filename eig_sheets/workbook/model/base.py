"""The one interface of every spreadsheet: read everything once, apply one plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from eig_sheets.workbook.model.capabilities import Capabilities
from eig_sheets.workbook.model.plan import Plan
from eig_sheets.workbook.model.snapshot import Snapshot


class WorkbookError(Exception):
    """The workbook says no. The message is for people: French, what is wrong and what to do."""


class MovedError(WorkbookError):
    """The workbook is not any more what the plan was made for: read again, plan again."""


class Workbook(Protocol):
    """One campaign's workbook. `location` is how people name it; its `capabilities` are those of each snapshot."""

    location: str
    capabilities: Capabilities

    def exists(self) -> bool:
        """Whether it is there to be read."""

    def read(self) -> Snapshot:
        """Everything in it, once. Raises WorkbookError."""

    def apply(self, plan: Plan) -> Sequence[str]:
        """All of the plan or nothing, on the version that the plan was made for. Raises WorkbookError.

        Returns French sentences about what the workbook would not have of it that is no result.
        """

    def locked(self) -> AbstractContextManager[Sequence[str]]:
        """Hold its lock against the runs of all machines, as far as it has one; gives French warnings to show.

        Reentrant. Raises WorkbookError when another run holds it.
        """

    def sharing_warning(self, environment: Mapping[str, str]) -> str:
        """Why the lock might not exclude a run on another machine, in French, with the remedy; '' otherwise."""
