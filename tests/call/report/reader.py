"""A page read back by a parser that is not ours."""

from __future__ import annotations

import json
from html.parser import HTMLParser

VOID = {"meta", "input", "br", "hr", "img", "link"}


class Seen(HTMLParser):
    """Every tag of a page in order, with its attributes; its sentences; the data that its script reads."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.ends: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == [], "every tag is closed"

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        self.ends.append(tag)

    def handle_data(self, data):
        self.texts.append((self.open[-1] if self.open else "", data))

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.tags]

    @property
    def data(self):
        [data] = [text for tag, text in self.texts if tag == "script" and text.startswith('{"config"')]
        return json.loads(data)

    @property
    def text(self) -> str:
        shown = [text for tag, text in self.texts if tag not in ("script", "style")]
        return " ".join(" ".join(shown).split(" ")).replace("\u202f", " ")

    def of(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        return [own for name, own in self.tags if name == tag and all(own.get(k) == v for k, v in attributes.items())]
