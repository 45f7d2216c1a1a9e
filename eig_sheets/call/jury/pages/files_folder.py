"""The files of pages in a folder: what is there now, and what is written, never over what people filled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from eig_sheets.call.jury.pages.files_pages import PAGE_BYTES, page_of, read_page
from eig_sheets.call.jury.pages.issue import (
    NOTHING_COLLECTED,
    Collected,
    Issue,
    IssueState,
    TakenError,
    issue_of,
    new_issue,
)
from eig_sheets.call.jury.pages.pages import Page, PageKind
from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.spreadsheet.xlsx import error_messages
from eig_sheets.storage import file_replacement, permissions, regular_files
from eig_sheets.text.french import plain, typographic, why
from eig_sheets.workbook.read_back import digest

_REMEDY = "Rien n’a été écrit. Déplacez ce qui est à garder, ou donnez un autre dossier (option --to)."


def issues_of(
    pages: Sequence[Page],
    names: Sequence[str],
    folder: Path,
    zone: ZoneInfo,
    earlier: Mapping[str, Path],
    collected: Mapping[str, Collected],
) -> list[Issue]:
    """What becomes of the file of each page in that folder; nothing is written. Raises WorkbookError.

    `earlier` is the last file that was made for each juror, under another name or elsewhere: a new one has its answers.
    `collected`: the notes of each juror.
    """
    issues, refused = [], []
    for page, name in zip(pages, names, strict=True):
        try:
            notes = collected.get(page.juror, NOTHING_COLLECTED)
            issues.append(_issue(page, folder / name, zone, earlier.get(page.juror), notes))
        except TakenError as error:
            refused.append(str(error))
    if refused:
        raise WorkbookError(typographic("\n".join([*refused, _REMEDY])))
    return issues


def _issue(page: Page, path: Path, zone: ZoneInfo, earlier: Path | None, notes: Collected) -> Issue:
    try:
        there = file_replacement.displaced(path) or path
        before = regular_files.read_bytes(there, PAGE_BYTES)
        changed = datetime.fromtimestamp(there.stat().st_mtime, zone).replace(tzinfo=None)
    except FileNotFoundError:
        return new_issue(page, path.name, read_page(earlier, zone) if earlier else None, notes)
    except OSError as error:
        raise TakenError(f"{path.name} ne peut pas être lu ({why(error)}).") from None
    return issue_of(page, path.name, before, page_of(before, path, changed, zone), notes)


def write(issues: Sequence[Issue], folder: Path, versions: Path, zone: ZoneInfo) -> dict[str, str]:
    """Write the files, each atomically. Raises WorkbookError.

    Each is kept in `versions` too, for the e-mail that it goes with, as is the one that it replaces.
    Returns the SHA-256 of each that was written, by name.
    """
    changed = [issue for issue in issues if issue.state is not IssueState.SAME]
    for issue in changed:
        error_messages.raise_if_open(folder / issue.name)
    try:
        permissions.make_folder(folder)
    except OSError as error:
        raise error_messages.os_error(folder, error) from None
    return {issue.name: _write(issue, folder / issue.name, versions, zone) for issue in changed}


def planned_digests(issues: Sequence[Issue], zone: ZoneInfo) -> dict[str, str]:
    """The SHA-256 of each file that would be written, by name."""
    return {
        issue.name: file_replacement.version_of(issue.file(zone))
        for issue in issues
        if issue.state is not IssueState.SAME
    }


def copy_of(name: str, digest: str, versions: Path) -> bytes | None:
    """The bytes of a file of that name and SHA-256 that `write` kept; None when there is none. Raises OSError."""
    return file_replacement.kept_version(name, digest, versions)


def _write(issue: Issue, path: Path, versions: Path, zone: ZoneInfo) -> str:
    data = issue.file(zone)
    try:
        _keep(path, data, versions)
        file_replacement.put_back(path)
        if issue.before:
            _keep(path, issue.before, versions)
            file_replacement.replace_version(path, issue.before, data, lambda: error_messages.raise_if_open(path))
        else:
            file_replacement.create_file(path, data)
    except file_replacement.ConcurrentSaveError as error:
        raise error_messages.saved_meanwhile(path, error.concurrent_save.aside) from None
    except FileExistsError:
        raise error_messages.already_exists(path) from None
    except OSError as error:
        raise error_messages.os_error(path, error) from None
    return file_replacement.version_of(data)


def _keep(path: Path, data: bytes, versions: Path) -> None:
    try:
        file_replacement.keep_version(path, data, versions)
    except OSError as error:  # in the state folder, which may be on another disk
        raise error_messages.os_error(Path(error.filename or versions), error) from None


_PREFIXES: Final = {
    PageKind.NOTES: "grille",
    PageKind.DECLARATION: "declaration",
    PageKind.CANDIDATES: "grille-candidats",
}
_LONGEST: Final = 60


def file_names(pages: Sequence[Page]) -> tuple[str, ...]:
    """The name of the file of each page: grille-claire-martin.xlsx; with the address where two have one name."""
    names = _told_apart(pages, [_by_name(page) for page in pages], lambda page: f"{_by_name(page)}-{_slug(page.juror)}")
    names = _told_apart(pages, names, lambda page: f"{_by_name(page)}-{digest([page.juror])}")
    return tuple(f"{name}.xlsx" for name in names)


def _told_apart(pages: Sequence[Page], names: Sequence[str], longer: Callable[[Page], str]) -> list[str]:
    shared = Counter(names)
    return [longer(page) if shared[name] > 1 else name for page, name in zip(pages, names, strict=True)]


def _by_name(page: Page) -> str:
    group = f"groupe-{_slug(page.group)}-" if page.group else ""
    return f"{_PREFIXES[page.kind]}-{group}{_slug(page.name) or digest([page.juror])}"


def _slug(text: str) -> str:
    return plain(text).replace(" ", "-").replace("€", "").replace("%", "")[:_LONGEST].strip("-")
