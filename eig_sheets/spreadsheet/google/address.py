"""URLs and keys of Google spreadsheets, as people copy them from the browser."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qs, urlsplit

from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.text.french import typographic

_KEY = r"[A-Za-z0-9_-]{20,}"
_IN_PATH = re.compile(rf"/spreadsheets/(?:u/\d+/)?d/({_KEY})(?:[/:]|$)")
_HOSTS = ("docs.google.com", "spreadsheets.google.com", "drive.google.com", "sheets.google.com")
_NOT_SHEETS = (
    (r"/spreadsheets/(u/\d+/)?d/e/", "une page publiée sur le web"),
    (r"/drive/.*folders/|/folderview", "un dossier de Google Drive"),
    (r"/file/.*d/", "un fichier déposé sur Google Drive"),
    (r"/document/", "un document Google Docs"),
    (r"/presentation/", "une présentation Google Slides"),
    (r"/forms/", "un formulaire Google Forms"),
)


def key_of(location: str) -> str:
    """The key of a spreadsheet, from any URL that a browser shows or from the key itself.

    Raises WorkbookError, whose message says what to paste instead.
    """
    text = location.strip()
    if re.fullmatch(_KEY, text):
        return text
    url = _split(text)
    match = _IN_PATH.search(url.path)
    key = match[1] if match else _in_query(url)
    if key and url.netloc.lower() in _HOSTS:
        return key
    raise WorkbookError(
        typographic(
            f"« {text} » {_described(url)}. Ouvrez la feuille Google dans votre navigateur et copiez toute son "
            "adresse (elle commence par https://docs.google.com/spreadsheets/d/)."
        )
    )


def is_on_google(location: str) -> bool:
    """Whether a location is a key, or a URL of Google's."""
    text = location.strip()
    return bool(re.fullmatch(_KEY, text)) or _split(text).netloc.lower().endswith(".google.com")


def url_of(key: str) -> str:
    """The URL of a spreadsheet, for people to open."""
    return f"https://docs.google.com/spreadsheets/d/{key}/edit"


def _split(text: str) -> SplitResult:
    try:
        return urlsplit(text if "//" in text else f"//{text}")
    except ValueError:  # brackets without an IPv6 address
        return urlsplit("")


def _in_query(url: SplitResult) -> str | None:
    """The key in an old URL (`…/ccc?key=`) or one of Drive (`…/open?id=`)."""
    options = parse_qs(url.query)
    named = [*options.get("key", []), *(options.get("id", []) if url.path == "/open" else [])]
    return next((key for key in named if re.fullmatch(_KEY, key)), None)


def _described(url: SplitResult) -> str:
    if url.netloc.lower() not in _HOSTS:
        return "n’est pas l’adresse d’une feuille Google"
    for pattern, what in _NOT_SHEETS:
        if re.search(pattern, url.path):
            return f"est l’adresse d’{what}, pas d’une feuille Google"
    return "n’est pas l’adresse complète d’une feuille Google"
