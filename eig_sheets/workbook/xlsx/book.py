"""The local .xlsx workbook: read whole, edited in place, saved in one step."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from eig_sheets.workbook.base import WorkbookError
from eig_sheets.workbook.capabilities import Capabilities
from eig_sheets.workbook.plan import Plan
from eig_sheets.workbook.snapshot import Snapshot
from eig_sheets.workbook.xlsx import lock, refusals, replacing, save, sharing
from eig_sheets.workbook.xlsx.apply import edited
from eig_sheets.workbook.xlsx.blank import blank
from eig_sheets.workbook.xlsx.capabilities import CAPABILITIES
from eig_sheets.workbook.xlsx.markup import DamagedError
from eig_sheets.workbook.xlsx.package import Package
from eig_sheets.workbook.xlsx.proof import differences
from eig_sheets.workbook.xlsx.read import snapshot

_NONSENSE = (DamagedError, ValueError, LookupError, ArithmeticError, struct.error)
"""What a file whose parts contradict each other ends in, besides what we look for."""


class XlsxWorkbook:
    """One .xlsx file. `versions` is the folder where what it held before each change is kept."""

    capabilities: Capabilities = CAPABILITIES

    def __init__(self, path: Path | str, versions: Path) -> None:
        self.location = str(path)
        self._named = Path(path)
        self._versions = versions
        self._known: Snapshot | None = None
        self._alone = self._lockless = False

    @property
    def _path(self) -> Path:
        """The file itself, where the name is a link to it."""
        return self._named.resolve()

    def exists(self) -> bool:
        """Whether the file is there."""
        return self._path.exists()

    def read(self) -> Snapshot:
        """Everything in it, with its SHA-256 as version; the same again while that is. Raises WorkbookError."""
        data = self._bytes()
        version = save.version_of(data)
        if self._known is None or self._known.version != version:
            self._known = None
            try:
                self._known = snapshot(Package(data), version)
            except _NONSENSE as error:
                raise refusals.damaged(self._path, data) from error
        return self._known

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
        if plan:
            with self.alone():
                self._refuse_if_held()
                before = self._current(plan.version)
                self._save(before, self._edited(before or blank(), plan), plan.version)
        return ()

    @contextmanager
    def alone(self) -> Iterator[Sequence[str]]:
        """Hold the lock beside the file, and first end what a crash interrupted. Raises WorkbookError.

        Where the file system has no locks, nothing is held: it is said, and `doubt` says so too.
        """
        if self._alone:
            yield ()
            return
        if not self._path.parent.is_dir():
            raise refusals.missing(self._path)
        with ExitStack() as stack:
            said = self._locked(stack)
            self._alone = True
            try:
                yield said
            finally:
                self._alone = False

    def _locked(self, stack: ExitStack) -> Sequence[str]:
        path = self._path
        try:
            stack.enter_context(lock.held(path))
            self._lockless = False
            return self._resumed()
        except lock.BusyError:
            raise refusals.busy(path) from None
        except lock.NoLocksError:
            self._lockless = True
            return [refusals.lockless(path)]
        except OSError as error:
            raise refusals.lock_failed(path, lock.lock_of(path), error) from None

    def _resumed(self) -> Sequence[str]:
        """What a crash interrupted is ended, unless somebody has the file open: nothing can be written then anyway."""
        try:
            self._refuse_if_held()
        except WorkbookError:
            return []
        return [refusals.rescued(self._path, one.aside) for one in replacing.resume(self._path)]

    def doubt(self, environment: Mapping[str, str]) -> str:
        """Why a run on another machine might not be kept out: no locks, a synchronised folder; '' otherwise."""
        return refusals.lockless(self._path) if self._lockless else sharing.doubt(self._path, environment)

    def _save(self, before: bytes, after: bytes, version: str) -> None:
        def last_look() -> None:
            self._refuse_if_held()
            if self._current(version) != before:
                raise refusals.changed_meanwhile(self._path)

        self._keep(before)
        try:
            replacing.replace_version(self._path, before, after, last_look)
        except replacing.OvertakenError as error:
            raise refusals.overtaken(self._path, error.rescued.aside) from None
        except FileExistsError:
            raise refusals.already_there(self._path) from None
        except FileNotFoundError:  # a spreadsheet program takes it away for a moment while it saves
            raise refusals.changed_meanwhile(self._path) from None
        except OSError as error:
            raise refusals.system(self._path, error) from None

    def _keep(self, before: bytes) -> None:
        try:
            if before:
                save.keep_version(self._path, before, self._versions)
        except OSError as error:
            raise refusals.system(self._path, error) from None

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
