"""Names of attached files, as applicants gave them, made safe for any file system and shell. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

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
