"""The jury's page on paper: A4, 30 projects in at most eight pages of which none is half empty, no card cut."""

import re
import subprocess

import pytest

from eig_sheets.call.report.audience import JURY, PRESIDENCY
from tests.call.report.browser import INSTALL, Opened, launched, program
from tests.call.report.support import corrected, long_names
from tests.effort import spread

pytestmark = pytest.mark.skipif(program() is None, reason=INSTALL)


@pytest.fixture(scope="module")
def browser():
    with launched() as launched_browser:
        yield launched_browser


def opened_page(browser, folder, campaign, audience=JURY):
    file = folder / "rapport.html"
    file.write_text(campaign.page_for(audience), encoding="utf-8")
    return Opened(browser, file, color_scheme="dark")


def filled(pdf, number):
    """How far down a page something is printed above its foot, from 0 to 1: its grey picture, row by row."""
    page = ["-f", str(number), "-l", str(number)]
    picture = subprocess.run(["pdftoppm", "-r", "20", "-gray", *page, pdf], capture_output=True, check=True).stdout
    size = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", picture)
    width, height = int(size[1]), int(size[2])
    pixels = picture[size.end() :]
    foot = int(height * 0.94)
    inked = [row for row in range(foot) if min(pixels[row * width : (row + 1) * width]) < 250]
    return max(inked) / foot


@pytest.mark.slow
def test_it_prints_on_a4_without_cutting_a_card(browser, tmp_path):
    campaign = corrected(envelope=150_000.0)
    opened, pdf = opened_page(browser, tmp_path, campaign), tmp_path / "rapport.pdf"
    pages = opened.printed(pdf)
    about = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Page size: .*\(A4\)", about)
    for number, page in enumerate(pages, 1):
        assert re.search(rf"\b{number} ?/ ?{len(pages)}\b", page)
        assert "Réservé au jury" in page
    everything = " ".join(pages)
    assert all(variation.label.replace("\u202f", " ") in everything for variation in campaign.view.sensitivity.moving)
    for project in campaign.view.projects:
        [holding] = [page for page in pages if f"dossier {project.numero}" in page]
        assert all(vote.comment in holding for vote in project.votes)
    assert "Trier par" not in everything
    opened.context.close()


OF_A_LENGTH = [
    (long_names, JURY), (long_names, PRESIDENCY),
    (lambda: corrected(30, places=20), PRESIDENCY), (lambda: corrected(30, places=20), JURY),
    (lambda: corrected(10, places=4), JURY), (lambda: corrected(10, places=4), PRESIDENCY),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("make", "audience"), spread(3, OF_A_LENGTH))
def test_thirty_projects_are_at_most_eight_pages_and_none_is_half_empty(browser, tmp_path, make, audience):
    campaign = make()
    opened, pdf = opened_page(browser, tmp_path, campaign, audience), tmp_path / "rapport.pdf"
    pages = opened.printed(pdf)
    assert len(pages) <= 8
    assert min(filled(pdf, number) for number in range(1, len(pages) + 1)) > 0.5
    assert opened.page.evaluate("document.body.style.zoom") == ""  # the screen keeps its size
    for project in campaign.view.projects:
        assert any(f"dossier {project.numero}" in page for page in pages), project.numero
    opened.context.close()


@pytest.mark.slow
def test_what_paper_leaves_to_the_screen_is_said(browser, tmp_path):
    opened = opened_page(browser, tmp_path, corrected(3, places=1))
    said = "un texte long s’arrête à « … »"
    assert said not in opened.page.inner_text("body").replace("\u202f", " ")
    assert said in " ".join(" ".join(opened.printed(tmp_path / "rapport.pdf")).split())
    opened.context.close()
