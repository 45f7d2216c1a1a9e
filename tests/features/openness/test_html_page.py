"""The page as HTML: whole in one file, nothing fetched, nothing of the configuration taken for markup."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest

from eig_sheets.campaign.overrides import Overrides
from eig_sheets.config import with_sections
from eig_sheets.features.openness.page import published
from eig_sheets.features.openness.page_formats import html_page
from tests.call.report import browser
from tests.workbook.snapshots import EIG5

pytestmark = pytest.mark.newest

DAY = date(2021, 4, 20)
HOSTILE = '</td><script src="https://exemple.invalid/x.js"></script>"onload="x'
VOID = {"meta", "br"}


class Tags(HTMLParser):
    """The tags of a page; fails on one that is not closed where it should be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.seen: list[tuple[str, dict]] = []
        self.feed(text)
        assert not self.opened

    def handle_starttag(self, tag, attributes):
        self.seen.append((tag, dict(attributes)))
        if tag not in VOID:
            self.opened.append(tag)

    def handle_endtag(self, tag):
        assert self.opened.pop() == tag


def page(**algorithm):
    campaign = with_sections(EIG5, {"algorithm": {**EIG5.algorithm.model_dump(), **algorithm}})
    return html_page(published(campaign, Overrides(campaign), DAY))


def test_it_is_one_well_formed_page_that_asks_for_nothing():
    tags = Tags(page()).seen
    names = [name for name, _ in tags]
    assert names.count("h1") == 1
    assert names.count("main") == 1
    assert not {"script", "link", "img", "iframe"} & set(names)
    assert dict(tags)["html"] == {"lang": "fr"}
    labels = [attributes["aria-labelledby"] for name, attributes in tags if name in ("section", "table")]
    assert {*labels} <= {attributes.get("id") for _, attributes in tags}
    assert all(attributes["data-header"] for name, attributes in tags if name == "td")
    assert "url(" not in page()


def test_what_the_configuration_says_stays_text():
    tags = [name for name, _ in Tags(page(purpose=HOSTILE, contact=HOSTILE, decided_by=HOSTILE)).seen]
    assert tags == [name for name, _ in Tags(page()).seen]


@pytest.mark.slow
@pytest.mark.skipif(browser.program() is None, reason=browser.INSTALL)
def test_on_a_phone_nothing_is_wider_than_the_screen(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(page(), encoding="utf-8")
    with browser.launched() as launched:
        for width in (375, 1280):
            opened = browser.Opened(launched, path, viewport={"width": width, "height": 800})
            assert opened.page.evaluate("document.documentElement.scrollWidth") == width
            assert opened.console == []
            assert [address for address in opened.asked if not re.match("file:", address)] == []
