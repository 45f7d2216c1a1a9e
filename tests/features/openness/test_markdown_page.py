"""The page as Markdown: a reader makes of it the same headings, sentences and tables."""

from datetime import date
from itertools import pairwise

from markdown_it import MarkdownIt

from eig_sheets.campaign.overrides import Overrides
from eig_sheets.config import with_sections
from eig_sheets.features.openness.page import published
from eig_sheets.features.openness.page_formats import markdown_page
from tests.workbook.snapshots import EIG5


def test_a_reader_finds_every_cell_whatever_the_configuration_says():
    criteria = tuple(
        {**criterion.model_dump(), "meaning": "a | b\r# c <b> *d* [e](f) ~~g~~ &lt;\x0b"} for criterion in EIG5.criteria
    )
    campaign = with_sections(EIG5, {"criteria": criteria})
    explanation = published(campaign, Overrides(campaign), date(2021, 4, 20))
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown_page(explanation))
    cells = [after.content for token, after in pairwise(tokens) if token.type == "td_open"]
    rows = [cell for section in explanation.sections for row in section.rows for cell in row]
    assert len(cells) == len(rows)
    assert len([token for token in tokens if token.type == "heading_open"]) == 1 + len(explanation.sections)
    assert "a | b # c <b> *d* [e](f) ~~g~~ &lt;" in {_content(token) for token in tokens if token.type == "inline"}
    kinds = {child.type for token in tokens if token.type == "inline" for child in token.children}
    assert kinds <= {"text", "text_special", "strong_open", "strong_close"}


def _content(inline):
    return "".join(child.content for child in inline.children).strip()
