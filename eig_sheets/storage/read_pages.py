"""What was read of a juror's page, in the form that is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from eig_sheets.domain.versions import Record, Version


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
