"""The README: two screens. The first says what the program is, shows it, and leads each reader to a page."""

import re

import pytest
from markdown_it import MarkdownIt

from tests.call.report.browser import INSTALL, Opened, launched, program
from tests.docs.pages import GUIDES, README, ROOT, links, text_of

WORDS = 600
FOR_NEWCOMERS = {README: WORDS, ROOT / "CONTRIBUTING.md": 1_900, ROOT / "docs" / "architecture.md": 3_500}
"""What somebody reads before their first change, and how many words each page has at most: 6,000 in all."""
FIRST_LINES = 30
SCREEN = {"width": 1280, "height": 1000}
LOOK = """
body { margin: 0 auto; width: 830px; font: 16px/1.5 sans-serif; }
h1, h2 { line-height: 1.25; margin: 24px 0 16px; padding-bottom: .3em; border-bottom: 1px solid #d1d9e0; }
h1 { font-size: 2em; } h2 { font-size: 1.5em; }
p, ul, pre, table { margin: 0 0 16px; } ul { padding-left: 2em; } li + li { margin-top: .25em; }
pre { padding: 16px; font-size: 13.6px; line-height: 1.45; background: #f6f8fa; } code { font-family: monospace; }
:not(pre) > code { padding: .2em .4em; font-size: 85%; background: #eff1f3; }
table { border-collapse: collapse; } th, td { padding: 6px 13px; border: 1px solid #d1d9e0; } img { max-width: 100%; }
"""
"""GitHub's own, where it decides of the height."""


def first_screen():
    """What is above the first heading of a section."""
    return text_of(README).partition("\n## ")[0]


def test_it_is_short():
    assert len(text_of(README).split()) <= WORDS
    assert len(first_screen().splitlines()) <= FIRST_LINES


def test_what_a_newcomer_reads_is_short():
    words = {page: len(text_of(page).split()) for page in FOR_NEWCOMERS}
    assert sum(FOR_NEWCOMERS.values()) <= 6_000
    assert {page.name: count for page, count in words.items() if count > FOR_NEWCOMERS[page]} == {}


def test_its_first_screen_has_two_commands_one_picture_and_what_was_never_seen():
    [block] = re.findall(r"```sh\n(.*?)```", first_screen(), re.DOTALL)
    assert block.splitlines() == ["pipx install .", "eig-sheets demo"]
    assert len(re.findall(r"<img |!\[", first_screen())) == 1
    [sentence] = re.findall(r"\*\*Never seen live:\*\* ([^.]+)\.", first_screen())
    assert sentence.split(", ") == ["Google", "Excel", "Gmail", "Démarche Numérique"]


def test_its_first_screen_leads_each_reader_to_a_page():
    readers = {guide for guide in GUIDES if guide.name != "guide.fr.md"}
    readers |= {ROOT / "docs" / "installation.fr.md", ROOT / "CONTRIBUTING.md"}
    [line] = [part for part in first_screen().split("\n\n") if part.startswith("**Your page:**")]
    assert {ROOT / target for target in re.findall(r"\]\(([^)]+)\)", line)} == readers


def test_each_promise_has_its_limit_beside_it():
    table = text_of(README).partition("| promise | limit |\n|---|---|\n")[2].partition("\n\n")[0]
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()]
    assert len(rows) >= 6
    assert [row for row in rows if len(row) != 2 or not all(row)] == []


def test_what_it_links_to_exists():
    assert [target.name for target, _ in links(README) if not target.exists()] == []


@pytest.mark.slow
@pytest.mark.skipif(program() is None, reason=INSTALL)
def test_it_fits_two_screens(tmp_path):
    page = tmp_path / "readme.html"
    body = MarkdownIt("commonmark", {"html": True}).enable("table").render(text_of(README))
    html = f'<!doctype html><meta charset="utf-8"><base href="{ROOT.as_uri()}/"><style>{LOOK}</style>{body}'
    page.write_text(html, encoding="utf-8")
    with launched() as browser:
        opened = Opened(browser, page, viewport=SCREEN)
        second = opened.page.locator("h2").first.bounding_box()
        assert opened.page.locator("img").evaluate("(one) => one.naturalWidth") > 0
        assert second["y"] <= SCREEN["height"]
        whole = opened.page.locator("body").bounding_box()
        assert whole["y"] + whole["height"] <= 2 * SCREEN["height"]
        opened.context.close()
