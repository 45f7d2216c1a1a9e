"""A page that follows a meeting, in a real browser: it loads itself again, and leaves its reader where they are."""

from datetime import datetime

import pytest

from eig_sheets.call.report.html import assets, page
from eig_sheets.call.report.live import RELOAD_SECONDS, Live
from tests.call.report.browser import INSTALL, Opened, launched, program
from tests.call.report.support import corrected

AT = datetime(2021, 5, 4, 14, 32)
LATER = AT.replace(minute=33)


@pytest.fixture(scope="module")
def campaign():
    return corrected()


@pytest.mark.slow
@pytest.mark.skipif(program() is None, reason=INSTALL)
def test_it_loads_itself_again_and_its_reader_stays_in_place(campaign, tmp_path):
    file = tmp_path / "seance.html"
    shown, told = page(campaign.view, assets(), Live(AT)), f'data-seconds="{RELOAD_SECONDS}"'
    assert told in shown
    file.write_text(shown.replace(told, 'data-seconds="3"'), encoding="utf-8")
    with launched() as browser:
        opened = Opened(browser, file)
        opened.page.select_option("#tri", "name")
        opened.page.locator("details").first.locator("summary").click()
        opened.page.evaluate("window.scrollTo(0, 900)")
        order = opened.numbers(".list tbody tr")
        file.write_text(page(campaign.view, assets(), Live(LATER)), encoding="utf-8")
        opened.page.locator("#direct", has_text="33").wait_for(timeout=3_000 * RELOAD_SECONDS)
        opened.page.wait_for_load_state("networkidle")
        assert opened.page.input_value("#tri") == "name"
        assert opened.numbers(".list tbody tr") == order
        assert opened.page.locator("details").first.get_attribute("open") is not None
        assert opened.page.evaluate("window.scrollY") == 900
        assert opened.console == []
        assert {*opened.asked} == {file.as_uri()}


@pytest.mark.slow
def test_each_state_has_its_sentence_and_an_ended_page_stays(campaign):
    said = {
        Live(AT): "À jour à 14\u202fh\u202f32.",
        Live(
            AT, "Réseau coupé."
        ): "Dernier état lu à 14\u202fh\u202f32\u202f: le classeur ne peut plus être lu. Réseau coupé.",
        Live(AT, ended=True): "Séance terminée\u202f: état lu à 14\u202fh\u202f32. Cette page ne change plus.",
    }
    for live, sentence in said.items():
        text = page(campaign.view, assets(), live)
        assert f'data-seconds="{0 if live.ended else RELOAD_SECONDS}" role="status">{sentence}</p>' in text


def test_any_other_page_has_nothing_of_it(campaign):
    assert assets().live not in campaign.page
    assert 'id="direct"' not in campaign.page
