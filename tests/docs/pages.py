"""The pages of documentation: their headings, their links, the commands that they tell to type."""

from __future__ import annotations

import re
import shlex
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
README, INDEX = ROOT / "README.md", ROOT / "docs" / "README.md"
COMMANDS = ROOT / "docs" / "commandes.fr.md"
GUIDES = sorted((ROOT / "docs").glob("guide*.fr.md"))
PAGES = [README, ROOT / "CONTRIBUTING.md", ROOT / "examples" / "README.md", *sorted(ROOT.glob("docs/*.md"))]

_FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
_MADE = re.compile(r"<!-- commands -->.*<!-- end of commands -->", re.DOTALL)
_SHELLS = ("", "sh", "console")
_COMMAND = re.compile(r"(?:^|&& )(?:\w+=\S+ )*(?:\S*/bin/)?eig-sheets\b(?!\.)([^\n]*)", re.MULTILINE)
_REDIRECTION = re.compile(r"(?: (?:>|&&|\|\|?) |;).*")


@dataclass(frozen=True)
class Typed:
    """A command of ours on a page: the words that follow « eig-sheets »."""

    page: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.page}: eig-sheets {shlex.join(self.words)}"


def text_of(page: Path) -> str:
    """A page as it is written."""
    return page.read_text(encoding="utf-8")


def prose(page: Path) -> str:
    """A page without its blocks of code, and without the table of commands, which scripts/commands_doc.py makes."""
    return _FENCE.sub("", _MADE.sub("", text_of(page)))


def in_blocks(page: Path) -> list[Typed]:
    """The commands of its blocks of code, in their order."""
    blocks = (code.replace("\\\n", " ") for language, code in _FENCE.findall(text_of(page)) if language in _SHELLS)
    return [Typed(page.name, words(found)) for block in blocks for found in _COMMAND.findall(block)]


def in_sentences(page: Path) -> list[Typed]:
    """Those of its sentences: between backquotes, or « eig-sheets … »."""
    text = " ".join(prose(page).split())
    spans = re.findall(r"`(?:\.venv/bin/)?eig-sheets ([^`]+)`", text) + re.findall(
        r"« eig-sheets ([\w-][^»]*?) »", text
    )
    return [Typed(page.name, words(span)) for span in spans]


def named(page: Path, first: Collection[str]) -> list[Typed]:
    """What its sentences name without « eig-sheets »: a word among `first`, and others (`jury ballots --share`)."""
    spans = re.findall(r"`([^`]+)`", " ".join(prose(page).split()))
    found = (words(span) for span in spans if span.partition(" ")[0] in first and " " in span)
    return [Typed(page.name, one) for one in found]


def words(line: str) -> tuple[str, ...]:
    """The arguments of a command line, without its comment, its redirection, and the quote that ends a schtasks."""
    return tuple(shlex.split(_REDIRECTION.sub("", line).rstrip().removesuffix('"'), comments=True))


def anchors(page: Path) -> set[str]:
    """The anchors of its headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower().strip()).replace(" ", "-") for heading in headings}


def links(page: Path) -> Iterator[tuple[Path, str]]:
    """The files of ours that it links to or shows, and the anchor in each; '' when it names none."""
    for target in re.findall(r"(?:\]\(|<img src=\")([^)\s\"]+)", prose(page)):
        if "://" not in target:
            name, _, anchor = target.partition("#")
            yield ((page.parent / name).resolve() if name else page), anchor
