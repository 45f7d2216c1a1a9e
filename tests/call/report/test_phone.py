"""The jury's page on a phone: tables become cards, names are whole, nothing scrolls sideways."""

import pytest

from eig_sheets.call.report.audience import JURY, PRESIDENCY
from tests.call.report.browser import INSTALL, Opened, launched, program
from tests.call.report.reader import Seen
from tests.call.report.support import corrected, everyone_fits, long_names
from tests.effort import first

WIDTH = 375
CUT = """() => [...document.querySelectorAll('table :is(th, td), h3, .plot text')].filter((one) => {
  const box = one.getBoundingClientRect();
  return one.checkVisibility() && !one.closest('thead') && (box.left < 0 || box.right > innerWidth
    || one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflow !== 'visible');
}).map((one) => one.textContent)"""


@pytest.mark.slow
@pytest.mark.skipif(program() is None, reason=INSTALL)
@pytest.mark.parametrize("audience", [JURY, PRESIDENCY], ids=["jury", "presidency"])
def test_tables_are_cards_and_nothing_is_cut(tmp_path, audience):
    campaign, file = long_names(), tmp_path / "rapport.html"
    file.write_text(campaign.page_for(audience), encoding="utf-8")
    with launched() as browser:
        opened = Opened(browser, file, viewport={"width": WIDTH, "height": 800})
        opened.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert opened.page.evaluate("document.documentElement.scrollWidth") == WIDTH
        for table in opened.page.locator(".scroll").all():
            assert table.evaluate("(one) => one.scrollWidth <= one.clientWidth"), table.get_attribute("aria-label")
        assert opened.page.evaluate(CUT) == []
        first = opened.page.locator("table.list tbody tr").first
        assert first.evaluate("(one) => getComputedStyle(one).display") == "grid"
        name = campaign.view.projects[0].name
        assert first.locator("th").inner_text().startswith(name)
        names = opened.page.locator("#g-classement .role-mark text").evaluate_all(
            "(all) => all.map((one) => [...one.childNodes].map((line) => line.textContent).join(' '))"
        )
        assert campaign.view.projects[0].label in names
        opened.context.close()


@pytest.mark.slow
@pytest.mark.skipif(program() is None, reason=INSTALL)
def test_a_window_made_wide_again_has_its_table_again(tmp_path):
    file = tmp_path / "rapport.html"
    file.write_text(corrected(4, places=2).page, encoding="utf-8")
    with launched() as browser:
        opened = Opened(browser, file, viewport={"width": WIDTH, "height": 800})
        assert opened.labels("classement") == []  # names are above the lines
        opened.page.set_viewport_size({"width": 1280, "height": 800})
        assert len(opened.labels("classement")) == 4
        assert opened.style("table.list tbody tr", "display") == "table-row"
        opened.context.close()


@pytest.mark.parametrize(
    ("make", "audience"), first(1, [(corrected, PRESIDENCY), (corrected, JURY), (everyone_fits, PRESIDENCY)])
)
def test_each_cell_of_a_card_says_what_it_is_and_keeps_its_role(make, audience):
    """A style sheet that makes blocks of a table takes away what screen readers know of it: roles give it back."""
    seen = Seen(make().page_for(audience))
    stacked = [table for table in seen.of("table") if "stack" in (table.get("class") or "")]
    assert len(stacked) >= 4
    assert all(table["role"] == "table" for table in stacked)
    cells = [cell for cell in seen.of("td") if cell.get("role")]
    assert cells
    assert all(cell["role"] == "cell" and cell["data-label"] for cell in cells)
    roles = {attributes.get("role") for name, attributes in seen.tags if name in ("thead", "tbody", "tr", "th")}
    assert {"rowgroup", "row", "columnheader", "rowheader"} <= roles
