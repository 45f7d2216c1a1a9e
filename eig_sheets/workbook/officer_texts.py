"""Texts for officers, who run no command: a remedy that is a command says whom to ask. Pure."""

from __future__ import annotations

import re
from typing import Final

from eig_sheets.text.french import NARROW, listed, typographic

_COMMAND: Final = re.compile(r"«\s(eig-sheets [^»]+?)\s»")
_SETTING: Final = re.compile(r"\b(?:dans|de)\s(?:la|sa)\sconfiguration\b")

_WHOM: Final = "à demander à la personne qui exploite le robot"


def for_officers(text: str) -> str:
    """The text, followed by whom to ask for the commands and settings that it names.

    A text that already says so is unchanged, since texts read back from a tab are written again.
    """
    asked = [f"« {command} »" for command in dict.fromkeys(_COMMAND.findall(text))]
    asked += ["ce réglage"] if _SETTING.search(text) else []
    if not asked or _WHOM in text.replace(NARROW, " "):
        return text
    verb = "est" if len(asked) == 1 else "sont"
    named = listed(asked)
    return f"{text} {typographic(f'{named[0].upper()}{named[1:]} {verb} {_WHOM}.')}"
