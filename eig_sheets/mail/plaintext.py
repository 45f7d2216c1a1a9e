"""The plain-text part of an e-mail: what a person would have typed, without the marks of Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from markdown_it.token import Token

from eig_sheets.mail.parsing import READER, tokens

_RULE = "---"


@dataclass(slots=True)
class _Container:
    """A quotation or a list item: what stands before its first line and before the others, whether it has begun."""

    first: str
    others: str
    span: list[int] | None
    begun: bool = False


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
        self._inside: list[_Container] = []
        self._end = 0

    def take(self, token: Token) -> None:
        """Write what this token adds."""
        if token.type == "blockquote_open":
            self._inside.append(_Container("> ", "> ", token.map))
        elif token.type == "list_item_open":
            marker = f"{token.info}{token.markup} " if token.info else "- "
            self._inside.append(_Container(marker, " " * len(marker), token.map))
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
            self.lines.append("".join(one.others for one in self._inside if one.begun).rstrip())
        for line in lines:
            self.lines.append((self._before() + line).rstrip(" "))
        self._end = end

    def _before(self) -> str:
        before = "".join(one.others if one.begun else one.first for one in self._inside)
        for one in self._inside:
            one.begun = True
        return before

    def _close(self) -> None:
        if not self._inside[-1].begun:
            self._write([""], self._inside[-1].span)
        self._inside.pop()


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
