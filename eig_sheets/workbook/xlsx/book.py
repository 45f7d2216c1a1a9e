"""The local .xlsx workbook: read whole, edited in place, saved in one step."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

from eig_sheets.workbook.plan import Plan
from eig_sheets.workbook.snapshot import Snapshot
from eig_sheets.workbook.xlsx import refusals, save
from eig_sheets.workbook.xlsx.apply import edited
from eig_sheets.workbook.xlsx.blank import blank
from eig_sheets.workbook.xlsx.markup import DamagedError
from eig_sheets.workbook.xlsx.package import Package
from eig_sheets.workbook.xlsx.proof import differences
from eig_sheets.workbook.xlsx.read import snapshot

_NONSENSE = (DamagedError, ValueError, LookupError, ArithmeticError, struct.error)
"""What a file whose parts contradict each other ends in, besides what we look for."""


class XlsxWorkbook:
    """One .xlsx file. `versions` is the folder where what it held before each change is kept."""

    def __init__(self, path: Path | str, versions: Path) -> None:
        self.location = str(path)
        self._named = Path(path)
        self._versions = versions

    @property
    def _path(self) -> Path:
        """The file itself, where the name is a link to it."""
        return self._named.resolve()

    def exists(self) -> bool:
        """Whether the file is there."""
        return self._path.exists()

    def read(self) -> Snapshot:
        """Everything in it, with its SHA-256 as version. Raises WorkbookError."""
        data = self._bytes()
        try:
            return snapshot(Package(data), save.version_of(data))
        except _NONSENSE as error:
            raise refusals.damaged(self._path, data) from error

    def _bytes(self) -> bytes:
        try:
            return self._path.read_bytes()
        except FileNotFoundError:
            raise refusals.missing(self._path) from None
        except OSError as error:
            raise refusals.system(self._path, error) from None

    def apply(self, plan: Plan) -> Sequence[str]:
        """All of the plan or nothing, on the version that it was made for; a plan of version '' makes the file.

        Raises WorkbookError when the file is open elsewhere, read-only, not that version any more, or when the result
        would differ from it anywhere but where the plan says.
        """
        if not plan:
            return ()
        self._refuse_if_held()
        before = self._current(plan.version)
        after = self._edited(before or blank(), plan)
        self._refuse_if_held()
        if self._current(plan.version) != before:
            raise refusals.changed_meanwhile(self._path)
        try:
            if before:
                save.keep_version(self._path, before, self._versions)
            save.replace(self._path, after)
        except OSError as error:
            raise refusals.system(self._path, error) from None
        return ()

    def _refuse_if_held(self) -> None:
        refusals.refuse_unless_writable(self._path)
        for path in {self._path, self._named.absolute()}:
            refusals.refuse_unless_free(path)

    def _current(self, version: str) -> bytes:
        """The bytes of that version, b'' for a file to make. Raises WorkbookError when the file holds anything else."""
        if not version:
            if self.exists():
                raise refusals.already_there(self._path)
            return b""
        data = self._bytes()
        if save.version_of(data) != version:
            raise refusals.changed_meanwhile(self._path)
        return data

    def _edited(self, before: bytes, plan: Plan) -> bytes:
        try:
            after = edited(Package(before), plan)
            unexpected = differences(before, after, plan)
        except _NONSENSE as error:
            raise refusals.damaged(self._path, before) from error
        if unexpected:
            raise refusals.unproved(self._path, unexpected)
        return after
