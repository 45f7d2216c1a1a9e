"""The sources of values, which a configuration gives in comments at the end of its lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from eig_sheets.config.inheritance import ALONE, Provenance
from eig_sheets.storage import regular_files

_SECTION = re.compile(r"\[+([\w.]+)\]+")
_NAMED_SOURCE = re.compile(r"^# « ([^»]+) »\s:", re.MULTILINE)
_VALUE_WITH_COMMENT = re.compile(r"([\w.]+)\s*=[^#]*#\s*(.+)")
_ID = re.compile(r'id\s*=\s*"(\w+)"')


def sources(path: Path, provenance: Provenance = ALONE, unsaved: str | None = None) -> dict[str, str]:
    """The sources of values, from the comments: `section.key` → the comment at the end of its line.

    That of the weight of a criterion is also under its own key, `criteria.id`.

    Those of a value that a file inherits are in the file where the value stands. `unsaved`: the text of `path`, when
    it is not written yet.
    """
    files: Sequence[Path] = provenance.paths or (path,)
    comments: dict[str, str] = {}
    for file in files:
        text = unsaved if unsaved is not None and file == path else regular_files.read_text(file, "utf-8-sig")
        for key, comment in _of_text(text).items():
            if provenance.file_of(key) in (file, None):
                comments.setdefault(key, comment)
    return comments


def source_names(files: Sequence[Path]) -> frozenset[str]:
    """The short names that files give to their sources, each in a comment of its own: « # « Cahier » : … »."""
    texts = (regular_files.read_text(file, "utf-8-sig") for file in files)
    return frozenset(name for text in texts for name in _NAMED_SOURCE.findall(text))


def _of_text(text: str) -> dict[str, str]:
    comments: dict[str, str] = {}
    section = item = weight = ""
    for line in text.splitlines():
        if header := _SECTION.match(line):
            section, item, weight = header[1], "", ""
        elif named := _ID.match(line):
            item = named[1]
        elif sourced := _VALUE_WITH_COMMENT.match(line):
            comments.setdefault(f"{section}.{sourced[1]}", sourced[2].strip())
            weight = sourced[2].strip() if sourced[1] == "weight" else weight
        if item and weight:
            comments[f"{section}.{item}"] = weight
    return comments
