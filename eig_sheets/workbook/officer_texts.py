"""What officers read in the workbook: a remedy that is a command is not theirs to run, and says whose it is. Pure."""

from __future__ import annotations

import re
from typing import Final

from eig_sheets.text.french import NARROW, listed, typographic

_COMMAND: Final = re.compile(r"«\s(eig-sheets [^»]+?)\s»")
_SETTING: Final = re.compile(r"\b(?:dans|de)\s(?:la|sa)\sconfiguration\b")

_WHOM: Final = "à demander à la personne qui exploite le robot"


def for_officers(text: str) -> str:
    """The text, and whom to ask for the commands and the settings that it names: officers have no terminal.

    One that says whom already is as it was: what was read back from a tab may be written again.
    """
    asked = [f"« {command} »" for command in dict.fromkeys(_COMMAND.findall(text))]
    asked += ["ce réglage"] if _SETTING.search(text) else []
    if not asked or _WHOM in text.replace(NARROW, " "):
        return text
    verb = "est" if len(asked) == 1 else "sont"
    named = listed(asked)
    return f"{text} {typographic(f'{named[0].upper()}{named[1:]} {verb} {_WHOM}.')}"
