"""The .xlsx workbook: a local file that is read whole, edited and replaced in one step."""

from __future__ import annotations

import io
import secrets
import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from os.path import realpath
from pathlib import Path

from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.spreadsheet.model.capabilities import PLAIN, Capabilities
from eig_sheets.spreadsheet.model.diagnosis import Finding
from eig_sheets.spreadsheet.model.plan import Plan
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.spreadsheet.xlsx import error_messages, marks
from eig_sheets.spreadsheet.xlsx.content_types import CONTENT_TYPES
from eig_sheets.spreadsheet.xlsx.contents import Contents
from eig_sheets.spreadsheet.xlsx.markup import DamagedError, TooLargeError
from eig_sheets.spreadsheet.xlsx.package import Package
from eig_sheets.spreadsheet.xlsx.read import snapshot
from eig_sheets.storage import file_lock, file_replacement, regular_files

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = {
    CONTENT_TYPES: (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        f' xmlns:r="{_OFFICE}"><workbookPr/><bookViews><workbookView/></bookViews><sheets></sheets></workbook>'
    ),
}


def blank() -> bytes:
    """The bytes of the package; no program opens it before a tab is added."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _PARTS.items():
            archive.writestr(zipfile.ZipInfo(name), _HEAD + content)
    return file.getvalue()


_MALFORMED_FILE_ERRORS = (DamagedError, ValueError, LookupError, ArithmeticError, struct.error)
"""Exceptions that reading a malformed file may end in, besides those that we raise."""


def identity_of(place: Path | str) -> str | None:
    """The identity of a file, also under the name that an interrupted write left it; '' when it has none or is gone.

    None when it is there and cannot be read.
    """
    path = Path(place)
    try:
        return marks.identity(Contents(Package(regular_files.read_bytes(file_replacement.displaced(path) or path))))
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, TooLargeError, *_MALFORMED_FILE_ERRORS):
        return None


class XlsxWorkbook:
    """One .xlsx file. `versions` is the folder that keeps its previous versions."""

    capabilities: Capabilities = PLAIN

    def __init__(self, path: Path | str, versions: Path) -> None:
        self.location = str(path)
        self._given_path = Path(path)
        self._versions = versions
        self._cached: Snapshot | None = None
        self._locked_by_us = self._locks_unsupported = False

    @property
    def _path(self) -> Path:
        """The file itself, with links resolved."""
        return Path(realpath(self._given_path))  # Path.resolve raises no OSError for a link to itself

    def exists(self) -> bool:
        """Whether the file is there, also under the name that an interrupted write left it."""
        return regular_files.is_taken(self._path) or file_replacement.displaced(self._path) is not None

    def read(self) -> Snapshot:
        """The whole workbook, with the SHA-256 of the file as version; cached while it is. Raises WorkbookError."""
        data = self._bytes()
        version = file_replacement.version_of(data)
        if self._cached is None or self._cached.version != version:
            self._cached = None
            try:
                self._cached = snapshot(Package(data), version)
            except TooLargeError as error:
                raise error_messages.too_large(self._path, error.tab, error.cell) from None
            except _MALFORMED_FILE_ERRORS as error:
                raise error_messages.unreadable_file(self._path, data) from error
        return self._cached

    def _bytes(self) -> bytes:
        path = self._path
        try:
            if file_replacement.displaced(path) is not None:
                with self.locked():  # which puts it back
                    return regular_files.read_bytes(path)
            return regular_files.read_bytes(path)
        except FileNotFoundError:
            raise error_messages.missing_file(path) from None
        except OSError as error:
            raise error_messages.os_error(path, error) from None

    def apply(self, plan: Plan) -> Sequence[str]:
        """Apply the whole plan or nothing, to the version that it was made for; version '' creates the file.

        Raises WorkbookError when the file is open elsewhere, read-only or of another version, or when the integrity
        check finds a change that the plan does not have.
        """
        if plan:
            with self.locked():
                self._raise_if_open()
                error_messages.raise_if_linked(self._path)
                before = self._current(plan.version)
                self._save(before, self._edited(before or blank(), plan), plan.version)
        return ()

    @contextmanager
    def locked(self) -> Iterator[Sequence[str]]:
        """Hold the lock of the file, and first recover from a crash. Gives warnings in French. Raises WorkbookError.

        Where the file system does not support locks, none is held; a warning says so, and so does `sharing_warning`.
        """
        if self._locked_by_us:
            yield ()
            return
        if not self._path.parent.is_dir():
            raise error_messages.missing_file(self._path)
        with ExitStack() as stack:
            warnings = self._acquire_lock(stack)
            self._locked_by_us = True
            try:
                yield warnings
            finally:
                self._locked_by_us = False

    def _acquire_lock(self, stack: ExitStack) -> Sequence[str]:
        path = self._path
        try:
            stack.enter_context(file_lock.locked(path))
            self._locks_unsupported = False
            return self._recovered()
        except file_lock.LockedError:
            raise error_messages.locked(path) from None
        except file_lock.LocksUnsupportedError:
            self._locks_unsupported = True
            return [error_messages.locks_unsupported(path)]
        except OSError as error:
            raise error_messages.lock_failed(path, file_lock.lock_path(path), error) from None

    def _recovered(self) -> Sequence[str]:
        """Recover from a crash, unless somebody has the file open: nothing can be written then anyway."""
        try:
            self._raise_if_open()
        except WorkbookError:
            return []
        return [error_messages.recovered(self._path, saved.aside) for saved in file_replacement.recover(self._path)]

    def sharing_warning(self, environment: Mapping[str, str]) -> str:
        """Why the lock may not exclude other machines: no locks, a synchronised folder; '' otherwise."""
        return (
            error_messages.locks_unsupported(self._path)
            if self._locks_unsupported
            else file_lock.sharing_warning(self._path, environment)
        )

    def diagnose(self, environment: Mapping[str, str]) -> Iterator[Finding]:
        """Whether the file is there, may be read and written, is open or locked elsewhere, is in a shared folder."""
        from eig_sheets.spreadsheet.xlsx import diagnosis

        yield from diagnosis.findings(diagnosis.gathered(self._path, self._given_path, environment))

    def _save(self, before: bytes, after: bytes, version: str) -> None:
        def final_check() -> None:
            self._raise_if_open()
            if self._current(version) != before:
                raise error_messages.changed_meanwhile(self._path)

        self._keep_version(before)
        try:
            file_replacement.replace_version(self._path, before, after, final_check)
        except file_replacement.ConcurrentSaveError as error:
            raise error_messages.saved_meanwhile(self._path, error.concurrent_save.aside) from None
        except FileExistsError:
            raise error_messages.already_exists(self._path) from None
        except FileNotFoundError:  # a spreadsheet program removes it for a moment while it saves
            raise error_messages.changed_meanwhile(self._path) from None
        except OSError as error:
            raise error_messages.os_error(self._path, error) from None

    def _keep_version(self, before: bytes) -> None:
        try:
            if before:
                file_replacement.keep_version(self._path, before, self._versions)
        except OSError as error:  # in the state folder, which may be on another disk
            raise error_messages.os_error(Path(error.filename or self._versions), error) from None

    def _raise_if_open(self) -> None:
        error_messages.raise_if_read_only(self._path)
        for path in {self._path, self._given_path.absolute()}:
            error_messages.raise_if_open(path)

    def _current(self, version: str) -> bytes:
        """The bytes of the file if it is of that version, b'' for a file to create. Raises WorkbookError."""
        if not version:
            if self.exists():
                raise error_messages.already_exists(self._path)
            return b""
        data = self._bytes()
        if file_replacement.version_of(data) != version:
            raise error_messages.changed_meanwhile(self._path)
        return data

    def _edited(self, before: bytes, plan: Plan) -> bytes:
        from eig_sheets.spreadsheet.xlsx.apply import apply_plan
        from eig_sheets.spreadsheet.xlsx.integrity import unexpected_changes

        try:
            after = apply_plan(Package(before), plan, secrets.token_hex(6))
            unexpected = unexpected_changes(before, after, plan)
        except TooLargeError as error:
            raise error_messages.too_large(self._path, error.tab, error.cell) from None
        except _MALFORMED_FILE_ERRORS as error:
            raise error_messages.unreadable_file(self._path, before) from error
        if unexpected:
            raise error_messages.integrity_failure(self._path, unexpected)
        return after
