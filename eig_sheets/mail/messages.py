"""A message ready to be read by a person, or the reasons why there is none."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ADDRESS = re.compile(r"[^@\s<>()\[\]\\,;:\"]{1,64}@[^@\s<>()\[\]\\,;:\"]+\.[^@\s<>()\[\]\\,;:\".]{2,}")


@dataclass(frozen=True, slots=True)
class Message:
    """An e-mail: addresses, a subject on one line, a body in Markdown that reads as plain text."""

    to: tuple[str, ...]
    cc: tuple[str, ...]
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Blocked:
    """No e-mail: French sentences, each naming a field and its cell."""

    reasons: tuple[str, ...]


def is_address(text: str) -> bool:
    """Whether a text is one e-mail address and nothing else."""
    return len(text) <= 254 and text.isprintable() and _ADDRESS.fullmatch(text) is not None
