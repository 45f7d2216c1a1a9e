"""How the Markdown of a message is read: what looks like lines to its author arrives as lines, and nothing vanishes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

READER = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(["code", "lheading", "reference"])
"""CommonMark, without what surprises people who type in a cell.

Spaces at the start of a line make no block of code, a line of dashes no heading of the line above, and `[1]: …` stays.
"""


@lru_cache(maxsize=4)  # the same message is written as text, then as a page
def tokens(markdown: str) -> Sequence[Token]:
    """The blocks of a message, to be read only. An image is its description; an item keeps the number it was given."""
    blocks = READER.parse(markdown)
    for block in blocks:
        if block.type == "list_item_open" and block.info:
            block.attrSet("value", block.info)
        for child in block.children or ():
            if child.type == "image":
                child.type, child.content = "text", _description(child.children or ())
    return blocks


def _description(children: Iterable[Token]) -> str:
    return "".join(child.content for child in children)
