"""How the Markdown of a message is read, and its plain-text part: what a person would have typed, without marks.

What looks like lines to its author arrives as lines, and nothing vanishes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

READER = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(["code", "lheading", "reference"])
"""CommonMark, without what surprises people who type in a cell.

Spaces at the start of a line make no block of code, a line of dashes no heading of the line above, and `[1]: …` stays.
"""

_RULE = "---"


@lru_cache(maxsize=4)  # the same message is written as text, then as a page
def tokens(markdown: str) -> Sequence[Token]:
    """The blocks of a message, to be read only. An image is its description; an item keeps the number it was given."""
    blocks = READER.parse(markdown)
    for block in blocks:
        if block.type == "list_item_open" and block.info:
            block.attrSet("value", block.info)
        for child in block.children or ():
            if child.type == "image":
                child.type, child.content = "text", "".join(part.content for part in child.children or ())
    return blocks


@dataclass(slots=True)
class _Container:
    """A quotation or a list item: the prefix of its first line and of the others, whether it has begun."""

    first: str
    others: str
    span: list[int] | None
    started: bool = False


@lru_cache(maxsize=4)  # a part of its own, then the preview of the page
def text(markdown: str) -> str:
    """The message without marks: « - » and numbers before items, « > » before quotations, links as « text (address) ».

    Lines and blank lines stay where they were typed; none is cut.
    """
    writer = _Writer()
    for token in tokens(markdown):
        writer.take(token)
    return "\n".join(writer.lines) + "\n"


class _Writer:
    """The lines so far, the quotations and items around the next one, where the last one ended in the source."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._containers: list[_Container] = []
        self._end = 0

    def take(self, token: Token) -> None:
        """Write what this token adds."""
        if token.type == "blockquote_open":
            self._containers.append(_Container("> ", "> ", token.map))
        elif token.type == "list_item_open":
            marker = f"{token.info}{token.markup} " if token.info else "- "
            self._containers.append(_Container(marker, " " * len(marker), token.map))
        elif token.type in ("blockquote_close", "list_item_close"):
            self._close()
        elif token.type == "inline":
            self._write(_inline(token.children or ()).split("\n"), token.map)
        elif token.type == "fence":
            self._write(token.content.removesuffix("\n").split("\n"), token.map)
        elif token.type == "hr":
            self._write([_RULE], token.map)

    def _write(self, lines: Iterable[str], span: list[int] | None) -> None:
        start, end = span or (self._end, self._end)
        if start > self._end and self.lines:
            self.lines.append("".join(container.others for container in self._containers if container.started).rstrip())
        for line in lines:
            self.lines.append((self._before() + line).rstrip(" "))
        self._end = end

    def _before(self) -> str:
        before = "".join(container.others if container.started else container.first for container in self._containers)
        for container in self._containers:
            container.started = True
        return before

    def _close(self) -> None:
        if not self._containers[-1].started:
            self._write([""], self._containers[-1].span)
        self._containers.pop()


def _inline(children: Iterable[Token]) -> str:
    written: list[str] = []
    links: list[tuple[int, str]] = []
    for token in children:
        if token.type == "link_open":
            links.append((len(written), str(token.attrs["href"])))
        elif token.type == "link_close":
            start, address = links.pop()
            written[start:] = [_link("".join(written[start:]), address)]
        elif token.type in ("softbreak", "hardbreak"):
            written.append("\n")
        else:
            written.append(token.content)
    return "".join(written)


def _link(label: str, address: str) -> str:
    bare = address.removeprefix("mailto:")
    same = not label or READER.normalizeLink(label) in (address, bare)
    return label or bare if same else f"{label} ({bare})"
