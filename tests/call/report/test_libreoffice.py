"""LibreOffice opens the minutes and prints them as they are meant to be."""

import re
import subprocess

import pytest

from tests.call.report.support import case, disjoint, drawn, rules
from tests.spreadsheet import libreoffice

pytestmark = pytest.mark.skipif(libreoffice.program() is None, reason=libreoffice.INSTALL)


@pytest.fixture(scope="module")
def profile(tmp_path_factory):
    return tmp_path_factory.mktemp("libreoffice")


def pages(document, folder, profile):
    """The text of each page, and what is known of the paper."""
    source = folder / "proces-verbal.docx"
    source.write_bytes(document)
    pdf = libreoffice.convert(source, "pdf", folder, profile=profile)
    about = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    return [page.replace("\u202f", " ") for page in text.split("\f")[:-1]], about


@pytest.mark.slow
def test_the_minutes_of_many_projects(tmp_path, profile):
    rows = drawn(60)
    rows[0][0].update(decision="Lauréat", motif="Besoin avéré, équipe prête")
    call = case(*rows, rules(campaign={"target": 20}))
    printed, about = pages(call.document, tmp_path, profile)
    assert re.search(r"Page size: .*\(A4\)", about)
    assert 5 <= len(printed) <= 9
    for number, page in enumerate(printed, 1):
        assert f"page {number} / {len(printed)}" in page
    text = "\n".join(printed)
    for placed in call.minutes.placed:
        assert placed.name in text
    assert call.minutes.digest in re.sub(r"\s", "", text)
    assert "Besoin avéré, équipe prête" in text
    (signed,) = (page for page in printed if "Signature :" in page)
    assert "Fait à" in signed  # the whole of it on one page
    assert re.findall(r"^(?:\d+\.|Annexe\.) [^\n]*", "\n".join(printed).partition("Signature :")[2], re.MULTILINE) == [
        f"Annexe. {annex.title}" for annex in call.minutes.annexes
    ]
    assert sum("attendu" in page for page in printed) >= 2  # the headers of the ranking come again on its next page


@pytest.mark.slow
def test_the_minutes_of_an_uncorrected_ranking(tmp_path, profile):
    printed, _ = pages(disjoint().document, tmp_path, profile)
    assert "Pas de classement corrigé" in "\n".join(printed)
