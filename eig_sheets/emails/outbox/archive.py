"""Obsolete drafts and their copies in `E-mails archivés`: the rows of that tab, and those that may leave the outbox.

A draft of which only the copy is left is known for ever: nothing is drafted or sent because its row went. Should its
e-mail be due again, that is another version.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Result
from eig_sheets.campaign.since_last_run import moment_of
from eig_sheets.emails.catalogue.deliveries import DeliveryStatus
from eig_sheets.text.french import typographic
from eig_sheets.workbook import archives
from eig_sheets.workbook.cells import Rows
from eig_sheets.workbook.diff import keys
from eig_sheets.workbook.envois import Sending
from eig_sheets.workbook.requested_changes import OUTBOX, as_text, copy_of, row_digest

_ABOUT = ("id", "modele", "numero", "destinataires", "objet")

SENDINGS: Final = Result[tuple[Sending, ...]]("sendings", ())
"""The lines of `Envois`."""
ARCHIVED: Final = Result[Rows]("archived", ())
"""The rows of the archive of e-mails."""


@dataclass(frozen=True, slots=True)
class ArchivedDraft:
    """A draft whose row left the outbox once it had been copied."""

    id: str
    template: str
    numero: str | None
    recipients: str | None
    subject: str | None


def archived_drafts(known: Iterable[Mapping[str, Any]], reading: Reading) -> dict[str, ArchivedDraft]:
    """The drafts of which only the copy is left, by id; `known`: the lines of the archive."""
    present = {sending_id for _, sending_id in _ids(reading)}
    drafts = {}
    for line in known:
        sending_id, template, *others = (as_text(line[field]) for field in _ABOUT)
        if sending_id is not None and sending_id not in present:
            drafts[sending_id] = ArchivedDraft(sending_id, template or "", *others)
    return drafts


def archive_rows(
    reading: Reading, sendings: Sequence[Sending], known: Sequence[Mapping[str, Any]], now: datetime
) -> Rows:
    """The rows of the archive, the newest first: copies whose row has left, as they were, and obsolete rows."""
    lines = {line.id: line for line in sendings if line.state == DeliveryStatus.OBSOLETE}
    since = {as_text(line["id"]): moment_of(line["since"]) for line in known}
    present = {sending_id for _, sending_id in _ids(reading)}
    kept = (line for line in known if line["id"] is not None and as_text(line["id"]) not in present)
    moment = now.replace(second=0, microsecond=0)
    rows = [*({**line, "since": moment_of(line["since"])} for line in kept), *_copies(reading, lines, since, moment)]
    rows.sort(key=lambda line: (_newest_first(line["since"]), str(line["id"]), str(line["digest"])))
    return tuple(tuple(line[key] for key in archives.TABLE.sheet_keys) for line in rows)


def obsolete_rows(reading: Reading, sendings: Sequence[Sending]) -> list[int]:
    """The rows of the outbox that nothing will send, for whoever is to delete them."""
    obsolete = {line.id for line in sendings if line.state == DeliveryStatus.OBSOLETE}
    return [row for row, sending_id in _ids(reading) if sending_id in obsolete]


def _copies(
    reading: Reading, lines: Mapping[str, Sending], since: Mapping[str | None, datetime | None], moment: datetime
) -> Iterator[dict[str, Any]]:
    outbox = reading.layout.tabs.get(OUTBOX)
    for row, sending_id in _ids(reading):
        line = lines.get(sending_id)
        copy = copy_of(outbox, row, row_digest(outbox, row)) if line and outbox else None
        if line and copy:
            yield {**copy, "since": since.get(sending_id) or moment, "why": typographic(line.detail) or None}


def _newest_first(since: object) -> float:
    return -since.timestamp() if isinstance(since, datetime) else 0.0


def _ids(reading: Reading) -> list[tuple[int, str]]:
    outbox = reading.layout.tabs.get(OUTBOX)
    return [(row, sending_id) for row, sending_id in keys(outbox) if sending_id] if outbox else []
