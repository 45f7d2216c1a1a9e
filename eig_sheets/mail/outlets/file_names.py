"""File names that Windows, macOS and Linux all take."""

from __future__ import annotations

import hashlib
import re
from typing import Final

_FORBIDDEN: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]')
_DEVICE: Final = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_LONGEST: Final = 100


def safe(name: str) -> str:
    """The name itself where it is safe; else what is safe of it, and a few letters that tell it from any other.

    Windows and macOS do not tell « A » from « a »: neither do these names.
    """
    kept = _FORBIDDEN.sub("-", name)[:_LONGEST].strip(" .")
    if kept == name and kept.isascii() and kept == kept.lower() and not _DEVICE.fullmatch(kept) and kept:
        return kept
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{kept.rstrip(' .')}_{digest}" if kept and not _DEVICE.fullmatch(kept) else f"_{digest}"
