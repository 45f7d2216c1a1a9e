"""Reads what arrived in a folder of files, a Maildir or an IMAP mailbox, and changes nothing there."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from eig_sheets.emails.outlets.base import OutletError
from eig_sheets.emails.outlets.imap_session import decoded_name, encoded_name, folders, logged_in, shut_down
from eig_sheets.emails.outlets.servers import Server, quoted, unreachable
from eig_sheets.features.returns.files_ledger import Received
from eig_sheets.features.returns.rules_mail import ReceivedMail
from eig_sheets.features.returns.rules_reading import read_mail
from eig_sheets.storage import regular_files
from eig_sheets.text.french import typographic

MOST_READ: Final = 2000
"""How many mails one run reads at most: the next one goes on."""
_LONGEST: Final = 1 << 18
"""How much of a mail is read: a report quotes what it returns, with its attachments."""
_BATCH: Final = 20
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UID: Final = re.compile(rb"\bUID (\d+)")
_DATE: Final = re.compile(rb'INTERNALDATE "([^"]+)"')


def read_folder(folder: Path, received: Received, zone: ZoneInfo) -> Received:
    """What is known once the new files of a folder are read too. Raises OSError."""
    known = received.of(str(folder))
    new = [(name, path) for name, path in sorted(_files(folder)) if name not in known.files][:MOST_READ]
    mails: list[ReceivedMail] = []
    for _, path in new:
        arrived = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        mails += read_mail(regular_files.read_beginning(path, _LONGEST), path.name, arrived, zone)
    return replace(known, files=(*known.files, *(name for name, _ in new))).having(tuple(mails))


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """The messages of a folder, each by a name that stays when a program marks it as read (Maildir, « :2,S »).

    The size is in the name: a file that somebody was copying is read again once it is whole.
    """
    is_maildir = (folder / "new").is_dir() and (folder / "cur").is_dir()
    places = [folder / "new", folder / "cur"] if is_maildir else [folder]
    for path in (path for place in places for path in place.iterdir()):
        is_message = is_maildir or path.suffix.lower() == ".eml"
        if is_message and not path.name.startswith(".") and path.is_file():
            yield f"{path.name.partition(':2,')[0]} {path.stat().st_size}", path


def read_mailbox(
    server: Server, password: str, mailbox: str, received: Received, since: date, zone: ZoneInfo
) -> Received:
    """What is known once the new mails of a mailbox are read too, from `since` on. Raises OutletError."""
    client = logged_in(server, password, ssl.create_default_context())
    try:
        return _read(client, received.of(f"{server.user}@{server.host}/{mailbox}"), mailbox, since, zone)
    except (imaplib.IMAP4.error, OSError) as error:
        raise unreachable(server, error) from None
    finally:
        shut_down(client)


def _read(client: imaplib.IMAP4, known: Received, mailbox: str, since: date, zone: ZoneInfo) -> Received:
    status, _ = client.select(encoded_name(mailbox), readonly=True)
    if status != "OK":
        there = ", ".join(decoded_name(name) for _, name in folders(client.list()[1]))
        raise OutletError(typographic(f"Il n’y a pas de dossier « {mailbox} ». Il y a : {quoted(there)}."))
    validity = int((client.response("UIDVALIDITY")[1] or [b"0"])[0] or 0)
    if validity != known.validity:  # the server renumbered its mails: those that are known are known by what they say
        known = replace(known, validity=validity, last=0)
    new = [uid for uid in _search(client, known.last, since) if uid > known.last][:MOST_READ]
    mails: list[ReceivedMail] = []
    for start in range(0, len(new), _BATCH):
        for uid, arrived, data in _fetched(client, new[start : start + _BATCH]):
            mails += read_mail(data, f"{mailbox}, n° {uid}", arrived, zone)
    return replace(known, last=max(new, default=known.last)).having(tuple(mails))


def _search(client: imaplib.IMAP4, last: int, since: date) -> list[int]:
    begins = f"{since.day}-{_MONTHS[since.month - 1]}-{since.year}"
    criteria = f"UID {last + 1}:*" if last else f"SINCE {begins}"
    _, numbers = client.uid("SEARCH", criteria)
    return sorted({int(number) for line in numbers or () for number in (line or b"").split()})


def _fetched(client: imaplib.IMAP4, uids: Sequence[int]) -> Iterator[tuple[int, datetime, bytes]]:
    """The beginning of each mail; nothing of one that somebody deleted meanwhile."""
    chosen = ",".join(map(str, uids))
    _, answer = client.uid("FETCH", chosen, f"(UID INTERNALDATE BODY.PEEK[]<0.{_LONGEST}>)")
    for place, item in enumerate(answer):
        if not isinstance(item, tuple):
            continue
        after: Any = answer[place + 1] if place + 1 < len(answer) else b""
        said = item[0] + b" " + (after if isinstance(after, bytes) else b"")  # in the order that the server likes
        uid, written = _UID.search(said), _DATE.search(said)
        if uid:
            yield int(uid[1]), _moment(written[1] if written else b""), item[1]


def _moment(written: bytes) -> datetime:
    try:
        return datetime.strptime(written.decode("ascii", "replace").strip(), "%d-%b-%Y %H:%M:%S %z")
    except ValueError:
        return datetime.fromtimestamp(0, UTC)
