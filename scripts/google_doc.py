"""The list of unconfirmed behaviours in docs/google.md, from the live check: `python scripts/google_doc.py --write`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import live_check  # noqa: F401 -- registers the behaviours
from live_behaviours.behaviour import BEHAVIOURS
from live_behaviours.report import table

from eig_sheets.text.french import typographic

PAGE = Path(__file__).parent.parent / "docs" / "google.md"
START, END = "<!-- behaviours -->\n", "<!-- end of behaviours -->\n"
_CODE = re.compile(r"(```.*?```|`[^`\n]*`|<!--.*?-->)", re.DOTALL)


def with_table(text: str) -> str:
    """The page with its table as it should be, and the spaces of French everywhere but in code."""
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    parts = _CODE.split(f"{before}{START}{table(BEHAVIOURS)}\n{END}{after}")
    return "".join(part if place % 2 else typographic(part) for place, part in enumerate(parts))


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    if "--write" in sys.argv:
        PAGE.write_text(with_table(text), encoding="utf-8")
    elif with_table(text) != text:
        sys.exit("docs/google.md: run python scripts/google_doc.py --write")
