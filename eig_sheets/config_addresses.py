"""Addresses of a configuration that look like others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from eig_sheets.lookalikes import ADDRESS, told

_AS_THEY_TRAVEL: Final = frozenset({"emails.allowed", "emails.never"})
"""Keys under which an address that looks like another may be meant: written in punycode, it is."""


def misleading(addresses: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """A sentence for each address that looks like another. `addresses`: those of each key, alone or among words."""
    for key, words in addresses.items():
        for word in (one for text in words for one in ADDRESS.findall(text)):
            meant = key in _AS_THEY_TRAVEL and word.isascii()
            if not meant and (reason := told(word)):
                yield f"{key} : « {word} » a une lettre trompeuse, {reason} : effacez-la et retapez-la"
