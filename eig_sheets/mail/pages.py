"""The HTML part of an e-mail: sober, the same in Outlook, Gmail and Apple Mail, with nothing fetched and no script."""

from __future__ import annotations

import re
from html import escape
from typing import Final

import nh3

from eig_sheets.mail.page_frame import FRAME, OPENINGS
from eig_sheets.mail.parsing import READER, tokens
from eig_sheets.mail.plaintext import text

_CLEANER: Final = nh3.Cleaner(
    tags=set("a blockquote br code em h1 h2 h3 h4 h5 h6 hr li ol p pre strong ul".split()),  # noqa: SIM905
    attributes={"a": {"href", "title"}, "li": {"value"}, "ol": {"start"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)
_OPENING: Final = re.compile("|".join(map(re.escape, OPENINGS)))
_SENTENCE: Final = re.compile(r".{12,}?[.!?…](?=\s|$)|.+")
_LONGEST_PREVIEW: Final = 140


def page(markdown: str, subject: str) -> str:
    """The message as one HTML document of at most 600 pixels wide, in French, readable in the dark.

    Only Markdown makes tags: what people wrote is text, images are their description, links keep to four schemes.
    """
    body = _CLEANER.clean(READER.renderer.render(tokens(markdown), READER.options, {}))
    # Dressed once clean: text has no « < » left, and no style can come from anywhere else.
    dressed = _OPENING.sub(lambda tag: OPENINGS[tag[0]], body)
    return FRAME.substitute(SUBJECT=escape(subject), PREVIEW=escape(_preview(text(markdown))), BODY=dressed)


def _preview(plain: str) -> str:
    """What lists of messages show after the subject: the first sentence that is not the greeting."""
    paragraphs = [paragraph.replace("\n", " ").strip() for paragraph in plain.split("\n\n")]
    said = next((paragraph for paragraph in paragraphs if not paragraph.endswith(",")), "")
    sentence = _SENTENCE.match(said)
    return sentence[0][:_LONGEST_PREVIEW] if sentence else ""
