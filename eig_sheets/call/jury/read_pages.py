"""What was read of a juror's page, in the form that is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from eig_sheets.call.jury.pages.pages import PageKind, PageProblem, ReturnedPage, ReturnedRow
from eig_sheets.campaign.reviews.typed_values import stored
from eig_sheets.campaign.reviews.versions import Record, Value, Version
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.text.french import typographic
from eig_sheets.workbook import values


@dataclass(frozen=True, slots=True)
class Unread:
    """Something of a page that was not understood, in French; of the whole page when `numero` is ''."""

    source: str
    cell: str
    message: str
    remedy: str
    numero: str = ""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page as it was read, of a juror of a campaign: notes on dossiers or `of_candidates`, or what it `declares`.

    `digest` is that of the file, first `received` then; `campaign`: the id that it bears, '' when it is not understood.
    """

    digest: str
    source: str
    received: datetime
    campaign: str = ""
    juror: str = ""
    declares: bool = False
    versions: tuple[Version, ...] = ()
    unread: tuple[Unread, ...] = ()
    of_candidates: bool = False

    def again_at(self, source: str) -> ReadPage:
        """The same page, found under another name: what is said of it names that one."""
        return (
            self
            if source == self.source
            else replace(
                self,
                source=source,
                versions=tuple(replace(version, source=source) for version in self.versions),
                unread=tuple(replace(unread, source=source) for unread in self.unread),
            )
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """What this machine knows of the pages of a workbook.

    `pages`: all that were ever read, as their names were then; `present`: those that were there at the last reading;
    `records`: what the workbook last said, notes and declarations; `candidates`: notes on candidates.
    """

    pages: tuple[ReadPage, ...] = ()
    present: tuple[ReadPage, ...] = ()
    records: tuple[Record, ...] = ()
    candidates: tuple[Record, ...] = ()


NOTHING_KEPT = Kept()


@dataclass(frozen=True, slots=True)
class NewPage:
    """A page that was just read: its place, its bytes, what they say."""

    path: str
    content: bytes
    page: ReadPage


def as_json(page: ReadPage) -> dict[str, Any]:
    """The page as JSON can hold it."""
    versions = [_version_as_json(version) for version in page.versions]
    return {**asdict(page), "received": page.received.isoformat(), "versions": versions}


def from_json(stored: Mapping[str, Any]) -> ReadPage:
    """The page of what `as_json` gave. Raises KeyError, TypeError, ValueError."""
    versions = tuple(_version_from(version) for version in stored["versions"])
    unread = tuple(Unread(**fields) for fields in stored["unread"])
    received = datetime.fromisoformat(stored["received"])
    return ReadPage(**{**stored, "received": received, "versions": versions, "unread": unread})


def record_as_json(record: Record) -> dict[str, Any]:
    """The record as JSON can hold it."""
    return {**asdict(record), "version": _version_as_json(record.version)}


def record_from_json(stored: Mapping[str, Any]) -> Record:
    """The record of what `record_as_json` gave. Raises KeyError, TypeError, ValueError."""
    return Record(**{**stored, "version": _version_from(stored["version"])})


def _version_as_json(version: Version) -> dict[str, Any]:
    moments = {"moment": version.moment.isoformat(), "received": version.received.isoformat()}
    return {**asdict(version), "values": dict(version.values), **moments}


def _version_from(stored: Mapping[str, Any]) -> Version:
    moments = {name: datetime.fromisoformat(stored[name]) for name in ("moment", "received")}
    return Version(**{**stored, **moments})


_KINDS = ("deport", "avis")
"""Fields that make a version of a row, besides the scores; a déport must say more than « non »."""


def read_page_of(page: ReturnedPage, criteria: Sequence[str], received: datetime) -> ReadPage:
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

    def __init__(self, page: ReturnedPage, moment: datetime, received: datetime) -> None:
        self.page = page
        self._common = Version(_juror(page), "", {}, moment, received, page.source)

    def version(self, said: dict[str, Value], row: ReturnedRow | None = None) -> Version:
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


def _juror(page: ReturnedPage) -> str:
    return page.juror.strip().lower()


def _whole_seconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
