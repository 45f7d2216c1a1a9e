"""The hidden tab of a page: what describes each dossier, keyed by its number, the scale and the notes offered.

The visible cells take their texts there by formula. So a dossier that changed is shown anew when this tab alone is
written again, and nothing of it is ever read as an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from eig_sheets.call.jury.pages.pages import Page, PageDossier
from eig_sheets.spreadsheet.forms import FormCell, FormTab, Look
from eig_sheets.spreadsheet.model.cells import CellValue, Formula
from eig_sheets.text.french import typographic
from eig_sheets.workbook.values import NSP

TAB: Final = "_eig"
LINKS: Final = ("Fiche détaillée", "Présentation", "Simulation financière")
CV: Final = 0
"""The place of the link to a candidate's CV, among those of a dossier."""
CV_LABEL: Final = "CV"
_HEADERS: Final = (
    "dossier", "version", "projet", "administration", "resume",
    "fiche", "fiche_adresse", "presentation", "presentation_adresse", "simulation", "simulation_adresse",
    "questions", "deport",
)  # fmt: skip
_COLUMNS: Final = len(_HEADERS) + 4
LOWEST: Final = f"{TAB}!$O$2"
HIGHEST: Final = f"{TAB}!$O$3"
_LONGEST_ADDRESS: Final = 255
"""Characters of an address that a link made by formula may have in Excel."""
_MOST_NOTES: Final = 41
RECUSED: Final = typographic("Déport : ce dossier n’est plus à noter.")


def tab_of(page: Page, headings: Mapping[str, str]) -> FormTab:
    """The hidden tab of a page; `headings`: what stands above its list, by the key of its line."""
    blank = (None,) * (len(_HEADERS) - 2)
    lines: list[tuple[CellValue, ...]] = [(key, text, *blank) for key, text in headings.items()]
    described = [_HEADERS, *lines, *(_described(dossier) for dossier in page.dossiers)]
    notes = offered_notes(*page.scale) if page.criteria else ()
    scale: tuple[CellValue, ...] = ("echelle", *page.scale) if page.criteria else ()
    height = max(len(described), 1 + len(notes), len(scale))
    rows = []
    for row in range(height):
        cells: list[CellValue] = [*(described[row] if row < len(described) else (None,) * len(_HEADERS)), None]
        cells += [scale[row] if row < len(scale) else None, None]
        cells.append("notes" if notes and row == 0 else notes[row - 1] if 0 < row <= len(notes) else None)
        rows.append(tuple(None if value is None else FormCell(value, Look.KEY) for value in cells))
    return FormTab(TAB, tuple(rows), (12.0,) * _COLUMNS, hidden=True)


def notes_range(page: Page) -> str:
    """The range of the notes that a drop-down offers."""
    return f"{TAB}!$Q$2:$Q${1 + len(offered_notes(*page.scale))}"


def offered_notes(low: float, high: float) -> tuple[float | str, ...]:
    """Half points of the scale, or whole ones when it is long, and NSP; other decimals are typed."""
    step = next((step for step in (0.5, 1.0, 5.0, 10.0) if (high - low) / step < _MOST_NOTES), high - low)
    count = int((high - low) / step) + 1
    return (*(low + step * number for number in range(count)), NSP)


def lookup(header: str, key: str, value: str) -> Formula:
    """The formula of a description of the dossier whose number is in the cell `key`, which gives `value` now."""
    return Formula(_found(header, key), value)


def heading(key: str, value: str) -> Formula:
    """The formula of a text above the list of dossiers, which gives `value` now."""
    return Formula(_found("version", f'"{key}"'), value)


def link(number: int, key: str, dossier: PageDossier) -> tuple[Formula, bool]:
    """The formula of a link of a dossier, whose label leads to its address, and whether there is one now."""
    header = _HEADERS[5 + 2 * number]
    label, address = _found(header, key), _found(f"{header}_adresse", key)
    text, leads_to = _links(dossier)[2 * number : 2 * number + 2]
    return Formula(f'IF({address}="",{label},HYPERLINK({address},{label}))', text), bool(leads_to)


def project(dossier: PageDossier) -> str:
    """The name that a page shows of a dossier."""
    return dossier.projet or f"Dossier {dossier.numero}"


def _found(header: str, key: str) -> str:
    column = chr(ord("A") + _HEADERS.index(header))
    return f'IFERROR(INDEX({TAB}!${column}:${column},MATCH({key},{TAB}!$A:$A,0))&"","")'


def texts(dossier: PageDossier) -> dict[str, str]:
    """What a page shows of a dossier, by header of the hidden tab."""
    return dict(zip(_HEADERS, _described(dossier), strict=True))


def _described(dossier: PageDossier) -> tuple[str, ...]:
    if dossier.recused:
        return (dossier.numero, dossier.version, RECUSED, *("",) * (len(_HEADERS) - 4), "oui")
    return (
        dossier.numero,
        dossier.version,
        project(dossier),
        dossier.administration or "",
        dossier.resume or "Pas de résumé.",
        *_links(dossier),
        _questions(dossier.questions),
        "",
    )


def _questions(text: str) -> str:
    """On one line: what a formula shows has no line break everywhere."""
    return typographic("Questions de présélection : ") + " ".join(text.split()) if text.strip() else ""


def _links(dossier: PageDossier) -> tuple[str, ...]:
    if dossier.recused:
        return ("",) * (2 * len(LINKS))
    addresses = dict(dossier.links)
    labels = (CV_LABEL, *LINKS[1:]) if CV_LABEL in addresses else LINKS
    return tuple(text for label in labels for text in _link(label, addresses.get(label, "").strip()))


def _link(label: str, address: str) -> tuple[str, str]:
    """The text that is shown and the address that it leads to: what is no address of the web, or too long, is shown."""
    if not address:
        return "", ""
    is_web = address.lower().startswith(("https://", "http://")) and not any(map(str.isspace, address))
    if is_web and len(address) <= _LONGEST_ADDRESS:
        return label, address
    return typographic(f"{label} : {address}"), ""
