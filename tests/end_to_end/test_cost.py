"""What a person can paste costs less than a gigabyte and twenty seconds, or is refused with a sentence.

Measured on programs of their own, which may take 1 GiB; seconds are of the processor, whatever else the machine does.
"""

import os
import subprocess

import pytest

from tests.program import command_line, environment
from tests.workbook.xlsx.books import packed, unpacked

pytestmark = pytest.mark.slow
MOST_KIB, MOST_SECONDS = 1 << 20, 20
JUROR = "alix.ventadour@exemple.invalid"


def cells(number, *values):
    inside = "".join(
        f'<c r="{column}{number}" t="str"><v>{value}</v></c>' for column, value in values if value is not None
    )
    return f'<row r="{number}">{inside}</row>'


def again(number):
    return cells(number, ("A", "3712146"), ("B", JUROR), ("C", "3"), ("D", "3"), ("E", "3"), ("F", "3"), ("G", "3"))


def junk(number):
    return cells(number, ("A", f"x{number}"), ("B", f"j{number}@x.fr"), ("C", "x"))


PASTED = {
    "one juror and dossier ten thousand times": ("Évaluations", 10_000, again),
    "one dossier ten thousand times": ("Candidatures", 10_000, lambda row: cells(row, ("A", "3712146"), ("C", "x"))),
    "the last column of twenty thousand rows": (
        "Évaluations",
        20_000,
        lambda row: cells(row, ("A", "x"), ("XFD", "y")),
    ),
    "two hundred thousand rows of junk": ("Évaluations", 200_000, junk),
    "a million rows of junk": ("Évaluations", 1_000_000, junk),
    "a million cells beside the table": ("Évaluations", 1_000_000, lambda row: cells(row, ("T", "x"))),
    "ten thousand dossiers of junk": ("Candidatures", 10_000, lambda row: cells(row, ("A", f"9{row}"), ("B", "hier"))),
    "a hundred thousand settings": ("Paramètres", 100_000, lambda row: cells(row, ("A", f"s{row}"), ("B", "3"))),
    "one cell of 150 megabytes": (
        "Évaluations",
        1,
        lambda row: cells(row, ("A", "0123456789" * 15_000_000)),
    ),
}


def paste(demo, tab, count, row):
    """Add rows to a tab, as a spreadsheet program saves them."""
    parts = unpacked(demo.workbook)
    names = [found.name for found in demo.read().tabs]
    part = f"xl/worksheets/sheet{names.index(tab) + 1}.xml"
    first = 1 + parts[part].count(b"<row ")
    rows = "".join(row(number) for number in range(first, first + count)).encode()
    parts[part] = parts[part].replace(b"</sheetData>", rows + b"</sheetData>")
    demo.workbook.write_bytes(packed(parts))


@pytest.mark.parametrize("case", PASTED)
def test_what_is_pasted(demo, case, tmp_path):
    paste(demo, *PASTED[case])
    before = demo.workbook.read_bytes()
    with (tmp_path / "said").open("w+", encoding="utf-8") as told:
        running = subprocess.Popen(
            ["sh", "-c", f'ulimit -v {3 * MOST_KIB}; exec "$@"', "sh", *command_line(*demo.arguments("sync"))],
            env=environment(), stdout=subprocess.DEVNULL, stderr=told,
        )  # fmt: skip
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        said = told.read()
    assert running.returncode in (0, 1), said
    assert "Traceback" not in said
    assert used.ru_maxrss < MOST_KIB
    assert used.ru_utime + used.ru_stime < MOST_SECONDS
    if running.returncode == 1:
        assert "trop gros" in said or "lignes remplies" in said
        assert demo.workbook.read_bytes() == before or "lignes remplies" in said  # which the Journal tells
