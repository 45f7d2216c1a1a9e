"""The jury's page before axe-core, which knows the rules of WCAG: it finds nothing, however the page is looked at."""

from collections import Counter
from datetime import datetime

import pytest

from eig_sheets.call.report.audience import PRESIDENCY
from eig_sheets.call.report.html import assets, page
from eig_sheets.call.report.live import Live
from tests.call.report.browser import INSTALL, Opened, launched, program
from tests.call.report.reader import Seen
from tests.call.report.support import CASES, Case, case, corrected, drawn, rules
from tests.effort import first, spread

AT = datetime(2021, 5, 4, 14, 32)


def with_unranked() -> Case:
    """A campaign with a dossier that nobody scored."""
    dossiers, jurors, given = drawn(8)
    return case(dossiers, jurors, [row for row in given if row["numero"] != "1000"], rules(campaign={"target": 3}))


PAGES = {
    "jury": lambda: with_unranked().page,
    "presidency": lambda: corrected().page_for(PRESIDENCY),
    "meeting": lambda: page(corrected().view, assets(), Live(AT)),
    "meeting in trouble": lambda: page(with_unranked().view, assets(), Live(AT, "Réseau coupé.")),
}


WITHOUT_TIMERS = "for (let id = setTimeout(() => {}, 0); id > 0; id -= 1) clearTimeout(id);"
"""That of a meeting loads itself again every few seconds, even while axe, on a busy machine, still looks at it."""


@pytest.mark.slow
@pytest.mark.skipif(program() is None, reason=INSTALL)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(tmp_path, name):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is missing")
    file = tmp_path / "page.html"
    file.write_text(PAGES[name](), encoding="utf-8")
    with launched() as browser:
        for width, scheme in spread(2, [(375, "light"), (375, "dark"), (1280, "dark"), (1280, "light")]):
            opened = Opened(browser, file, viewport={"width": width, "height": 900}, color_scheme=scheme)
            opened.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            opened.page.evaluate(WITHOUT_TIMERS)
            audit = axe.Axe().run(opened.page).response
            assert audit["passes"], "axe looked at something"
            assert [(violation["id"], violation["nodes"][0]["html"]) for violation in audit["violations"]] == [], (
                width,
                scheme,
            )
            opened.context.close()


@pytest.mark.parametrize("make", first(1, [with_unranked, *CASES.values()]))
def test_each_landmark_has_a_name_of_its_own(make):
    """What axe calls landmark-unique, from the text of the page alone."""
    seen = Seen(make().page)
    ids = [attributes["id"] for tag, attributes in seen.tags if tag == "h2" and attributes.get("id")]
    titles = dict(
        zip(ids, [text for tag, text in seen.texts if tag == "h2"][1:], strict=True)
    )  # the notice's has no id
    landmarks = [
        attributes.get("aria-label") or titles[attributes["aria-labelledby"]]
        for tag, attributes in seen.tags
        if tag in ("section", "aside", "form") or attributes.get("role") == "region"
    ]
    assert all(landmarks)
    assert [name for name, count in Counter(landmarks).items() if count > 1] == []
