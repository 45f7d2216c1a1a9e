"""The addresses of people in a configuration, checked for lookalike letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from eig_sheets.text.confusables import ADDRESS, lookalike_reason

_PUNYCODE_ALLOWED: Final = frozenset({"emails.allowed", "emails.never"})
"""Keys that accept an address with lookalike letters if it is written in punycode."""


def lookalike_errors(addresses: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """A French sentence for each address with lookalike letters. `addresses`: key → texts that contain addresses."""
    for key, words in addresses.items():
        for word in (address for text in words for address in ADDRESS.findall(text)):
            meant = key in _PUNYCODE_ALLOWED and word.isascii()
            if not meant and (reason := lookalike_reason(word)):
                yield f"{key} : « {word} » a une lettre trompeuse, {reason} : effacez-la et retapez-la"
