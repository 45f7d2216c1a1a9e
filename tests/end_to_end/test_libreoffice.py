"""LibreOffice prints the synchronised demo, saves it again, and eig-sheets finds the same campaign in it."""

import re
import shutil
import subprocess

import pytest

from tests.columns import CRITERIA, cell_of
from tests.people_cells import people, type_in
from tests.program import Campaign
from tests.spreadsheet import libreoffice
from tests.spreadsheet.xlsx.opc import load, visible_sheets

pytestmark = pytest.mark.slow

BANNER = "Campagne de démonstration : notes fictives, décisions fictives, personnes fictives"


@pytest.fixture(scope="module")
def profile(tmp_path_factory):
    """LibreOffice's profile of this worker."""
    return tmp_path_factory.mktemp("libreoffice")


def said(campaign: Campaign):
    return {name: campaign.run(name, "--format", "json").records for name in ("check", "rank", "cofinancing")}


def save_again(campaign: Campaign, profile) -> None:
    """Opened and saved by LibreOffice, in place."""
    saved = libreoffice.convert(campaign.workbook, "xlsx", campaign.folder / "lo", profile=profile)
    shutil.move(saved, campaign.workbook)


@pytest.fixture(scope="module")
def pages(finished_demo, profile, tmp_path_factory):
    """The text of each page that LibreOffice prints."""
    folder = tmp_path_factory.mktemp("pdf")
    pdf = libreoffice.convert(Campaign(finished_demo).workbook, "pdf", folder, profile=profile)
    assert shutil.which("pdftotext"), libreoffice.INSTALL
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, encoding="utf-8", check=True).stdout
    return [page.replace("\u202f", " ") for page in text.split("\f")[:-1]]


def test_every_tab_is_printed_under_its_banner(pages, finished_demo):
    foot = [re.search(r"(\S.*?)\s{3,}(?:⚠.*\s{3,})?page (\d+) / (\d+)\s*$", page) for page in pages]
    assert [int(found[2]) for found in foot] == list(range(1, len(pages) + 1))
    first_pages = {}
    for found, page in zip(foot, pages, strict=True):
        first_pages.setdefault(found[1], page)
    assert list(first_pages) == visible_sheets(load(Campaign(finished_demo).workbook))
    assert {"Accueil", "Classement", "Cofinancement", "Anomalies"} < set(first_pages)
    assert [name for name, page in first_pages.items() if BANNER not in " ".join(page.split())] == []


def test_few_pages_and_no_empty_one(pages):
    assert 20 < len(pages) < 50
    assert [number for number, page in enumerate(pages, 1) if len(page.split()) < 25] == []
    assert not any("####" in page for page in pages)


def test_pages_are_in_french(pages):
    text = "\n".join(pages)
    for words in (
        "Le robot synchronise normalement.",
        "Évaluations complètes",
        "BatID",
        "Liste d’attente",
        "Non classé : inéligible",
        "Si ce sont deux projets, corrigez le numéro",
        "L’équipe du programme Entrepreneurs d’intérêt général",
    ):
        assert words in text
    assert not re.search(r"#(?:REF|NAME|VALUE|N/A|DIV)|\bErr:\d|\bnan\b|None\b", text)


def test_saved_again_it_is_the_same_campaign_and_nothing_is_written(demo, profile):
    before = said(demo)
    for _ in range(2):
        save_again(demo, profile)
        assert said(demo) == before
        written = demo.bytes
        done = demo.run("sync", "--dry-run", "--format", "json")
        assert (done.code, done.records) == (0, [])
        assert demo.run("sync").code == 0
        assert demo.run("init").code == 0
        assert demo.bytes == written


def test_a_score_changed_in_libreoffice_and_the_ranking_follows(demo, profile):
    for criterion in CRITERIA:
        type_in(demo.workbook, "Évaluations", cell_of("evaluations", criterion, 83), 1)
    save_again(demo, profile)
    before = people(demo.workbook)
    assert demo.run("sync").code == 0
    after = people(demo.workbook)
    assert before.lost(after) == []
    assert (before.added(after), before.order) == (set(), after.order)
    assert demo.run("rank", "--format", "json").records[0]["dossier"] == "3716741"
    synchronised = demo.bytes
    save_again(demo, profile)
    changes = demo.run("sync", "--dry-run", "--format", "json").records
    assert changes == []
    assert before.lost(people(demo.workbook), looks=False) == []
    assert demo.bytes != synchronised
