"""Holes: what looks like a value that nobody filled in, in a text that somebody typed."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

_TO_FILL: Final = r"(?:compl[ée]ter|remplir|pr[ée]ciser|d[ée]finir)"
_HOLE: Final = re.compile(
    rf"""
    (?P<mark>\{{\{{|\{{%|\{{\#).*?(?:\}}\}}|%\}}|\#\}})     # {{{{ prénom }}}}
    | \{{\{{ | \}}\}} | \{{% | %\}} | \{{\# | \#\}}
    | \{{[^{{}}\n]*\}} | [{{}}\uFE5B\uFE5C\uFF5B\uFF5D]    # {{prénom}}, or half of it, in any width
    | \[(?!\d+\]|sic\])[^\[\]]{{1,300}}\](?!\((?:https?:|mailto:))  # [PRÉNOM]; neither a link nor a note
    | <\s*(?!https?:|mailto:)[^\W\d_][^<>@\n]{{0,60}}>   # <nom>; not an address
    | (?<![^\W_])X{{2,}}(?:h(?:X{{2,}}|\d\d)?)?(?![^\W_])  # XXX, XXhXX
    | (?<!\d)(?<!\d\s)%(?:\(\w+\))?[sd]\b | (?<!\S)%[^\W\d]\w*%  # %s, %NOM%
    | \$[^\W\d_]\w+                                    # $nom
    | \((?:à|a)\s{_TO_FILL}\b[^()\n]*\)
    | (?!^_+\s*$)_{{3,}}                                 # Bonjour ____,
    | (?<!\S)(?<!\betc\.\s)(?:…|\.{{3,}})+(?=\s?,)      # Bonjour …,
    | (?:(?<=\bbonjour)|(?<=\bmadame)|(?<=\bmonsieur))(?:…|\.{{3,}})+(?=\s?,)  # Bonjour…,
    | (?<=\b(?:le|du|au)\s)(?:…|\.{{3,}})                # le … of a month
    | (?<!\S)(?:…|\.{{3,}})(?=\s(?:h|heures?|€|euros?)(?!\w))  # à … h
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_BEGINS: Final = re.compile(r"[{}\[<%$_…\uFE5B\uFE5C\uFF5B\uFF5D]|\.\.\.|xx|\((?:à|a)\s", re.IGNORECASE)
_QUOTATION: Final = re.compile(r"«[^«»]*»")
_CUT: Final = re.compile(r"\[(?:…|\.{3})\]")
"""What is left out of a quotation: « un projet […] ambitieux »."""
_SERIES: Final = re.compile(r"\A\[(?P<name>[^\[\]\n]{1,20})\] ")
"""What begins a subject: « [EIG] Votre candidature »."""
_VALUE: Final = re.compile(
    rf"\b(?:{_TO_FILL}|pr[ée]nom|nom|titre|projet|objet|date|heure|lieu|adresse|num[ée]ro|x{{2,}})\b|…|\.\.\.",
    re.IGNORECASE,
)
_SHOWN: Final = 5


def holes(text: str) -> Counter[str]:
    """The marks that look unfilled in a text, with how often each occurs; for a template's tag, its opening mark."""
    if not _BEGINS.search(text):  # nearly all of them, told far sooner
        return Counter()
    read = _QUOTATION.sub(lambda quotation: _CUT.sub("", quotation[0]), text)
    read = read.replace("\\", "")  # what keeps `<` from being HTML
    return Counter(" ".join((hole["mark"] or hole[0]).split()) for hole in _HOLE.finditer(read))


def holes_of_subject(subject: str) -> Counter[str]:
    """What looks unfilled in a subject, which may begin with the name of a series: [EIG], but not [PRÉNOM]."""
    series = _SERIES.match(subject)
    return holes(subject[series.end() :] if series and not _VALUE.search(series["name"]) else subject)


def quoted(marks: Counter[str]) -> str:
    """Some of these marks, as a sentence names them: « {prénom} », « XXX » and so on."""
    rest = "…" if len(marks) > _SHOWN else ""
    return " », « ".join([*marks][:_SHOWN]) + rest
