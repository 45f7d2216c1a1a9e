"""Checksums of the robot's rows: a short digest that shows whether somebody edited a row."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

LENGTH: Final = 10


def digest(parts: Iterable[str]) -> str:
    """The first letters of the SHA-256 of these texts, in their order."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:LENGTH]
