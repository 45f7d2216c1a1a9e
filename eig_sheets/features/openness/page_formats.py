"""An explanation as one self-contained HTML page, or in Markdown for a site that has its own look.

The page has no script and fetches nothing; everything is escaped, and texts of the configuration stay texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Final

from eig_sheets.documents.sections import Explanation, Section

_STYLE: Final = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1e2233; --soft: #4a5068; --rule: #d5d9e6; --brand: #2f4077;
  --head: #eceef5; --doubt: #feecc2; }
@media screen and (prefers-color-scheme: dark) { :root { --paper: #151926; --ink: #e9ecf5; --soft: #b4bbd0;
  --rule: #3b4256; --brand: #b9caff; --head: #2a3044; --doubt: #3b2c0a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif; }
header, main { max-width: 60rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; } main { padding-bottom: 3rem; }
h1 { margin: 0; color: var(--brand); font-size: 2rem; line-height: 1.2; }
h2 { margin: 2.25rem 0 .6rem; color: var(--brand); font-size: 1.35rem; line-height: 1.25; }
p { margin: 0 0 .7rem; max-width: 48rem; overflow-wrap: anywhere; } header p { color: var(--soft); font-weight: 600; }
.banner { max-width: none; padding: .5rem .9rem; background: var(--doubt); color: var(--ink); }
.table { overflow-x: auto; margin: .5rem 0 1rem; }
table { width: 100%; border-collapse: collapse; font-size: .93rem; }
th, td { padding: .4rem .6rem; border: 1px solid var(--rule); text-align: left; vertical-align: top; }
thead th { background: var(--head); } tbody th { font-weight: 600; }
@media (max-width: 40rem) {
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { display: block; margin-bottom: .8rem; border: 1px solid var(--rule); }
  tbody th, td { display: block; border: 0; padding: .3rem .6rem; } tbody th { background: var(--head); }
  td::before { content: attr(data-header) "\\00a0: "; color: var(--soft); font-weight: 600; }
}
@page { size: A4; margin: 1.6cm; }
@media print {
  html { font-size: 10pt; } header, main { padding: 0; } tr { break-inside: avoid; } h2 { break-after: avoid; }
}
"""


def html_page(explanation: Explanation) -> str:
    """The whole document: the same bytes for the same explanation."""
    return "\n".join(_lines(explanation)) + "\n"


def _lines(explanation: Explanation) -> Iterator[str]:
    title, subtitle = escape(explanation.title), escape(explanation.subtitle)
    yield '<!doctype html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield f"<title>{title} – {subtitle}</title>\n<style>{_STYLE}</style>\n</head>\n<body>"
    yield f"<header>\n<h1>{title}</h1>\n<p>{subtitle}</p>"
    if explanation.banner:
        yield f'<p class="banner">{escape(explanation.banner)}</p>'
    yield "</header>\n<main>"
    for place, section in enumerate(explanation.sections, 1):
        yield from _section(section, f"partie-{place}")
    yield "</main>\n</body>\n</html>"


def _section(section: Section, anchor: str) -> Iterator[str]:
    yield f'<section aria-labelledby="{anchor}">\n<h2 id="{anchor}">{escape(section.heading)}</h2>'
    yield from (f"<p>{escape(sentence)}</p>" for sentence in section.sentences)
    if section.rows:
        heads = "".join(f'<th scope="col">{escape(header)}</th>' for header in section.headers)
        yield f'<div class="table"><table aria-labelledby="{anchor}">\n<thead><tr>{heads}</tr></thead>\n<tbody>'
        yield from (_row(row, section.headers) for row in section.rows)
        yield "</tbody>\n</table></div>"
    yield "</section>"


def _row(row: tuple[str, ...], headers: tuple[str, ...]) -> str:
    first, *others = row
    cells = (
        f'<td data-header="{escape(header)}">{escape(cell)}</td>'
        for header, cell in zip(headers[1:], others, strict=True)
    )
    return f'<tr><th scope="row">{escape(first)}</th>{"".join(cells)}</tr>'


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
