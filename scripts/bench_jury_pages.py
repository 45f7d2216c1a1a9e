"""Measures the grilles of a large jury as files: 500 are written, then read back.

Run: .venv/bin/python scripts/bench_jury_pages.py
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from zoneinfo import ZoneInfo

from eig_sheets.call.jury.pages.files_pages import read_page
from eig_sheets.call.jury.pages.layout import form_of
from eig_sheets.call.jury.pages.pages import Answers, Page, PageCriterion, PageDossier, PageKind
from eig_sheets.call.jury.pages.xlsx_form import xlsx_page

GRILLES, DOSSIERS = 500, 6
READ_WITHIN = 10.0
"""Seconds in which 500 grilles are to be collected."""
CRITERIA = tuple(PageCriterion(f"critere_{one}", f"Critère {one}", "Ce qu’il veut dire. " * 5) for one in range(5))
ZONE = ZoneInfo("Europe/Paris")


def page(number: int) -> Page:
    """A grille that its juror filled."""
    numbers = [f"37{number:04}{one}" for one in range(DOSSIERS)]
    links = tuple((label, f"https://example.org/{number}") for label in ("Fiche détaillée", "Présentation"))
    dossiers = tuple(
        PageDossier(one, f"Projet {one}", "Direction des phares", "Éclairer la côte. " * 15, links, "Et après ?", "v")
        for one in numbers
    )
    filled = {one: {criterion.id: 3.5 for criterion in CRITERIA} | {"commentaire": "À suivre."} for one in numbers}
    address = f"jure{number}@example.org"
    kind, answers = PageKind.NOTES, Answers(filled)
    return Page(kind, "EIG5", "Appel", address, f"Juré {number}", dossiers, CRITERIA, answers=answers)


def main() -> None:
    """Write them, read them, print how long each takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--grilles", type=int, default=GRILLES)
    count = parser.parse_args().grilles
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        paths = [Path(folder) / f"grille-{number}.xlsx" for number in range(count)]
        for number, path in enumerate(paths):
            path.write_bytes(xlsx_page(form_of(page(number))))
        written = time.perf_counter()
        notes = 0
        for path in paths:
            received = read_page(path, ZONE)
            if received.problems:
                raise SystemExit(f"{path.name} is not read back: {received.problems[0].message}")
            notes += sum(len(row.values) for row in received.rows)
        read = time.perf_counter()
    print(f"{count} grilles of {DOSSIERS} dossiers, {notes} answers")
    for what, seconds in (("written", written - start), ("read", read - written)):
        print(f"  {what:8} {seconds:6.2f} s   {1000 * seconds / count:5.1f} ms each")
    print(f"  read within {READ_WITHIN:.0f} s: {'yes' if read - written < READ_WITHIN else 'NO'}")


if __name__ == "__main__":
    main()
