"""The addresses in a configuration: of people, checked for lookalike letters, and of workbooks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from eig_sheets.text.confusables import ADDRESS, lookalike_reason

_PUNYCODE_ALLOWED: Final = frozenset({"emails.allowed", "emails.never"})
"""Keys that accept an address with lookalike letters if it is written in punycode."""

_GOOGLE_KEY: Final = re.compile(r"[A-Za-z0-9_-]{30,}")


def is_online(location: str) -> bool:
    """Whether a location is the URL of a workbook, or a Google Sheet's key, rather than a path."""
    return location.startswith(("http://", "https://")) or bool(_GOOGLE_KEY.fullmatch(location))


def lookalike_errors(addresses: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """A French sentence for each address with lookalike letters. `addresses`: key → texts that contain addresses."""
    for key, words in addresses.items():
        for word in (address for text in words for address in ADDRESS.findall(text)):
            meant = key in _PUNYCODE_ALLOWED and word.isascii()
            if not meant and (reason := lookalike_reason(word)):
                yield f"{key} : « {word} » a une lettre trompeuse, {reason} : effacez-la et retapez-la"
