"""The files that applicants attached: downloaded, checked, saved under safe names, never opened."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import requests

from eig_sheets.call.applications.demarche import queries
from eig_sheets.call.applications.demarche.bodies import TooLongError, body_of
from eig_sheets.call.applications.demarche.client import Client
from eig_sheets.call.applications.demarche.errors import DemarcheError, expected_shape
from eig_sheets.call.applications.demarche.table import files_of
from eig_sheets.config.demarche import is_this_machine
from eig_sheets.spreadsheet.backoff import Backoff, RetryableError
from eig_sheets.storage import permissions, regular_files
from eig_sheets.text.french import typographic

MOST_BYTES: Final = 100 << 20
"""A larger file is left where it is."""
_TIMEOUTS: Final = (10.0, 60.0)
_MOST_REDIRECTIONS: Final = 3
_OTHER_SIZE: Final = "sa taille n’est pas celle que dit le service"
_GONE: Final = (401, 403, 404, 410)
"""What a storage answers to an address that is no longer good."""


class DownloadError(Exception):
    """The file cannot be had, or is not what the service says. The message is French, and ends no sentence."""


class ExpiredError(DownloadError):
    """Its address is no longer good: ask for the dossier again."""


class UnwantedError(DownloadError):
    """The file is not to be had, now or later."""


def checksum_of(file: Mapping[str, Any]) -> bytes:
    """The MD5 that the service gives of a file. Raises DownloadError when it is none."""
    try:
        checksum = base64.b64decode(str(file["checksum"]), validate=True)
    except (binascii.Error, ValueError):
        checksum = b""
    if len(checksum) != hashlib.md5(usedforsecurity=False).digest_size:
        raise DownloadError("le service n’en donne pas d’empreinte MD5")
    return checksum


def downloaded(file: Mapping[str, Any], service: str, backoff: Backoff) -> bytes:
    """The content of a file of an answer, of the size and checksum that the service gives. Raises DownloadError."""
    size, checksum = int(file["byteSize"]), checksum_of(file)
    if not 0 <= size <= MOST_BYTES:
        raise UnwantedError(f"il dépasse {MOST_BYTES >> 20} Mo")
    content = backoff.retry(lambda: _got(str(file["url"]), service, size))
    if len(content) != size:
        raise DownloadError(_OTHER_SIZE)
    if hashlib.md5(content, usedforsecurity=False).digest() != checksum:
        raise DownloadError("son contenu n’est pas celui que dit le service (empreinte différente)")
    return content


def _got(url: str, service: str, most: int) -> bytes:
    """At most `most` bytes. Raises DownloadError, or RetryableError of one."""
    for _ in range(_MOST_REDIRECTIONS + 1):
        _refuse_unsafe(url, service)
        status, location, content = _answer(url, most)
        if status == 200:
            return content
        if not (300 <= status < 400 and location):
            raise _error_of(status)
        url = urljoin(url, location)
    raise DownloadError("il est renvoyé d’adresse en adresse")


def _answer(url: str, most: int) -> tuple[int, str, bytes]:
    """The status, the place that it sends to, the content of an answer."""
    try:
        with requests.get(url, auth=_anonymous, timeout=_TIMEOUTS, allow_redirects=False, stream=True) as response:
            content = body_of(response, most) if response.status_code == 200 else b""
            return response.status_code, response.headers.get("Location", ""), content
    except TooLongError:
        raise DownloadError(_OTHER_SIZE) from None
    except requests.RequestException as error:
        failure = type(error).__name__
    raise RetryableError(DownloadError(f"la connexion a échoué ({failure})"))  # whoever has the address has the file


def _anonymous(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """No credentials, not even those of a .netrc."""
    return request


def _error_of(status: int) -> Exception:
    if status in _GONE:
        return ExpiredError("son adresse n’est plus valable")
    error = DownloadError(f"le stockage répond par une erreur (HTTP {status})")
    return RetryableError(error) if status == 429 or status >= 500 else error


def _refuse_unsafe(url: str, service: str) -> None:
    """Raise DownloadError for an address in clear, or on this machine, unless the service itself is there."""
    try:
        target, own = urlsplit(url), urlsplit(service)
        local = is_this_machine(target.hostname or "")
    except ValueError:
        raise DownloadError("son adresse n’en est pas une") from None
    safe = target.scheme == "https" and bool(target.hostname) and not local
    if not (safe or (local and target.scheme in ("http", "https") and is_this_machine(own.hostname or ""))):
        raise DownloadError("son adresse n’est pas sûre (https)")


_MOST_BYTES: Final = 150
_MOST_EXTENSION: Final = 12
_FORBIDDEN: Final = re.compile(r'[/\\:*?"<>|]')
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Devices of Windows, whatever their extension."""


