"""How long an import of a long form takes, and its memory, beside a script that does the least of it.

The export has 10,000 dossiers of 200 columns, of which those that the workbook knows are filled in one row out of four.
The peer reads it with the csv module (openpyxl, for an .xlsx), appends the same cells to the same workbook through
openpyxl and saves it: it compares, checks and remembers nothing.
"""

from __future__ import annotations

import argparse
import csv
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
from bench import Task, compared, report

from eig_sheets import loading, sample
from eig_sheets.config.export_columns import ColumnName

SIZES, COLUMNS, ROUNDS = (1000, 10_000), 200, 3
LARGE = 5000  # from so many dossiers on, one round
FILLED = 0.25
REQUIRED = ("numero", "projet", "administration", "email_porteur", "cout_jusqu_a_5_ans")
PEER = "csv or openpyxl, append, save"
APPEND = """
import csv, openpyxl, sys
export, book, target, *headers = sys.argv[1:]
if export.endswith(".csv"):
    rows = csv.reader(open(export, encoding="utf-8", newline=""))
else:
    rows = openpyxl.load_workbook(export, read_only=True).active.iter_rows(values_only=True)
first = next(rows)
places = [first.index(header) for header in headers]
workbook = openpyxl.load_workbook(book)
for row in rows:
    workbook["Candidatures"].append([row[place] for place in places])
workbook.save(target)
"""


def main() -> None:
    """Print the table of measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--dossiers", type=int, nargs="+", default=SIZES)
    options = parser.parse_args()
    for count in options.dossiers:
        with tempfile.TemporaryDirectory() as folder:
            bench_import(Path(folder), 1 if count >= LARGE else options.rounds, count)


def bench_import(place: Path, rounds: int, count: int) -> None:
    """An import of so many dossiers into a workbook without any, then the same export again, of each format."""
    settings = sample.write_config(place)
    subprocess.run((sys.executable, "-m", "eig_sheets", "--config", settings, "-q", "init"), check=True)
    book, empty = place / "campagne.xlsx", place / "vide.xlsx"
    shutil.copy(book, empty)
    names = headers_of(settings)
    print(f"{count} dossiers × {COLUMNS} columns")
    for export in exports(place, [*export_rows(names, count)]):

        def first(export: Path = export) -> Sequence[str | Path]:
            shutil.copy(empty, book)
            shutil.rmtree(place / ".eig-sheets", ignore_errors=True)
            return command(settings, export)

        def again(export: Path = export) -> Sequence[str | Path]:
            return command(settings, export)

        peer: Task = lambda one=export: (  # noqa: E731
            sys.executable, "-c", APPEND, one, empty, place / "copie.xlsx", *names.values(),
        )  # fmt: skip
        for scene, task in {"all of them new": first, "nothing changed": again}.items():
            own, theirs = compared(task, peer, rounds)
            report(f"import, {export.suffix}, {scene}", PEER, own.seconds, theirs.seconds, goal=None)
            report("  memory", PEER, own.megabytes, theirs.megabytes, goal=None, unit="MB")


def command(settings: Path, export: Path) -> Sequence[str | Path]:
    """The command of a quiet import."""
    return (sys.executable, "-m", "eig_sheets", "--config", settings, "-q", "import", export)


def headers_of(settings: Path) -> dict[str, str]:
    """A header for each field that an export may have, and that of the platform's state."""
    fields = loading.load(settings).imports.fields
    return {field: header for field, names in fields.items() if (header := plain_name(names))}


def plain_name(names: Sequence[ColumnName]) -> str:
    """The first name that is a header alone; '' without one."""
    return next((name for name in names if isinstance(name, str)), "")


def export_rows(names: dict[str, str], count: int) -> Iterator[Sequence[str]]:
    """The rows of an export, headers first: what the workbook knows, the state, then questions that it does not."""
    dice = random.Random(7)  # noqa: S311 — a fixed draw, not a secret
    others = [f"Question {number}" for number in range(COLUMNS - len(names) - 1)]
    yield [*names.values(), "État du dossier", *others]
    for number in range(count):
        known = [value_of(field, number) if is_filled(field, dice) else "" for field in names]
        answers = ["Une réponse de quelques mots." if dice.random() < FILLED else "" for _ in others]
        yield [*known, "En instruction", *answers]


def is_filled(field: str, dice: random.Random) -> bool:
    """Whether a dossier has that field: the required ones always."""
    return field in REQUIRED or dice.random() < FILLED


def value_of(field: str, number: int) -> str:
    """What a dossier says of a field."""
    if field == "numero":
        return str(4_000_000 + number)
    if field.startswith("email"):
        return f"personne{number}@example.org"
    of_a_kind = {"date_depot": "2021-03-01 10:00:00 +0100", "nombre_eig": "2", "demande_cofinancement": "Oui"}
    return of_a_kind.get(field, str(50_000 + number) if field.startswith("cout") else f"{field} {number}")


def exports(place: Path, rows: Sequence[Sequence[str]]) -> Iterator[Path]:
    """The same export in each format."""
    with (place / "export.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    yield place / "export.csv"
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Dossiers")
    for row in rows:
        sheet.append([cell or None for cell in row])
    book.save(place / "export.xlsx")
    yield place / "export.xlsx"


if __name__ == "__main__":
    main()
