"""Pages for the tests: of a juror of three dossiers, a declaration, and their cells as a file or a sheet gives them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from eig_sheets.call.jury.pages.files_pages import page_of
from eig_sheets.call.jury.pages.layout import form_of
from eig_sheets.call.jury.pages.pages import Answers, Page, PageCriterion, PageDossier, PageKind, ReturnedPage
from eig_sheets.call.jury.pages.returned_page import returned_page
from eig_sheets.call.jury.pages.xlsx_form import xlsx_page
from eig_sheets.spreadsheet.forms import Form
from eig_sheets.spreadsheet.model.cells import CellValue, Formula
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot

PARIS = ZoneInfo("Europe/Paris")
SAVED = datetime(2021, 5, 3, 18, 30)
LINKS = (("Fiche détaillée", "https://example.org/fiche"), ("Présentation", "presentation.pdf"))
DOSSIERS = tuple(
    PageDossier(
        numero, f"Projet {numero}", "Direction des phares", "Éclairer la côte.", LINKS, "Et après ?", f"v{numero}"
    )
    for numero in ("101", "102", "103")
)
CRITERIA = (PageCriterion("besoin", "Besoin", "Un besoin clair."), PageCriterion("equipe", "Équipe"))
NOTES = Page(
    PageKind.NOTES, "EIG5", "Appel 5", "anna@jury.example", "Anna", DOSSIERS, CRITERIA, (1, 4),
    deadline=datetime(2021, 5, 5, 23, 59), contact="eig@example.org",
)  # fmt: skip
DECLARATION = replace(NOTES, kind=PageKind.DECLARATION, criteria=(), declaration="Je déclare.")
HALF_DAYS = ("04/05/2021 09:00–12:20", "04/05/2021 13:40–18:00")


def filled(page: Page, dossiers: dict[str, dict[str, CellValue]], **whole: CellValue) -> Page:
    """The page with these answers."""
    return replace(page, answers=Answers(dossiers, whole))


def cells_of(form: Form) -> Snapshot:
    """What a program that keeps every cell would give of a form."""
    tabs = []
    for tab in (form.page, form.descriptions):
        rows: list[list[CellValue]] = [[None] * len(tab.widths) for _ in tab.rows]
        formulas = {}
        for row, column, cell in tab.cells():
            is_formula = isinstance(cell.value, Formula)
            value = cell.value.value if isinstance(cell.value, Formula) else cell.value
            rows[row - 1][column] = f"{value}\n{cell.small}" if cell.small else value or None
            if is_formula:
                formulas[row, column] = cell.value.text
        tabs.append(TabSnapshot(tab.name, rows, formulas=formulas))
    return Snapshot(tuple(tabs))


def read_cells(page: Page) -> ReturnedPage:
    """A page whose cells come back at once."""
    return returned_page(cells_of(form_of(page)), "a.xlsx", "", SAVED)


def read_file(data: bytes) -> ReturnedPage:
    """A file that comes back."""
    return page_of(data, Path("a.xlsx"), SAVED, PARIS)


def file_of(page: Page) -> bytes:
    """The file of a page."""
    return xlsx_page(form_of(page))
