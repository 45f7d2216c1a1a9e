"""An HTML e-mail read back by a parser that is not ours: its lines of text, its tags, its attributes."""

from __future__ import annotations

from html.parser import HTMLParser

BREAKS = {
    "br",
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "hr",
    "pre",
    "table",
    "tr",
    "td",
    "ul",
    "ol",
}
UNSEEN = {"head", "style", "title", "script"}


class Seen(HTMLParser):
    """What a document shows below its cell « letter », and every tag that it has."""

    def __init__(self, document: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.title = self.preview = self._shown = ""
        self._where = ""
        self.feed(document)
        self.close()

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if tag == "title":
            self._where = "title"
        elif tag == "div":
            self._where = "preview"
        elif attributes.get("class") == "letter":
            self._where = "letter"
        self._break(tag)

    def handle_endtag(self, tag):
        if tag in ("title", "div"):
            self._where = ""
        self._break(tag)

    def handle_data(self, data):
        if self._where == "title":
            self.title += data
        elif self._where == "preview":
            self.preview += data
        elif self._where == "letter":
            self._shown += data.replace("\n", "")

    def _break(self, tag):
        if tag in BREAKS and self._where == "letter":
            self._shown += "\n"

    @property
    def lines(self) -> list[str]:
        """The lines of the letter that are not empty."""
        return [line for line in self._shown.split("\n") if line]

    def named(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of each tag of that name."""
        return [attributes for name, attributes in self.tags if name == tag]
