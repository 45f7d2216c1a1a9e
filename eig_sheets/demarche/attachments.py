"""The files that applicants attached, saved beside the workbook: a folder a dossier. They are never opened."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from eig_sheets.demarche import requests
from eig_sheets.demarche.champs import files_of
from eig_sheets.demarche.client import Client
from eig_sheets.demarche.downloads import DownloadError, ExpiredError, UnwantedError, checksum_of, downloaded
from eig_sheets.demarche.errors import DemarcheError, expected_shape
from eig_sheets.demarche.file_names import numbered_name, safe_name
from eig_sheets.storage import permissions, regular_files
from eig_sheets.text.french import typographic

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
        files = _files(requests.dossier(client, number))
        same = [
            other for other in files if (other["filename"], other["checksum"]) == (file["filename"], file["checksum"])
        ]
    except DemarcheError as error:
        raise DownloadError(str(error).rstrip(".")) from None
    if not same:
        raise DownloadError("il n’est plus dans le dossier")
    return same[0]
