"""The pictures of README.md and docs/: tabs of demonstrations as LibreOffice prints them, the jury's page, Grist's.

`python scripts/pictures.py` writes them all in docs/images/, `--to FOLDER` elsewhere. It needs what
tests/install_libreoffice.sh and tests/install_chromium.sh install; those of Grist stay where no server is found.
"""

from __future__ import annotations

import argparse
import functools
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from palette_png import palette_png

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import grist_pictures  # noqa: E402

from tests.call.report.browser import Opened, launched  # noqa: E402
from tests.spreadsheet.libreoffice import convert  # noqa: E402

IMAGES = ROOT / "docs" / "images"
WORKBOOK = "campagne.xlsx"
PDF = "pdf:calc_pdf_Export:" + json.dumps(
    {
        name: {"type": "boolean", "value": value}
        for name, value in {"ExportBookmarks": "true", "ExportNotes": "false"}.items()
    }
)
FRENCH = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>fr-FR</value></prop></item></oor:items>
"""
"""The settings of LibreOffice: numbers and dates as in France."""


@dataclass(frozen=True)
class Picture:
    """A part of a printed page of a tab, and words that must be legible there.

    The page is the first of the tab that has all of these words; `box`: left, top, width and height, in points.
    """

    name: str
    tab: str
    words: tuple[str, ...]
    box: tuple[int, int, int, int]
    day: str = "2021-05-06"
    workbook: str = WORKBOOK
    dpi: int = 130


TABS = (
    Picture("accueil", "Accueil", ("Rubrique", "Pour qui", "urgent", "e-mails à valider"), (26, 34, 434, 136), dpi=180),
    Picture("anomalies", "Anomalies", ("Gravité", "Cellule", "Que faire", "Bloquant"), (26, 34, 682, 146)),
    Picture("emails", "E-mails à envoyer", ("Objet", "Valider", "Ne pas", "À valider"), (343, 34, 464, 172), dpi=170),
    Picture("classement", "Classement", ("Rang", "Note /20", "Écart-type"), (26, 34, 774, 346)),
    Picture("cofinancement", "Cofinancement", ("Statut", "Voie", "Sous réserve"), (26, 34, 626, 316)),
    Picture("planning", "Planning des auditions", ("Début", "Jurés présents"), (26, 34, 606, 150), dpi=140),
    Picture("suivi", "Suivi", ("Jalon", "Échéance", "Responsable", "Reporté"), (26, 34, 760, 228), "2021-12-01"),
    Picture(
        "grille", "Grille", ("Pertinence du besoin", "Déport", "Coup de cœur"), (50, 36, 496, 560),
        workbook="grilles/grille-tess-vaucluse.xlsx", dpi=75,
    ),
)  # fmt: skip
REPORT = "rapport"
GRIST = [picture.name for picture in grist_pictures.PICTURES]


class Printed:
    """Demonstrations on their days, and their workbooks as PDF files; each is made once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(FRENCH, encoding="utf-8")

    @functools.cache  # noqa: B019 — there is one, as long as the program
    def demo(self, day: str) -> Path:
        """The folder of the demonstration as it is on that day."""
        folder = self._folder / day
        run("-q", "--today", day, "demo", folder)
        return folder

    @functools.cache  # noqa: B019
    def pdf(self, day: str, workbook: str) -> Path:
        """A workbook of that demonstration, printed."""
        return convert(self.demo(day) / workbook, PDF, self._folder / f"{day}-pdf", profile=self._folder / "profile")

    def page(self, picture: Picture) -> tuple[Path, int]:
        """Where a picture is: the file, and the number of the page. Raises LookupError when no page shows its words."""
        pdf = self.pdf(picture.day, picture.workbook)
        for page in pages_of(pdf, picture.tab):
            text = output("pdftotext", *_area(picture.box, 72), "-f", page, "-l", page, pdf, "-").decode()
            if all(words in " ".join(text.split()) for words in picture.words):
                return pdf, page
        raise LookupError(f"no page of {picture.tab} shows {', '.join(picture.words)}: see Picture({picture.name!r})")


def pages_of(pdf: Path, tab: str) -> Iterator[int]:
    """The pages of a tab, which the outline of the file names."""
    outline = output("pdftohtml", "-xml", "-i", "-stdout", pdf).decode()
    starts = {name: int(page) for page, name in re.findall(r'<item page="(\d+)">(.*?)</item>', outline)}
    last = int(re.findall(r'<page number="(\d+)"', outline)[-1])
    after = min((page for page in starts.values() if page > starts[tab]), default=last + 1)
    yield from range(starts[tab], after)


def take(printed: Printed, picture: Picture, folder: Path) -> None:
    """Write the picture of a tab."""
    pdf, page = printed.page(picture)
    area = _area(picture.box, picture.dpi)
    pixels = output("pdftoppm", *area, "-f", page, "-l", page, pdf)
    (folder / f"{picture.name}.png").write_bytes(palette_png(pixels))


def take_report(printed: Printed, folder: Path) -> None:
    """Write the picture of the jury's page."""
    campaign = printed.demo("2021-05-06")
    page = campaign / "rapport.html"
    run("-q", "--config", campaign / "config" / "campaign.toml", "--today", "2021-05-04", "report", "--to", page)
    with launched() as browser:
        opened = Opened(browser, page, viewport={"width": 1200, "height": 1500})
        opened.page.screenshot(path=folder / f"{REPORT}.png", clip={"x": 0, "y": 425, "width": 1200, "height": 1000})


def run(*arguments: str | Path) -> None:
    """A command of ours."""
    subprocess.run([sys.executable, "-m", "eig_sheets", *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def output(*command: object) -> bytes:
    """What a tool prints."""
    return subprocess.run([*map(str, command)], check=True, capture_output=True).stdout


def _area(box: tuple[int, int, int, int], dpi: int) -> list[str]:
    left, top, width, height = (str(points * dpi // 72) for points in box)
    return ["-r", str(dpi), "-x", left, "-y", top, "-W", width, "-H", height]


def main() -> None:
    """Make the demonstrations and the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=IMAGES)
    folder = parser.parse_args().to
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        printed = Printed(Path(work))
        for picture in TABS:
            take(printed, picture, folder)
        take_report(printed, folder)
        if not grist_pictures.take(folder, Path(work)):
            print("Grist: no server, its pictures stay as they are.")


if __name__ == "__main__":
    main()
