"""The notes of a version: its section of the changelog."""

from __future__ import annotations

import re


def notes_of(changelog: str, version: str) -> str:
    """The section of a version, without its heading. Raises SystemExit where there is none."""
    section = re.search(
        rf"^## {re.escape(version)}(?= |$)[^\n]*\n(.*?)(?=^## |\Z)", changelog, re.DOTALL | re.MULTILINE
    )
    if section is None or not section[1].strip():
        raise SystemExit(f"CHANGELOG.md says nothing of {version}.")
    return section[1].strip() + "\n"
