"""A page that came back, as it is kept: a version of each dossier that says something, and what was not read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from eig_sheets.domain.versions import Value, Version
from eig_sheets.jury.pages import PageKind, PageProblem, ReceivedPage, ReceivedRow
from eig_sheets.storage.read_pages import ReadPage, Unread
from eig_sheets.text.french import typographic
from eig_sheets.workbook import values
from eig_sheets.workbook.model.cells import CellValue
from eig_sheets.workbook.typed_values import stored

_KINDS = ("deport", "avis")
"""Fields that make a version of a row, besides the scores; a déport must say more than « non »."""


def read_page_of(page: ReceivedPage, criteria: Sequence[str], received: datetime) -> ReadPage:
    """What is kept of a page that was received at that moment (naive, as those of the page); `criteria` are ids."""
    received = _whole_seconds(received)
    about = _About(page, _whole_seconds(min(page.modified or received, received)), received)
    declares, of_candidates = page.kind is PageKind.DECLARATION, page.kind is PageKind.CANDIDATES
    versions = () if page.is_refused else (*_declared(about),) if declares else (*_noted(about, criteria),)
    unread = tuple(map(_unread, page.problems))
    juror = _juror(page)
    return ReadPage(
        page.digest, page.source, received, page.campaign_id, juror, declares, versions, unread, of_candidates
    )


class _About:
    """What all versions of a page have in common."""

    def __init__(self, page: ReceivedPage, moment: datetime, received: datetime) -> None:
        self.page = page
        self._common = Version(_juror(page), "", {}, moment, received, page.source)

    def version(self, said: dict[str, Value], row: ReceivedRow | None = None) -> Version:
        """The version that says this."""
        if row is None:
            return replace(self._common, values=said)
        cell = next((row.cells[name] for name in said if name in row.cells), "")
        return replace(self._common, numero=row.numero, values=said, cell=cell, described=row.version)


def _noted(about: _About, criteria: Sequence[str]) -> Iterator[Version]:
    for row in about.page.rows:
        said = {name: kept for name, value in row.values.items() if (kept := stored(value)) is not None}
        if any(name in said for name in (*criteria, "avis")) or _is_deport(row.values.get("deport")):
            yield about.version(said, row)


def _is_deport(value: CellValue) -> bool:
    try:
        return bool(values.yes_no(value))
    except values.UnreadableError:
        return True


def _declared(about: _About) -> Iterator[Version]:
    page = about.page
    answers = {
        "deports": " ; ".join(sorted(page.deports)) or None,
        "disponibilites": stored(page.availability),
        "declare": stored(page.declared),
        "declare_le": stored(page.declared_on),
    }
    said = {name: value for name, value in answers.items() if value is not None}
    if said:
        yield about.version(said)


def _unread(problem: PageProblem) -> Unread:
    where = f"{problem.source}, {problem.cell}" if problem.cell else problem.source
    message = problem.message.removeprefix(typographic(f"{where} : "))
    return Unread(problem.source, problem.cell, _without_name(message, problem.source), problem.remedy, problem.numero)


def _without_name(message: str, source: str) -> str:
    """What is said of a file by those who name it, without its name or path: that of the page stands before it."""
    path, named, rest = message.partition(f"{source} ")
    if named and (not path or path.endswith(("/", "\\"))):
        return f"ce fichier {rest}"
    return message.replace(f" de {source}", " de ce fichier")


def _juror(page: ReceivedPage) -> str:
    return page.juror.strip().lower()


def _whole_seconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
