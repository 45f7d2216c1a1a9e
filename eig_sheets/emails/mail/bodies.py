"""The parts of an e-mail, of its Markdown: plain text as a person would type it, and sober HTML.

What looks like lines to its author arrives as lines, and nothing vanishes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from string import Template
from typing import Final

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from eig_sheets.spreadsheet.model.palette import BAR, DARK, GREY, LINK, RULE, SOFT, WHITE

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


_FONT: Final = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
_MONOSPACE: Final = "Consolas,Menlo,'Liberation Mono',monospace"
_NIGHT, _NIGHT_TEXT, _NIGHT_RULE = "1B1F2A", "E6E9F2", "3B4256"
_GAP: Final = "margin:0 0 16px"
_HEADING: Final = f"margin:24px 0 12px;line-height:1.3;font-weight:bold;color:#{DARK}"
_LIST: Final = "margin:0 0 16px 24px;padding:0"

_OPENINGS: Final = {
    "<p>": f'<p style="{_GAP}">',
    "<h1>": f'<h1 style="{_HEADING};font-size:22px">',
    "<h2>": f'<h2 style="{_HEADING};font-size:19px">',
    **{f"<h{level}>": f'<h{level} style="{_HEADING};font-size:16px">' for level in (3, 4, 5, 6)},
    "<ul>": f'<ul style="{_LIST}">',
    "<ol>": f'<ol style="{_LIST}">',
    "<ol ": f'<ol style="{_LIST}" ',
    "<li>": '<li style="margin:0 0 6px">',
    "<li ": '<li style="margin:0 0 6px" ',
    "<a ": f'<a style="color:#{LINK};text-decoration:underline" ',
    "<hr>": f'<hr style="height:0;margin:24px 0;border:0;border-top:1px solid #{RULE}">',
    "<code>": f'<code style="font-family:{_MONOSPACE};font-size:14px">',
    "<pre>": f'<pre style="{_GAP};white-space:pre-wrap">',
    "<blockquote>": (
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 16px">'
        f'<tr><td class="quote" style="padding:4px 0 4px 16px;border-left:3px solid #{BAR}">'
        '<blockquote style="margin:0">'
    ),
    "</blockquote>": "</blockquote></td></tr></table>",
}
"""Each tag that Markdown gives, as it opens once dressed. Quotations are tables: Word ignores their padding."""

_FRAME: Final = Template(f"""<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no">
<meta name="x-apple-disable-message-reformatting">
<title>$SUBJECT</title>
<!--[if mso]><style>body, table, td, p, li, a, h1, h2, h3 {{ font-family: Arial, sans-serif !important; }}</style><![endif]-->
<style>
:root {{ color-scheme: light dark; supported-color-schemes: light dark; }}
td.letter > :first-child {{ margin-top: 0 !important; }}
td.letter > :last-child {{ margin-bottom: 0 !important; }}
td.quote > blockquote > :last-child {{ margin-bottom: 0 !important; }}
@media (max-width: 480px) {{
  td.margin {{ padding: 0 !important; }}
  td.letter {{ padding: 24px 20px !important; }}
}}
@media (prefers-color-scheme: dark) {{
  body, td.margin {{ background: #{_NIGHT} !important; }}
  td.letter {{ background: #{_NIGHT} !important; border-color: #{_NIGHT_RULE} !important; color: #{_NIGHT_TEXT} !important; }}
  td.letter a {{ color: #{BAR} !important; }}
  td.letter h1, td.letter h2, td.letter h3, td.letter h4, td.letter h5, td.letter h6 {{ color: #{SOFT} !important; }}
  td.letter hr {{ border-color: #{_NIGHT_RULE} !important; }}
  td.band {{ background: #{BAR} !important; }}
}}
</style>
</head>
<body style="margin:0;padding:0;background:#{WHITE}">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all;font-size:1px;line-height:1px;color:#{WHITE}">$PREVIEW</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
<tr><td class="margin" align="center" style="padding:24px 12px">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px">
<tr><td class="band" height="4" bgcolor="#{DARK}" style="height:4px;font-size:0;line-height:0;mso-line-height-rule:exactly;background:#{DARK}">&nbsp;</td></tr>
<tr><td class="letter" align="left" style="padding:32px;border:1px solid #{RULE};border-top:0;font-family:{_FONT};font-size:16px;line-height:1.6;color:#{GREY}">
$BODY</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
""")  # noqa: E501 (a tag keeps to its line)
"""The document, to be filled with $SUBJECT, $PREVIEW and $BODY, already HTML."""

_CLEANER: Final = nh3.Cleaner(
    tags=set("a blockquote br code em h1 h2 h3 h4 h5 h6 hr li ol p pre strong ul".split()),  # noqa: SIM905
    attributes={"a": {"href", "title"}, "li": {"value"}, "ol": {"start"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)
_OPENING: Final = re.compile("|".join(map(re.escape, _OPENINGS)))
_SENTENCE: Final = re.compile(r".{12,}?[.!?…](?=\s|$)|.+")
_LONGEST_PREVIEW: Final = 140


def page(markdown: str, subject: str) -> str:
    """The message as one HTML document of at most 600 pixels wide, in French, readable in the dark.

    Only Markdown makes tags: what people wrote is text, images are their description, links keep to four schemes.
    """
    body = _CLEANER.clean(READER.renderer.render(tokens(markdown), READER.options, {}))
    # Dressed once clean: text has no « < » left, and no style can come from anywhere else.
    dressed = _OPENING.sub(lambda tag: _OPENINGS[tag[0]], body)
    return _FRAME.substitute(SUBJECT=escape(subject), PREVIEW=escape(_preview(text(markdown))), BODY=dressed)


def _preview(plain: str) -> str:
    """The preview that lists of messages show after the subject: the first sentence after the greeting."""
    paragraphs = [paragraph.replace("\n", " ").strip() for paragraph in plain.split("\n\n")]
    first_line = next((paragraph for paragraph in paragraphs if not paragraph.endswith(",")), "")
    sentence = _SENTENCE.match(first_line)
    return sentence[0][:_LONGEST_PREVIEW] if sentence else ""
