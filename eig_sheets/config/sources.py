"""The sources of values, which a configuration gives in comments at the end of its lines."""

from __future__ import annotations

import re
from pathlib import Path

from eig_sheets.storage import regular_files

_SECTION = re.compile(r"\[+([\w.]+)\]+")
_VALUE_WITH_COMMENT = re.compile(r"(\w+)\s*=[^#]*#\s*(.+)")


def sources(path: Path) -> dict[str, str]:
    """The sources of values, from the file's comments: `section.key` → the comment at the end of its line."""
    found: dict[str, str] = {}
    section = ""
    for line in regular_files.read_text(path, "utf-8-sig").splitlines():
        if header := _SECTION.match(line):
            section = header[1]
        elif sourced := _VALUE_WITH_COMMENT.match(line):
            found.setdefault(f"{section}.{sourced[1]}", sourced[2].strip())
    return found
