"""Locations of workbooks, as a configuration or a command names them: a path, or what is online."""

from __future__ import annotations

import re
from typing import Final

_GOOGLE_KEY: Final = re.compile(r"[A-Za-z0-9_-]{30,}")


def is_online(location: str) -> bool:
    """Whether a location is the URL of a workbook, or a Google Sheet's key, rather than a path."""
    return location.startswith(("http://", "https://")) or bool(_GOOGLE_KEY.fullmatch(location))
