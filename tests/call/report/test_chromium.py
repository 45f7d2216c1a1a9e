"""The jury's page in a real browser: it asks nothing, sorts and filters by keyboard, has two themes, prints."""

import subprocess

import pytest

from eig_sheets.call.report.audience import PRESIDENCY, one_juror
from tests.call.report.browser import INSTALL, Opened, launched, program
from tests.call.report.support import CASES, case, corrected, drawn, rules
from tests.effort import first, spread

pytestmark = pytest.mark.skipif(program() is None, reason=INSTALL)


@pytest.fixture(scope="module")
def browser():
    with launched() as launched_browser:
        yield launched_browser


@pytest.fixture(scope="module")
def campaign():
    return corrected(envelope=150_000.0)


@pytest.fixture(scope="module")
def path(campaign, tmp_path_factory):
    file = tmp_path_factory.mktemp("report") / "rapport-jury.html"
    file.write_text(campaign.page, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def presidency(campaign, tmp_path_factory):
    """The page of the presidency, which has one plot and one table more."""
    file = tmp_path_factory.mktemp("report") / "rapport-presidence.html"
    file.write_text(campaign.page_for(PRESIDENCY), encoding="utf-8")
    return file


@pytest.fixture
def opened(browser, path):
    page = Opened(browser, path)
    yield page
    page.context.close()


@pytest.mark.parametrize("name", first(1, spread(5, CASES)))
def test_it_renders_says_nothing_and_asks_nothing(browser, tmp_path, name):
    call = CASES[name]()
    file = tmp_path / "page.html"
    file.write_text(call.page, encoding="utf-8")
    opened = Opened(browser, file)
    assert opened.console == []
    assert opened.asked == [file.as_uri()]
    places = opened.page.locator(".plot")
    for place in range(places.count()):
        assert places.nth(place).locator("svg").count() == 1
        assert places.nth(place).bounding_box()["height"] > 40
    opened.context.close()


@pytest.mark.slow
def test_the_page_of_a_juror_who_steps_aside_renders_sorts_and_prints(browser, tmp_path):
    dossiers, jurors, given = drawn(12)
    given = [row for row in given if (row["numero"], row["jure"]) != ("1000", "ada@jury.example")]
    call = case(dossiers, [jurors[0] | {"deports": "1000"}, *jurors[1:]], given, rules(campaign={"target": 5}))
    file = tmp_path / "page.html"
    file.write_text(call.page_for(one_juror(call.reading, "ada@jury.example")), encoding="utf-8")
    opened = Opened(browser, file)
    assert (opened.console, opened.asked) == ([], [file.as_uri()])
    assert opened.page.locator("#g-desaccords svg").count() == 1
    shown = opened.numbers(".card")
    assert len(shown) == 11
    assert opened.numbers("#t-dossiers ~ div tbody tr") == shown
    opened.page.select_option("#tri", "name")
    assert opened.numbers(".card") == sorted(shown, key=int)
    text = "".join(opened.printed(tmp_path / "page.pdf"))
    assert "Rapport pour Ada" in text
    assert "1000" not in text
    opened.context.close()


@pytest.mark.slow
def test_plots_show_every_project_and_the_line(opened, campaign):
    labels = [project.label for project in campaign.view.projects]
    assert opened.labels("classement") == opened.labels("desaccords") == labels
    assert "Ligne\u202f: 5 places" in opened.page.locator("#g-classement").text_content()
    assert "Enveloppe\u202f: 150\u202f000\u202f€" in opened.page.locator("#g-cofinancement").text_content()


@pytest.mark.slow
def test_a_screen_reader_reads_each_mark(opened, campaign):
    place = opened.page.locator("#g-classement")
    assert place.get_attribute("role") == "graphics-document"
    assert place.get_attribute("aria-label").startswith("Rang attendu de chaque dossier")
    told = place.locator("[aria-label]").evaluate_all("(marks) => marks.map((mark) => mark.getAttribute('aria-label'))")
    assert len(told) == len(campaign.view.projects)
    for text, project in zip(told, campaign.view.projects, strict=True):
        assert text.startswith(f"{project.name}. Rang attendu")
    opened.page.wait_for_function("!document.querySelector('.plot [aria-roledescription]')")
    described = opened.page.locator("[aria-roledescription]")
    assert {described.nth(at).get_attribute("aria-roledescription") for at in range(described.count())} == {"graphique"}


@pytest.mark.slow
def test_zones_filter_by_keyboard(opened, campaign):
    opened.page.locator("input[name=zone]").first.focus()
    opened.page.keyboard.press("ArrowRight")
    opened.page.keyboard.press("ArrowRight")
    wanted = [project for project in campaign.view.projects if project.zone == "deliberation"]
    assert 0 < len(wanted) < 12
    assert opened.numbers(".card") == [project.numero for project in wanted]
    assert opened.labels("classement") == opened.labels("desaccords") == [project.label for project in wanted]
    assert opened.page.locator("#compte").text_content().startswith(str(len(wanted)))
    opened.page.keyboard.press("ArrowLeft")
    opened.page.keyboard.press("ArrowLeft")
    assert len(opened.numbers(".card")) == 12


SORTS = {
    "expected": lambda project, view: project.expected_rank,
    "closeness": lambda project, view: abs(project.expected_rank - view.line),
    "spread": lambda project, view: -project.stdev,
    "name": lambda project, view: int(project.name.split()[1]),
}


@pytest.mark.slow
@pytest.mark.parametrize("key", SORTS)
def test_projects_are_sorted_by_keyboard(opened, campaign, key):
    view, select = campaign.view, opened.page.locator("#tri")
    select.focus()
    while select.input_value() != key:
        opened.page.keyboard.press("ArrowDown")
    ordered = sorted(view.projects, key=lambda project: SORTS[key](project, view))
    assert ordered != list(view.projects)
    assert opened.numbers(".card") == [project.numero for project in ordered]
    assert opened.numbers("table.heat tbody tr") == [project.numero for project in ordered]
    assert opened.labels("classement") == opened.labels("desaccords") == [project.label for project in ordered]


@pytest.mark.slow
def test_everything_that_acts_is_reached_by_tab_and_shows_it(opened):
    reached = []
    for _ in range(60):
        opened.page.keyboard.press("Tab")
        boxes = opened.page.evaluate(
            "() => { const one = document.activeElement; return [one.id || one.name || one.tagName,"
            " getComputedStyle(one).outlineStyle]; }"
        )
        reached.append(boxes)
    names = [name for name, _ in reached]
    assert names[0] == "A"  # the way past the header
    assert {"zone", "tri", "SUMMARY"} <= set(names)
    assert {outline for name, outline in reached if name != "BODY"} <= {"solid", "auto"}


@pytest.mark.slow
def test_hovering_tells_and_clicking_opens_the_card(opened, campaign):
    first = campaign.view.projects[0]
    mark = opened.page.locator(f"#g-classement [aria-label^='{first.name}. Rang attendu']").last
    mark.hover()
    bubble = opened.page.locator("#bulle")
    assert bubble.is_visible()
    assert bubble.locator("p").first.text_content() == first.name
    opened.page.keyboard.press("Escape")
    assert not bubble.is_visible()
    mark.click()
    box = opened.page.locator(f".card[data-n='{first.numero}']").bounding_box()
    assert 0 <= box["y"] < 400


@pytest.mark.slow
@pytest.mark.parametrize(("scheme", "paper"), [("dark", "rgb(21, 25, 38)"), ("light", "rgb(255, 255, 255)")])
def test_it_follows_the_theme_plots_included(browser, path, scheme, paper):
    opened = Opened(browser, path, color_scheme=scheme)
    assert opened.style("body", "backgroundColor") == paper
    ink = opened.style("body", "color")
    assert opened.style("#g-classement .role-axis-label text", "fill") == ink
    opened.context.close()


@pytest.mark.slow
@pytest.mark.parametrize("width", [375, 1280])
def test_a_link_leads_to_its_card_however_far(browser, tmp_path, width):
    file = tmp_path / "page.html"
    file.write_text(case(*drawn(40), rules(campaign={"target": 20})).page, encoding="utf-8")
    opened = Opened(browser, file, viewport={"width": width, "height": 800}, reduced_motion="no-preference")
    link = opened.page.locator("table a[href^='#d-']").last
    card = opened.page.locator(f".card{link.get_attribute('href')}")
    link.click()
    opened.page.wait_for_timeout(1500)  # longer than what a browser that scrolls smoothly takes
    assert 0 <= card.bounding_box()["y"] < 200
    opened.context.close()


@pytest.mark.slow
@pytest.mark.parametrize("width", spread(2, [320, 400, 768, 1280]))
def test_nothing_overflows_a_narrow_screen(browser, presidency, width):
    opened = Opened(browser, presidency, viewport={"width": width, "height": 900})
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    for name in ("classement", "desaccords", "severite", "cofinancement"):
        box = opened.page.locator(f"#g-{name} svg").bounding_box()
        assert box["x"] + box["width"] <= width
        titles = opened.page.locator(f"#g-{name} .role-axis-title text, #g-{name} .role-axis-label text")
        for place in range(titles.count()):
            words = titles.nth(place).bounding_box()
            assert box["x"] <= words["x"] + 1, titles.nth(place).text_content()
            assert words["x"] + words["width"] <= width, titles.nth(place).text_content()
    opened.context.close()


@pytest.mark.slow
def test_tables_that_are_not_of_dossiers_are_left_whole(opened, campaign):
    """Sorting and filtering touch the lists of dossiers alone."""
    opened.page.locator("input[name=zone]").last.check()
    for section, count in (("jures", 6), ("essais", len(campaign.view.sensitivity.moving))):
        rows = opened.page.locator(f"section[aria-labelledby=t-{section}] tbody tr")
        assert rows.evaluate_all("(rows) => rows.map((row) => row.hidden)") == [False] * count


@pytest.mark.slow
def test_what_hangs_on_little_leads_to_the_cards(opened, campaign):
    moved = campaign.view.sensitivity.moving[0].enters[0]
    opened.page.locator("section[aria-labelledby=t-essais] a").first.press("Enter")
    card = opened.page.locator(f".card[data-n='{moved.numero}']")
    assert 0 <= card.bounding_box()["y"] < 400


@pytest.mark.slow
def test_without_javascript_the_tables_say_it_all(browser, path, campaign):
    opened = Opened(browser, path, java_script_enabled=False)
    assert "Sans JavaScript" in opened.page.inner_text("body")
    shown = opened.page.inner_text("table >> nth=0")
    assert all(project.name in shown for project in campaign.view.projects)
    assert not opened.page.locator("#outils").is_visible()
    opened.context.close()


@pytest.mark.slow
def test_the_presidency_s_page_shows_jurors_and_is_marked_on_paper(browser, presidency, tmp_path, campaign):
    opened = Opened(browser, presidency)
    assert opened.console == []
    assert opened.page.locator("#g-severite svg").count() == 1
    rows = opened.page.locator("section[aria-labelledby=t-jures] tbody tr")
    assert rows.count() == 6
    assert rows.first.is_visible()
    pdf = tmp_path / "rapport.pdf"
    opened.page.pdf(path=pdf, prefer_css_page_size=True)
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    assert text.count("Réservé à la présidence du jury") == 1 + text.count("\f")  # on every page, and in the notice
    assert all(juror.verdict in " ".join(text.split()) for juror in campaign.view_for(PRESIDENCY).jurors)
    opened.context.close()


@pytest.mark.slow
def test_a_page_of_many_projects_goes_by_fifties(browser, tmp_path):
    call = case(*drawn(120), rules(campaign={"target": 60}))
    file = tmp_path / "page.html"
    file.write_text(call.page, encoding="utf-8")
    opened = Opened(browser, file)
    labels = [project.label for project in call.view.projects]
    assert opened.labels("classement") == labels[50:100]  # those around the last place
    opened.page.locator("#p-classement button").last.press("Enter")
    assert opened.labels("classement") == labels[100:]
    assert opened.page.locator("#p-classement span").text_content() == "101 à 120 sur 120"
    assert len(opened.numbers(".card")) == 120
    opened.context.close()
