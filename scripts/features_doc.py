"""The table of features of docs/configuration.fr.md: `python scripts/features_doc.py --write`."""

from __future__ import annotations

import sys
from pathlib import Path

from eig_sheets.installed import FEATURES
from eig_sheets.registry import CommandGroup, Feature

PAGE = Path(__file__).parent.parent / "docs" / "configuration.fr.md"
START, END = "<!-- features -->\n", "<!-- end of features -->\n"


def table() -> str:
    """Markdown: the word of each feature, what it is, its commands, its page and what it needs."""
    rows = ["| mot | ce que c’est | commandes | page | a besoin de |", "|---|---|---|---|---|", *map(_row, FEATURES)]
    return "\n".join(rows) + "\n"


def _row(feature: Feature) -> str:
    names = [
        f"`{command.name} {sub.name}`" if isinstance(command, CommandGroup) else f"`{command.name}`"
        for command in feature.commands
        for sub in (command.commands if isinstance(command, CommandGroup) else (command,))
    ]
    needs = ", ".join(f"`{name}`" for name in feature.needs)
    page = f"[{feature.page}]({feature.page})"
    return f"| `{feature.id}` | {feature.title} | {', '.join(names)} | {page} | {needs} |"


def with_table(text: str) -> str:
    """The page with its table as it should be."""
    before, _, rest = text.partition(START)
    return f"{before}{START}{table()}{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    if "--write" in sys.argv:
        PAGE.write_text(with_table(text), encoding="utf-8")
    elif with_table(text) != text:
        sys.exit("docs/configuration.fr.md: run python scripts/features_doc.py --write")
