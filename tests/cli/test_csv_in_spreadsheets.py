"""The CSV that commands print holds no formula for LibreOffice, whatever its separator, and gives the texts back."""

import csv
import io
import re
from pathlib import Path

import openpyxl
import pytest

from tests.columns import cell_of
from tests.people_cells import type_in
from tests.spreadsheet import libreoffice

pytestmark = [
    pytest.mark.in_memory,
    pytest.mark.skipif(libreoffice.program() is None, reason=libreoffice.INSTALL),
]
TEXTS = ("=1+1", "foo;=cmd|' /C calc'!A0", 'a,"=2+2', "a\n=3+3;=4", "\t=5+5", "+33 1; @x", "'=6", 'x";=7+7;"', "-1\t-2")
PATTERN = re.search(
    r"```python\n(.*?)```",
    (Path(__file__).parents[2] / "docs" / "commandes.fr.md").read_text(encoding="utf-8"),
    re.DOTALL,
)[1]


@pytest.fixture
def printed(demo) -> str:
    """A CSV with such a text in each of several cells."""
    for row, text in enumerate(TEXTS, 4):
        type_in(demo.workbook, "Candidatures", cell_of("candidatures", "projet", row), text)
    return demo.run("rank", "--format", "csv").out


def formulas(text, separator, tmp_path):
    """The formulas that LibreOffice makes of a CSV, asked to evaluate them."""
    source = tmp_path / "a.csv"
    source.write_text(text, encoding="utf-8", newline="")
    options = f"CSV:{ord(separator)},34,76,1,,0,false,true,false,false,false,0,true"
    made = libreoffice.convert(source, "xlsx", tmp_path, profile=tmp_path / "profile", options=options)
    cells = [cell for row in openpyxl.load_workbook(made).active.iter_rows() for cell in row]
    assert len(cells) > 30
    return [cell.value for cell in cells if cell.data_type == "f"]


@pytest.mark.slow
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_libreoffice_sees_no_formula(printed, separator, tmp_path):
    assert formulas(printed, separator, tmp_path) == []


@pytest.mark.slow
def test_libreoffice_would_see_them(tmp_path):
    assert len(formulas("a;b\n" + "x;=1+1\n" * 20, ";", tmp_path)) == 20


def test_what_documentation_says_gives_the_texts_back(printed):
    read = {"re": re}
    exec(PATTERN, read)
    cells = [read["text_of"](row["project"]) for row in csv.DictReader(io.StringIO(printed, newline=""))]
    assert {text.strip() for text in TEXTS} <= {*cells}
