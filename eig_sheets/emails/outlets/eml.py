"""E-mails and agendas as files: .eml with a page to read them all, .ics that replace no file of people's."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import escape
from pathlib import Path
from types import TracebackType
from typing import Final, Self
from urllib.parse import quote
from zoneinfo import ZoneInfo

from eig_sheets.emails.mail.agenda_entries import AgendaEntry
from eig_sheets.emails.mail.timetables import agenda, is_agenda
from eig_sheets.emails.outlets.base import DeliveryOutcome, OutletError, Receipt, data_of, receipt
from eig_sheets.storage import permissions, regular_files
from eig_sheets.text.french import plural, typographic, why

FOLDER: Final = "brouillons"
INDEX: Final = "index.html"
_DATE: Final = re.compile(rb"\A((?:[^\r\n]+\r\n)*?)Date:[^\r\n]*\r\n")

_HEADERS: Final = {"From": "De", "To": "À", "Cc": "Copie", "Reply-To": "Réponse à"}
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'"
_STYLE: Final = (
    ":root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;"
    "padding:0 1rem}details{border-top:1px solid #8888;padding:.5rem 0}summary{cursor:pointer}"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem}dt,small{opacity:.75}dd{margin:0}"
    "iframe{width:100%;height:36rem;border:1px solid #8888;background:#fff}pre{white-space:pre-wrap}"
)

_FORBIDDEN: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]')
_DEVICE: Final = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_LONGEST: Final = 100


class Eml:
    """An outlet that writes. A file that is there already is never changed, even when its message has been."""

    name = "eml"
    sends = False
    accents = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def close_to_others(self) -> bool:
        """Restrict to its owner a folder that an earlier version left open; whether it was open.

        A folder of another name than ours keeps its mode, as does one that is open to a group alone: people chose that.
        """
        ours = self._folder.name == FOLDER and (self._folder / INDEX).exists()
        return ours and permissions.restrict_to_owner(self._folder, mask=permissions.OTHERS)

    def __enter__(self) -> Self:
        """Make the folder, and see that it can be written to. Raises OutletError."""
        try:
            permissions.make_folder(self._folder)
        except OSError as error:
            reason = why(error)
        else:
            if os.access(self._folder, os.W_OK | os.X_OK):
                return self
            reason = "accès refusé"
        raise OutletError(typographic(f"Le dossier {self._folder} ne peut pas recevoir de brouillons ({reason})."))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write the page of all the files in the folder."""
        with contextlib.suppress(OSError):  # the files are there all the same
            self._write_index()

    def deliver(self, sending_id: str, message: EmailMessage, recipients: Sequence[str]) -> Receipt:  # noqa: ARG002
        """Write one file; who it is for is what it says."""
        path, data = self._folder / f"{safe_name(sending_id)}.eml", data_of(message, draft=True)
        try:
            there = regular_files.read_bytes(path) if path.exists() else None
            if there is not None and _undated(there) != _undated(data):
                return receipt(
                    DeliveryOutcome.REFUSED,
                    f"Il y a déjà un autre {path.name} dans {self._folder} : relisez-le, puis supprimez-le pour qu’il "
                    "soit écrit de nouveau, ou choisissez un autre dossier.",
                )
            if there is None:
                permissions.write(path, data)
        except OSError as error:
            return receipt(DeliveryOutcome.DEFERRED, f"{path} n’a pas pu être écrit : {why(error)}.")
        return receipt(DeliveryOutcome.DRAFTED, f"Brouillon : {path}")

    def _write_index(self) -> None:
        messages = (
            (path.name, message_from_bytes(regular_files.read_bytes(path), policy=policy.default))
            for path in sorted(path for path in self._folder.glob("*.eml") if path.is_file())
        )
        permissions.write(self._folder / INDEX, index(messages).encode())


def _undated(data: bytes) -> bytes:
    """The bytes of a message without its date: the same message made again has another."""
    return _DATE.sub(rb"\1", data, count=1)


