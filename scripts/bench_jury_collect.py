"""Measures `jury collect`: 500 grilles as files into the demonstration's workbook, then the same again.

Run: .venv/bin/python scripts/bench_jury_collect.py
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from eig_sheets import loading
from eig_sheets.call.jury.pages.layout import form_of
from eig_sheets.call.jury.pages.pages import Answers, Page, PageCriterion, PageDossier, PageKind
from eig_sheets.call.jury.pages.xlsx_form import xlsx_page
from eig_sheets.campaign.reading import Reading, read
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook
from tests import whole_story

GRILLES, DOSSIERS = 500, 6
WITHIN = 10.0
"""Seconds in which 500 grilles are to be collected."""
SAVED = 1_619_683_200  # 29 April 2021


def run(*arguments: str) -> tuple[float, float]:
    """The seconds that a command takes as a program of its own, and those of them that it computes."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-m", "eig_sheets", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    computed = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - start, computed


def page(number: int, reading: Reading) -> Page:
    """A grille of six dossiers, filled by one of the jurors: each has some that differ."""
    jurors = reading.valid_rows("jury")["email"].tolist()
    numbers = reading.valid_rows("candidatures")["numero"].tolist()
    juror, first = jurors[number % len(jurors)], number % (len(numbers) - DOSSIERS)
    chosen = numbers[first : first + DOSSIERS]
    criteria = tuple(PageCriterion(one.id, one.label) for one in reading.campaign.criteria)
    scores = {one.id: float(1 + (number + place) % 4) for place, one in enumerate(criteria)}
    dossiers = tuple(PageDossier(one, f"Projet {one}", resume="Éclairer la côte. " * 15, version="v") for one in chosen)
    answers = Answers({one: {**scores, "commentaire": "À suivre."} for one in chosen})
    return Page(PageKind.NOTES, "EIG5", "Appel", juror, juror, dossiers, criteria, answers=answers)


def main() -> None:
    """Collect them, collect them again, sync; print how long each takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--grilles", type=int, default=GRILLES)
    count = parser.parse_args().grilles
    with tempfile.TemporaryDirectory() as folder:
        home, pages = Path(folder) / "demo", Path(folder) / "pages"
        whole_story.write(home)  # without `Affectations`, which would say whose pages are whose
        campaign = loading.load(home / "config" / "campaign.toml")
        reading = read(XlsxWorkbook(home / "campagne.xlsx", home / "versions").read(), campaign)
        pages.mkdir()
        for number in range(count):
            path = pages / f"grille-{number:03}.xlsx"
            path.write_bytes(xlsx_page(form_of(page(number, reading))))
            os.utime(path, (SAVED + 60 * number, SAVED + 60 * number))
        own = ("--config", str(home / "config" / "campaign.toml"))
        first, again = (run(*own, "jury", "collect", str(pages)) for _ in range(2))
        after = run(*own, "sync")
    print(f"{count} grilles of {DOSSIERS} dossiers, collected as files by programs of their own")
    for what, (seconds, computed) in (("collected", first), ("collected again", again), ("sync after it", after)):
        print(f"  {what:16} {seconds:6.2f} s   {computed:6.2f} s of computing")
    print(f"  within {WITHIN:.0f} s: {'yes' if first[0] < WITHIN else 'NO'}")


if __name__ == "__main__":
    main()
