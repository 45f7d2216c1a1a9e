"""The command to type again: the name of this program, and a text quoted as one argument."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from pathlib import Path


def program() -> str:
    """The command by which this program was started, to be typed again."""
    started = Path(sys.argv[0])
    if started.name == "__main__.py":
        return "python -m eig_sheets"
    return started.name if shutil.which(started.name) == str(started) else shell_quoted(str(started))


def shell_quoted(text: str) -> str:
    """The text as one word of a command: in double quotes where they do, which Windows reads too."""
    if re.search(r'["$`!%]', text):
        return shlex.quote(text)
    return text if re.fullmatch(r"[\w@+=:,./-]+", text) else f'"{text}"'
