"""What a person can paste costs less than a gigabyte and twenty seconds, or is refused with a sentence.

Measured on programs of their own, which may take 1 GiB; seconds are of the processor, whatever else the machine does.
"""

import json
import subprocess
import sys
from html import escape

import pytest

from eig_sheets.spreadsheet.model.cells import column_letters
from tests.columns import column_of
from tests.effort import spread
from tests.program import command_line, environment
from tests.spreadsheet.xlsx.books import packed, unpacked

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


def filled_dossier(demo):
    """Rows like the first dossier of the demonstration, as text, each with a number of its own."""
    tab = demo.read().tab("Candidatures")
    first = tab.rows[1][: column_of("candidatures", "preselection")]
    own = [(column_letters(place), escape(str(value))) for place, value in enumerate(first) if value is not None]
    return lambda row: cells(row, ("A", f"{5_000_000 + row}"), ("B", "01/03/2021 10:00"), *own[2:])


def filled_evaluation(row):
    dossier, juror = divmod(row, 100)
    scores = [(letter, "3") for letter in "CDEFG"]
    return cells(row, ("A", f"{5_000_040 + dossier}"), ("B", f"jure{juror}@exemple.invalid"), *scores)


def wide(width):
    """Rows so many columns wide, full."""
    letters = [column_letters(column) for column in range(width)]
    return lambda row: cells(row, *((letter, f"{letter}{row}") for letter in letters))


LAUNCHER = """
import json, pathlib, resource, subprocess, sys
code = subprocess.run(sys.argv[2:], check=False).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
pathlib.Path(sys.argv[1]).write_text(json.dumps([code, used.ru_maxrss, used.ru_utime + used.ru_stime]))
"""
"""A small process between: a program's peak of memory begins, on Linux, with that of the process that starts it."""


def measured(demo, folder, *command):
    """A command as a program of its own that takes no more than may be: its exit code and what it said on stderr."""
    limited = ["sh", "-c", f'ulimit -v {3 * MOST_KIB}; exec "$@"', "sh", *command_line(*demo.arguments(*command))]
    done = subprocess.run(
        [sys.executable, "-c", LAUNCHER, folder / "used", *limited],
        env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8", check=True,
    )  # fmt: skip
    code, kib, seconds = json.loads((folder / "used").read_text())
    assert code in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    assert kib < MOST_KIB
    assert seconds < MOST_SECONDS
    return code, done.stderr


REFUSED = ("trop gros", "lignes remplies", "plus de lignes", "cellules, jusqu’à la colonne")


@pytest.mark.parametrize("case", PASTED)
def test_what_is_pasted(demo, case, tmp_path):
    paste(demo, *PASTED[case])
    before = demo.workbook.read_bytes()
    code, said = measured(demo, tmp_path, "sync")
    if code == 1:
        assert any(words in said for words in REFUSED)
        assert demo.workbook.read_bytes() == before or "trop gros" not in said  # the Journal tells the others


def test_the_most_dossiers_and_their_evaluations(demo, tmp_path):
    """Every command, on what it wrote itself too: a table of thousands of lines, e-mails of a first day."""
    paste(demo, "Candidatures", 9_960, filled_dossier(demo))
    paste(demo, "Évaluations", 50_000, filled_evaluation)
    others = (["sync"], ["check"], ["rank"], ["emails", "list"], ["sync", "--dry-run"])
    for command in (["sync"], *spread(2, others)):
        code, said = measured(demo, tmp_path, *command)
        assert code == (command == ["check"]), said


LIMITS = {
    "dossiers": (True, [("Candidatures", 10_000, filled_dossier)]),
    "evaluations": (False, [("Évaluations", 249_000, lambda _: filled_evaluation)]),
    "more evaluations": (True, [("Évaluations", 250_000, lambda _: filled_evaluation)]),
    "columns": (False, [("Candidatures", 3_000, lambda _: wide(320))]),
    "more columns": (True, [("Candidatures", 3_000, lambda _: wide(340))]),
    "columns of fewer rows": (True, [("Candidatures", 1_000, lambda _: wide(1_000))]),
    "tabs together": (False, [("Candidatures", 9_900, filled_dossier), ("Jury", 4_900, lambda _: junk)]),
    "more together": (True, [("Candidatures", 9_900, filled_dossier), ("Jury", 5_200, lambda _: junk)]),
}
"""Whether it is refused; what is pasted where: just below a limit, or just above."""


@pytest.mark.parametrize("case", spread(4, LIMITS))
def test_just_below_and_above_a_limit(demo, case, tmp_path):
    refused, pasted = LIMITS[case]
    for tab, count, row in pasted:
        paste(demo, tab, count, row(demo))
    code, said = measured(demo, tmp_path, "sync")
    assert code == refused, said
    assert any(words in said for words in REFUSED) == refused
