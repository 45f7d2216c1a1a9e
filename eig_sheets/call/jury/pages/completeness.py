"""The marks of what is left to do in a page: the formulas, and the values that they give now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from eig_sheets.call.jury.pages.descriptions import HIGHEST, LOWEST
from eig_sheets.call.jury.pages.fields import DEPORT, whole_fields
from eig_sheets.call.jury.pages.pages import Page, PageDossier, PageKind, Values
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.text.french import typographic
from eig_sheets.workbook.read_back import digest
from eig_sheets.workbook.values import NSP

DONE: Final = "complet"
TO_DO: Final = "à compléter"
TO_CORRECT: Final = "à corriger"
RECUSED: Final = "déport"
DOUBTFUL: Final = "déport à confirmer"
"""An answer to « Déport » that is neither blank, « oui » nor « non »: the juror stands aside until a person decides."""
_CONFIRMED: Final = typographic(" Vous vous déportez ; l’équipe confirmera.")


def mark_formula(page: Page, rows: Mapping[str, int], first_row: int) -> str:
    """The formula of a dossier's mark. `rows` has the row of each answer."""
    said = f'IFERROR(LOWER(TRIM(B{rows[DEPORT]})),"?")'
    recused, doubtful = f'OR($E{first_row}="oui",{said}="oui")', f'AND({said}<>"",{said}<>"non")'
    if page.kind is PageKind.DECLARATION:
        return f'IF({recused},"{RECUSED}",IF({doubtful},"{DOUBTFUL}",""))'
    scored = [rows[criterion.id] for criterion in page.criteria]
    area = f"B{scored[0]}:B{scored[-1]}"
    valid = f'COUNTIF({area},">="&{LOWEST})-COUNTIF({area},">"&{HIGHEST})+COUNTIF({area},"{NSP}")'
    state = f'IF({valid}={len(scored)},"{DONE}","{TO_DO}")'
    noted = f'IF(COUNTA({area})>{valid},"{TO_CORRECT}",{state})'
    return f'IF({recused},"{RECUSED}",IF({doubtful},"{DOUBTFUL}",{noted}))'


def mark(page: Page, dossier: PageDossier, answers: Values) -> str:
    """The present value of `mark_formula`."""
    said = _formula_text(answers.get(DEPORT)).strip().lower()
    if dossier.recused or said == "oui":
        return RECUSED
    if said not in ("", "non"):
        return DOUBTFUL
    if page.kind is PageKind.DECLARATION:
        return ""
    given = [answers[criterion.id] for criterion in page.criteria if answers.get(criterion.id) is not None]
    if not all(_is_valid(value, *page.scale) for value in given):
        return TO_CORRECT
    return DONE if len(given) == len(page.criteria) else TO_DO


def _formula_text(value: CellValue) -> str:
    return "" if value is None else str(value)


def _is_valid(value: CellValue, low: float, high: float) -> bool:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return low <= value <= high
    return isinstance(value, str) and value.casefold() == NSP.casefold()


def remaining(page: Page, area: str) -> str:
    """The formula of what is left to do, from the marks of the list of blocks, and that a déport is to be confirmed."""
    return f'{_left(page, area)}&IF(COUNTIF({area},"{DOUBTFUL}")=0,"","{_CONFIRMED}")'


def _left(page: Page, area: str) -> str:
    if page.kind is PageKind.DECLARATION:
        return f'IF(COUNTIF({area},"{TO_DO}")=0,"{_DECLARED}","{_UNDECLARED}")'
    left = f'(COUNTIF({area},"{TO_DO}")+COUNTIF({area},"{TO_CORRECT}"))'
    total = f"COUNTA({area})"
    return f'IF({total}=0,"{_none(page)}",IF({left}=0,"{_ALL_DONE}",{left}&" sur "&{total}&" à noter"))'


_DECLARED: Final = "Tout est dit : renvoyez cette page."
_ALL_DONE: Final = "Tout est noté : merci."
_UNDECLARED: Final = "Il reste à déclarer, en fin de page."


def _none(page: Page) -> str:
    return "Aucun candidat à noter." if page.kind is PageKind.CANDIDATES else "Aucun dossier à noter."


def counts(page: Page) -> str:
    """What that formula gives."""
    marks = [mark(page, dossier, page.answers.dossiers.get(dossier.numero, {})) for dossier in page.dossiers]
    return _counted(page, marks) + (_CONFIRMED if DOUBTFUL in marks else "")


def _counted(page: Page, marks: Sequence[str]) -> str:
    if page.kind is PageKind.DECLARATION:
        needed = [field.id for field in whole_fields(page) if not field.is_wide]
        return _DECLARED if all(page.answers.whole.get(field) is not None for field in needed) else _UNDECLARED
    left = sum(shown in (TO_DO, TO_CORRECT) for shown in marks)
    if not marks:
        return _none(page)
    return f"{left} sur {len(marks)} à noter" if left else _ALL_DONE


def complete_text(page: Page, layout: str) -> str:
    """A digest of all that a page asks and shows."""
    shown = (
        page.kind, page.campaign_id, page.campaign_name, page.juror, page.name, page.group, page.dossiers,
        page.criteria, page.scale, page.deadline, page.declaration, page.half_days, page.contact, layout,
    )  # fmt: skip
    return digest(map(repr, shown))
