"""Download of an attached file from the storage that the service names: without the token, and checked."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import requests

from eig_sheets.config.demarche import is_this_machine
from eig_sheets.demarche.bodies import TooLongError, body_of
from eig_sheets.workbook.backoff import Backoff, RetryableError

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
