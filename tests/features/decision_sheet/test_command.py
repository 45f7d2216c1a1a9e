"""`decision-sheet` on the demonstration: the file that it makes, what it refuses, what LibreOffice prints of it."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.call.report.minutes.test_document import read, table
from tests.columns import cell_of, column_of
from tests.people_cells import type_in
from tests.spreadsheet import libreoffice

pytestmark = pytest.mark.newest


def decisions(demo):
    """What is typed as a decision, by the cell."""
    column = column_of("candidatures", "decision")
    (tab,) = (tab for tab in demo.read().tabs if tab.name == "Candidatures")
    typed = {number: row[column] for number, row in enumerate(tab.rows, 1) if number > 2 and len(row) > column}
    return {cell_of("candidatures", "decision", number): word for number, word in typed.items() if word}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_sheet_says_what_people_decided_and_the_workbook_is_as_it_was(demo, folder):
    before = demo.read()
    done = demo.run("decision-sheet")
    assert (done.code, demo.read()) == (0, before)
    assert str(folder / "fiche-decision.docx") in done.err
    _, tables = read((folder / "fiche-decision.docx").read_bytes())
    (laureates, *_) = (rows for rows in tables if rows[0][:2] == ["Rang", "N°"])
    assert len(laureates) - 1 == [*decisions(demo).values()].count("Lauréat")
    settling = table(tables, ["Où", "Quoi"])[1:]
    assert f"{len(settling)} points à régler" in done.err.replace("\u202f", " ")


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [(("--to", "fiche.pdf"), 2, "doit se terminer par .docx"), (("--to", "absent/fiche.docx"), 1, "absent")],
)
def test_a_file_that_cannot_be_made_is_refused(demo, folder, options, code, said):
    done = demo.run("decision-sheet", *options)
    assert done.code == code
    assert said in done.err
    assert [*folder.glob("*.docx")] == []


def test_before_any_decision_there_is_no_sheet_and_the_column_is_named(demo, folder):
    for cell in decisions(demo):
        type_in(demo.workbook, "Candidatures", cell, None)
    done = demo.run("decision-sheet")
    assert done.code == 1
    assert "en « Décision », dans Candidatures" in done.err.replace("\u202f", " ")
    assert [*folder.glob("*.docx")] == []


@pytest.mark.slow
@pytest.mark.skipif(libreoffice.program() is None, reason=libreoffice.INSTALL)
def test_libreoffice_prints_it_with_the_signature_on_one_page(demo, folder):
    demo.run("decision-sheet")
    pdf = libreoffice.convert(folder / "fiche-decision.docx", "pdf", folder, profile=folder / "profile")
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    pages = text.replace("\u202f", " ").split("\f")[:-1]
    assert 2 <= len(pages) <= 4
    (signed,) = (page for page in pages if "Signature :" in page)
    assert "☐ J’approuve cette liste." in signed
    assert re.search(r"\b[0-9a-f]{64}\b", signed)


def test_a_sheet_that_somebody_completed_is_never_replaced(demo, folder):
    assert [demo.run("decision-sheet").code for _ in range(2)] == [0, 0]
    path = folder / "fiche-decision.docx"
    path.write_bytes(signed := path.read_bytes() + b"signed")
    done = demo.run("decision-sheet")
    assert (done.code, path.read_bytes()) == (1, signed)
    assert "--to" in done.err