def safe_name(name: str) -> str:
    """A name in one piece: no folder, control, mark of direction, leading dot or dash, device; short enough.

    It keeps its extension. A name of which nothing is left is « piece ».
    """
    visible = "".join(letter for letter in unicodedata.normalize("NFC", name) if not _is_hidden(letter))
    cleaned = " ".join(_FORBIDDEN.sub("_", visible).split()).lstrip(".- ").rstrip(". ")
    if not cleaned or set(cleaned) <= {"_", "."}:
        return "piece"
    return _shortened(f"_{cleaned}" if _RESERVED.fullmatch(cleaned) else cleaned)


def numbered_name(name: str, checksum: bytes) -> str:
    """The name of another file of the same name: `fiche.pdf` → `fiche-1a2b3c4d.pdf`."""
    stem, extension = _split(name)
    return f"{_cut(stem, _MOST_BYTES - len(extension.encode()) - 9)}-{checksum.hex()[:8]}{extension}"


def _is_hidden(letter: str) -> bool:
    return unicodedata.category(letter).startswith("C") or unicodedata.category(letter) in ("Zl", "Zp")


def _shortened(name: str) -> str:
    stem, extension = _split(name)
    return _cut(stem, _MOST_BYTES - len(extension.encode())) + extension


def _split(name: str) -> tuple[str, str]:
    """The name without its extension, and the extension with its dot; '' for what is too long to be one."""
    stem, dot, extension = name.rpartition(".")
    return (stem, dot + extension) if stem and len(extension) <= _MOST_EXTENSION else (name, "")


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore").rstrip(". ")


_UNWANTED: Final[Mapping[str, str]] = {
    "infected": "l’antivirus du service le signale",
    "integrity_error": "le service le dit abîmé",
}

Thing = Mapping[str, Any]


@dataclass
class Saved:
    """What came of the files: how many were saved, how many were there already; those left, a French sentence each.

    `later`: whether asking again may bring some of them.
    """

    new: int = 0
    present: int = 0
    left: list[str] = field(default_factory=list)
    later: bool = False


def save(client: Client, dossiers: Sequence[Thing], folder: Path) -> Saved:
    """Save the files of these dossiers in `folder`, but those that are there. Raises OSError, DemarcheError."""
    saved = Saved()
    with expected_shape():
        for dossier in dossiers:
            number = int(dossier["number"])
            for file in _files(dossier):
                _save_one(client, number, file, folder / str(number), saved)
    return saved


def _files(dossier: Thing) -> Iterator[Thing]:
    for champ in dossier["champs"]:
        yield from files_of(champ)


def _save_one(client: Client, number: int, file: Thing, folder: Path, saved: Saved) -> None:
    try:
        missing = _missing(client, number, file, folder)
    except DownloadError as error:
        saved.later |= not isinstance(error, UnwantedError)
        name = safe_name(str(file.get("filename", "")))
        saved.left.append(typographic(f"Dossier {number}, « {name} » : {error}. Ce fichier n’est pas téléchargé."))
        return
    if missing is None:
        saved.present += 1
        return
    permissions.make_folder(folder)
    permissions.write(*missing)
    saved.new += 1


def _missing(client: Client, number: int, file: Thing, folder: Path) -> tuple[Path, bytes] | None:
    """Where a file goes and what it holds; None when it is there already. Raises DownloadError."""
    scan = str(file.get("virusScanResult"))
    if reason := _UNWANTED.get(scan):
        raise UnwantedError(reason)
    if scan == "pending":
        raise DownloadError("l’antivirus du service ne l’a pas encore examiné")
    path = _free_path(folder, safe_name(str(file["filename"])), checksum_of(file))
    return None if path is None else (path, _content(client, number, file))


def _free_path(folder: Path, name: str, checksum: bytes) -> Path | None:
    """Where a file goes; None when it is there. A file of that name with another content stays."""
    for candidate in (name, numbered_name(name, checksum)):
        path = folder / candidate
        if not regular_files.is_taken(path):
            return path
        if _checksum_at(path) == checksum:
            return None
    raise UnwantedError(f"{folder / name} a un autre contenu")


def _checksum_at(path: Path) -> bytes:
    try:
        content = regular_files.read_bytes(path, 1 << 30)
    except OSError:  # a folder, a pipe, not ours to read: something else than this file
        return b""
    return hashlib.md5(content, usedforsecurity=False).digest()


def _content(client: Client, number: int, file: Thing) -> bytes:
    """The content; when the address is no longer good, the dossier is asked for again, once. Raises DownloadError."""
    try:
        return downloaded(file, client.url, client.backoff)
    except ExpiredError:
        return downloaded(_again(client, number, file), client.url, client.backoff)


def _again(client: Client, number: int, file: Thing) -> Thing:
    try:
        files = _files(queries.dossier(client, number))
        same = [
            other for other in files if (other["filename"], other["checksum"]) == (file["filename"], file["checksum"])
        ]
    except DemarcheError as error:
        raise DownloadError(str(error).rstrip(".")) from None
    if not same:
        raise DownloadError("il n’est plus dans le dossier")
    return same[0]
