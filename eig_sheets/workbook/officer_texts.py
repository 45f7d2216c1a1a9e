"""What officers read in the workbook: a remedy that is a command is not theirs to run, and says whose it is. Pure."""

from __future__ import annotations

import re
from typing import Final

from eig_sheets.text.french import listed, typographic

_COMMAND: Final = re.compile(r"«\s(eig-sheets [^»]+?)\s»")


def for_officers(text: str) -> str:
    """The text, and whom to ask for the commands that it names: officers have no terminal."""
    commands = dict.fromkeys(_COMMAND.findall(text))
    if not commands:
        return text
    named = listed(f"« {command} »" for command in commands)
    verb = "est" if len(commands) == 1 else "sont"
    return f"{text} {typographic(f'{named} {verb} à demander à la personne qui exploite le robot.')}"
