"""Holes: what looks like a value that nobody filled in, in a text that somebody typed."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

_HOLE: Final = re.compile(
    r"""
    (?P<mark>\{\{|\{%|\{\#).*?(?:\}\}|%\}|\#\})         # {{ prénom }}
    | \{\{ | \}\} | \{% | %\} | \{\# | \#\}
    | \{[^{}\n]*\} | [{}]                                # {prénom}, or half of it
    | \[(?!\d+\])[^\[\]\n]{1,60}\](?!\((?:https?:|mailto:))  # [PRÉNOM]; neither a link nor a note
    | <(?!https?:|mailto:)[^\W\d_][^<>@\n]{0,60}>        # <nom>; not an address
    | \b[Xx]{2,}\b                                       # XXX
    | (?<!\d)(?<!\d\s)%(?:\(\w+\))?[sd]\b | (?<!\S)%[^\W\d]\w*%  # %s, %NOM%
    | \$[^\W\d_]\w+                                      # $nom
    | \((?:à|a)\s(?:compléter|remplir|préciser|définir)\b[^()\n]*\)
    | (?!^_+\s*$)_{3,}                                   # Bonjour ____,
    | (?<!\S)(?:…|\.{3,})+(?=\s?,)                       # Bonjour …,
    | (?<=\b(?:le|du|au)\s)(?:…|\.{3,})                  # le … of a month
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_BEGINS: Final = re.compile(r"[{}\[<%$_…]|\.\.\.|xx|\((?:à|a)\s", re.IGNORECASE)
_SHOWN: Final = 5


def holes(text: str) -> Counter[str]:
    """What looks unfilled in a text, each with how often; of a template's tag, its opening mark alone."""
    if not _BEGINS.search(text):  # nearly all of them, told far sooner
        return Counter()
    read = text.replace("\\", "")  # what keeps `<` from being HTML
    return Counter(" ".join((found["mark"] or found[0]).split()) for found in _HOLE.finditer(read))


def quoted(found: Counter[str]) -> str:
    """Some of them, as a sentence names them: « {prénom} », « XXX » and so on."""
    rest = "…" if len(found) > _SHOWN else ""
    return " », « ".join([*found][:_SHOWN]) + rest
