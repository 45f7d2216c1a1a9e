"""An explanation in Markdown, for a site that has its own look; texts of the configuration stay texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from eig_sheets.report.algorithm.explanation import Explanation

_ACTIVE: Final = re.compile(r"([\\`*_~&\[\]<>|#])")
_BREAK: Final = re.compile(r"[\t\v\f\r\n\x85\u2028\u2029]+")


def markdown_page(explanation: Explanation) -> str:
    """The whole page: the same text for the same explanation."""
    return "\n\n".join(_blocks(explanation)) + "\n"


def _blocks(explanation: Explanation) -> Iterator[str]:
    yield f"# {_text(explanation.title)}"
    yield f"**{_text(explanation.subtitle)}**"
    if explanation.banner:
        yield f"> {_text(explanation.banner)}"
    for section in explanation.sections:
        yield f"## {_text(section.heading)}"
        yield from map(_text, section.sentences)
        if section.rows:
            lines = [section.headers, ["---"] * len(section.headers), *section.rows]
            yield "\n".join(f"| {' | '.join(map(_text, line))} |" for line in lines)


def _text(text: str) -> str:
    """The text on one line, that no Markdown reader takes for anything else."""
    return _ACTIVE.sub(r"\\\1", _BREAK.sub(" ", text))