def index(files: Iterable[tuple[str, EmailMessage]]) -> str:
    """The page of some files: each with its name, and what is in it."""
    entries = [_entry(name, message) for name, message in files]
    title = typographic(f"E-mails à relire : {plural(len(entries), 'brouillon')}")
    return (
        '<!doctype html>\n<html lang="fr"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head>\n<body><h1>{title}</h1>\n"
        "<p>Le robot n’en a envoyé aucun. Ouvrez un fichier pour l’envoyer depuis votre messagerie.</p>\n"
        f"{''.join(entries)}</body></html>\n"
    )


def _entry(name: str, message: EmailMessage) -> str:
    link = f'<p><a href="./{escape(quote(name))}">{escape(name)}</a></p>'
    try:
        return f"<details>{_content(message, link)}</details>\n"
    except Exception:  # a file that somebody put there: whatever the parser makes of it
        return f"<details><summary>{escape(name)}</summary>{link}</details>\n"


def _content(message: EmailMessage, link: str) -> str:
    subject, people = _shown(message["Subject"]), _shown(message["To"])
    facts = "".join(
        f"<dt>{label}</dt><dd>{_shown(message[header])}</dd>" for header, label in _HEADERS.items() if message[header]
    )
    attached = ", ".join(escape(part.get_filename() or "sans nom") for part in message.iter_attachments())
    joined = f"<dt>Pièces jointes</dt><dd>{attached}</dd>" if attached else ""
    return (
        f"<summary><strong>{subject}</strong> <small>{people}</small></summary>"
        f"{link}<dl>{facts}{joined}</dl>{_body(message)}"
    )


def _body(message: EmailMessage) -> str:
    page, plain = message.get_body(("html",)), message.get_body(("plain",))
    text = f"<pre>{escape(plain.get_content())}</pre>" if plain else ""
    if page is None:
        return text
    frame = f'<iframe loading="lazy" sandbox title="Message" srcdoc="{escape(page.get_content())}"></iframe>'
    return f"{frame}<details><summary>En texte seul</summary>{text}</details>" if text else frame


def _shown(header: object) -> str:
    return escape(str(header or ""))


def safe_name(name: str) -> str:
    """A file name that Windows, macOS and Linux all take.

    The name itself where it is safe; else what is safe of it, and a few characters that tell it from any other. Windows
    and macOS do not tell « A » from « a »: neither do these names.
    """
    safe = _FORBIDDEN.sub("-", name)[:_LONGEST].strip(" .")
    if safe == name and safe.isascii() and safe == safe.lower() and not _DEVICE.fullmatch(safe) and safe:
        return safe
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{safe.rstrip(' .')}_{digest}" if safe and not _DEVICE.fullmatch(safe) else f"_{digest}"


Agendas = Mapping[str, Sequence[AgendaEntry]]
"""The events of each file, by its name."""
SUFFIX: Final = ".ics"


def write_agendas(folder: Path, agendas: Agendas, title: str, zone: ZoneInfo, written_at: datetime) -> int:
    """Write those that changed, in a folder that is made when it is missing; how many they are.

    A file without any audition is only written when it is there, to cancel what it had. Raises OutletError before
    anything is written.
    """
    before = {name: _agenda_content(folder / name) for name in agendas}
    calendars = {
        name: agenda(title, entries, zone, written_at, before[name])
        for name, entries in agendas.items()
        if entries or before[name] is not None
    }
    changed = {name: data for name, data in calendars.items() if data != before[name]}
    permissions.make_folder(folder)
    for name, data in changed.items():
        permissions.write(folder / name, data)
    return len(changed)


def _agenda_content(path: Path) -> bytes | None:
    """What a file of ours holds; None when there is none."""
    if not path.exists() and not path.is_symlink():
        return None
    data = regular_files.read_bytes(path) if path.is_file() and not path.is_symlink() else b""
    if not is_agenda(data):
        raise OutletError(
            typographic(
                f"{path} existe déjà et n’est pas un agenda écrit par cette commande : aucun n’a été écrit. Déplacez "
                "ce fichier, ou donnez un autre dossier (option --ics)."
            )
        )
    return data
