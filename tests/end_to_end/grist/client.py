"""Grist's own web client in Chromium, as somebody: pages by their names, cells by their columns, what is shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from playwright.sync_api import Browser, Locator, Page

from tests.grist_program import SESSION, login

DESKTOP: Final = {"width": 1440, "height": 900}
PHONE: Final = {"width": 390, "height": 844}
_PATIENCE: Final = 60_000
_UNFOLDED: Final = (
    "((wide) => wide.length === 1 ? wide[0].innerText.trim() : '')"
    "([...document.querySelectorAll('.viewsection_content')].filter(one => one.clientWidth > 100))"
)
"""What the only list or card that is not folded says; nothing while one unfolds and another still folds."""
_QUIET: Final = {
    "userPrefs": {"showGristTour": False, "behavioralPrompts": {"dontShowTips": True, "dismissedTips": []}},
    "userOrgPrefs": {"showGristTour": False, "dismissedWelcomeTourReminder": True},
}
"""No tips and no tours, which cover what they tell of."""
_CUT: Final = (
    "all => all.filter(one => one.scrollWidth > one.clientWidth || one.getBoundingClientRect().right > "
    "one.closest('.column_name').getBoundingClientRect().right).map(one => one.textContent)"
)


class Client:
    """A document that somebody has open."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        page.goto(url)
        self._loaded()

    def _loaded(self) -> None:
        """Wait until Grist shows what it was asked for."""
        self.page.wait_for_selector(
            ".viewsection_content .record, .viewsection_content .g_record_detail", state="attached"
        )
        self.page.wait_for_function("() => !document.querySelector('.test-toast-message')")

    @property
    def pages(self) -> list[str]:
        """The names of the pages that the person has, in their order."""
        return self.page.locator(".test-docpage-label").all_inner_texts()

    def open(self, name: str) -> None:
        """Go to a page; no pointer stays on its name, which a second click would rename."""
        if self.at != name:
            self.page.locator(".test-docpage-label").get_by_text(name, exact=True).click()
        self.page.wait_for_function("name => document.querySelector('.test-bc-page').value === name", arg=name)
        self._loaded()

    @property
    def at(self) -> str:
        """The name of the page that is open."""
        return self.page.locator(".test-bc-page").input_value()

    def widget(self, title: str) -> Locator:
        """A list or a card of the page."""
        named = self.page.locator(".test-widget-title-text").get_by_text(title, exact=True)
        return self.page.locator(".viewsection_content").filter(has=named)

    def cut_headers(self) -> list[str]:
        """The headers of the page of which a part is not shown."""
        found: list[str] = self.page.locator(".test-column-title-text").evaluate_all(_CUT)
        return found

    def rows(self, widget: Locator) -> int:
        """How many whole rows of a list the window shows."""
        count: int = widget.locator(".gridview_row").evaluate_all(
            "all => all.filter(one => one.getBoundingClientRect().bottom <= innerHeight).length"
        )
        return count

    def cell(self, widget: Locator, row: int, header: str) -> Locator:
        """A cell of a list: of its n-th row, under a header."""
        headers = widget.locator(".test-column-title-text").all_inner_texts()
        return widget.locator(".gridview_row .record").nth(row).locator(".field").nth(headers.index(header))

    def column(self, widget: Locator, header: str) -> list[str]:
        """What the list shows under a header, in the rows that the window has."""
        headers = widget.locator(".test-column-title-text").all_inner_texts()
        cells = widget.locator(f".gridview_row .record > .field:nth-of-type({headers.index(header) + 1}) .field_clip")
        return [text.strip() for text in cells.all_inner_texts()]

    def colour(self, widget: Locator, row: int, header: str) -> str:
        """The background of a cell of a list."""
        return self.background(self.cell(widget, row, header))

    def background(self, shown: Locator) -> str:
        """The background of something that is shown."""
        found: str = shown.evaluate("one => getComputedStyle(one).backgroundColor")
        return found

    def description(self, widget: Locator, header: str) -> str:
        """What the sign beside a header tells."""
        named = self.page.locator(".test-column-title-text").get_by_text(header, exact=True)
        widget.locator(".column_name").filter(has=named).locator(".info_toggle_icon").click()
        told = self.page.locator(".test-column-info-tooltip-popup")
        said = told.inner_text()
        self.page.keyboard.press("Escape")
        return said

    def field(self, card: Locator, label: str) -> Locator:
        """A field of a card."""
        named = self.page.locator(".g_record_detail_label").get_by_text(label, exact=True)
        return card.locator(".g_record_detail_el").filter(has=named).locator(".g_record_detail_value")

    def type_in(self, cell: Locator, text: str) -> None:
        """Replace what a cell holds, as people do; keys that are pressed before the editor is there are lost."""
        cell.click()
        self.page.keyboard.press("Enter")
        editor = self.page.locator(".celleditor_text_editor")
        editor.wait_for()
        editor.press("Control+a")
        editor.press_sequentially(text)
        editor.press("Enter")
        editor.wait_for(state="detached")

    def switch(self, cell: Locator) -> None:
        """Turn a switch on."""
        shown = cell.locator(".test-toggle-switch")
        shown.click()
        shown.and_(self.page.locator("[class*=--checked]")).wait_for()

    def turn_to(self, title: str) -> None:
        """On a phone, bring out a list or a card that the other one beside it folds."""
        shown: str = self.page.wait_for_function(_UNFOLDED).json_value()
        if not shown.startswith(title):
            self.widget(title).click()
            self.page.wait_for_function(f"title => {_UNFOLDED}.startsWith(title)", arg=title)

    def saved(self) -> None:
        """Wait until the server has all that was typed."""
        self.page.wait_for_function("() => !window.gristApp || window.gristApp.testNumPendingApiRequests() === 0")

    def choose(self, cell: Locator, word: str) -> None:
        """Choose one of the words that a cell offers."""
        cell.click()
        self.page.keyboard.press("Enter")
        self.page.locator(".test-autocomplete li, .cell_editor li").get_by_text(word, exact=True).first.click()
        self.page.wait_for_function("() => !document.querySelector('.celleditor_text_editor')")


@contextmanager
def opened(browser: Browser, server: Any, document: str, person: str, **look: Any) -> Iterator[Client]:
    """The document open in a browser of that person, in French."""
    context = browser.new_context(**{"viewport": DESKTOP, "locale": "fr-FR", **look})
    context.set_default_timeout(_PATIENCE)
    session = login(server.url, person)
    context.add_cookies([{"name": SESSION, "value": session.cookies[SESSION], "url": server.url}])
    headers = {"X-Requested-With": "XMLHttpRequest"}
    session.patch(f"{server.url}/api/orgs/current", json=_QUIET, headers=headers, timeout=60).raise_for_status()
    try:
        yield Client(context.new_page(), f"{server.url}/{document}")
    finally:
        context.close()
