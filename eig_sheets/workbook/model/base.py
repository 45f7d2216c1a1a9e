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

    def alone(self) -> AbstractContextManager[Sequence[str]]:
        """Keep the runs of all machines out of it, as far as it can be; gives what people are to be told meanwhile.

        Entered again by who holds it already, it does nothing. Raises WorkbookError when another run holds it.
        """

    def doubt(self, environment: Mapping[str, str]) -> str:
        """Why a run on another machine might not be kept out, in French, with what to do; '' when nothing tells so."""
