"""Lays a page out as a form: who it is for, what is left to do, then one block a dossier, one criterion a line.

The columns that are not shown name each line: the dossier, the field, its label. They go with their line wherever
somebody sorts, inserts or moves, so that a page is read back by them and never by position.
"""

from __future__ import annotations

from typing import Final

from eig_sheets.call.jury.pages import descriptions
from eig_sheets.call.jury.pages.blocks import (
    CAMPAIGN,
    DECLARATION,
    HOW,
    JUROR,
    KIND,
    MARKERS,
    NUMBER_DASH,
    PAGE,
    VERSION,
    Block,
    Lines,
    answer_lines,
    block_of,
    key_cells,
)
from eig_sheets.call.jury.pages.completeness import DOUBTFUL, TO_CORRECT, TO_DO, complete_text, counts, remaining
from eig_sheets.call.jury.pages.fields import whole_fields
from eig_sheets.call.jury.pages.pages import Page, PageKind
from eig_sheets.spreadsheet.forms import Form, FormCell, FormTab, Look, Paint
from eig_sheets.spreadsheet.model.cells import Formula
from eig_sheets.spreadsheet.model.sheet import Tone
from eig_sheets.text.french import moment, scale, typographic

TAB: Final = "Grille"
DECLARATION_TAB: Final = "Déclaration"
LAYOUT: Final = "1"
"""The version of this layout, that its reader must know."""
_WIDTHS: Final = (33.0, 13.0, 12.0, 12.0, 8.0, 24.0)
_HOW_TO_FILL: Final = typographic(
    "Touchez une case colorée, puis choisissez. Une note va {scale}, décimales admises. NSP : vous ne vous prononcez "
    "pas. Une note peut changer jusqu’à la clôture."
)
_HOW_TO_DECLARE: Final = typographic(
    "Voici les projets. Dites « oui » dans Déport pour ceux que vous ne pouvez pas noter : aucune raison n’est "
    "demandée. Puis vos disponibilités et votre déclaration, à la fin."
)
_END: Final = "Disponibilités et déclaration"
_LISTS: Final = {
    PageKind.NOTES: "Vos dossiers",
    PageKind.DECLARATION: "Les projets",
    PageKind.CANDIDATES: "Vos candidats",
}
_TONES: Final = (
    ("complet", Tone.GOOD), (TO_DO, Tone.DOUBT), (TO_CORRECT, Tone.BAD), ("déport", Tone.QUIET),
    (DOUBTFUL, Tone.DOUBT),
)  # fmt: skip


def form_of(page: Page) -> Form:
    """The form of a page."""
    lines = Lines()
    _heading(lines, page)
    summary_row, first_entry = lines.next_row, lines.next_row + 2
    parts = len(page.dossiers) + (page.kind is PageKind.DECLARATION)
    first_block = first_entry + parts + 1
    blocks = _blocks(page, first_block)
    body = Lines(first_block)
    for block in blocks:
        body.add_all(block.lines)
    end = _declaration(body, page) if page.kind is PageKind.DECLARATION else None
    lines.add(*_summary(page, first_entry, parts))
    lines.add(FormCell(_LISTS[page.kind], Look.SECTION), FormCell(None, Look.SECTION))
    for block in blocks:
        lines.add(_entry(block), FormCell(Formula(f"B{block.first_row}", block.mark), Look.MARK))
    if end:
        lines.add(
            FormCell(_END, Look.ENTRY, row=end[0]),
            FormCell(Formula(f"B{end[0]}", end[1]), Look.MARK),
        )
    lines.add()
    lines.add_all(body.rows)
    marks = [*(block.first_row for block in blocks), *(end[:1] if end else ())]
    areas = ((summary_row, first_entry + parts, 1, 1), *((row, row, 1, 1) for row in marks))
    paints = [Paint(areas, tone, text=text) for text, tone in _TONES]
    paints += [paint for block in blocks for paint in block.paints]
    name = DECLARATION_TAB if page.kind is PageKind.DECLARATION else TAB
    tab = FormTab(name, tuple(lines.rows), _WIDTHS, (2, 3, 4, 5), (1,), tuple(paints))
    return Form(tab, descriptions.tab_of(page, _headings(page)))


def _blocks(page: Page, first_row: int) -> list[Block]:
    blocks: list[Block] = []
    for dossier in page.dossiers:
        blocks.append(block_of(page, dossier, first_row))
        first_row += len(blocks[-1].lines)
    return blocks


def _entry(block: Block) -> FormCell:
    shown = f"{block.numero} {NUMBER_DASH} {block.project}"
    return FormCell(
        Formula(f'C{block.first_row}&" {NUMBER_DASH} "&A{block.first_row}', shown), Look.ENTRY, row=block.first_row
    )


def _heading(lines: Lines, page: Page) -> None:
    """The hidden markers, then who the page is for, with what names it in the columns that are not shown.

    What may change is taken from the hidden tab by formula: nothing of a page that is there is written by position.
    """
    shown = _headings(page)
    keys = (PAGE, KIND, HOW, CAMPAIGN, VERSION)
    title, whom, how, until, version = (descriptions.heading(key, shown[key]) for key in keys)
    asked = version if page.online else shown[VERSION]  # a file is made again whole, and programs may not compute it
    lines.add(*(FormCell(marker, Look.KEY) for marker in MARKERS))
    lines.add(FormCell(title, Look.TITLE), FormCell(None, Look.TITLE), *key_cells(PAGE, LAYOUT))
    lines.add(FormCell(whom, Look.STRONG), None, *key_cells(KIND, page.kind.value))
    lines.add(FormCell(page.juror, Look.SMALL), None, *key_cells(JUROR, page.juror))
    lines.add(FormCell(how, Look.INTRO), None, *key_cells(CAMPAIGN, page.campaign_id))
    lines.add(FormCell(until, Look.INTRO), None, *key_cells(VERSION, asked))


def _headings(page: Page) -> dict[str, str]:
    """What stands above the list of dossiers and may change, by the key of its line in the hidden tab."""
    what = "Déclaration" if page.kind is PageKind.DECLARATION else "Grille"
    whom = f"groupe {page.group} ({page.name})" if page.group else page.name
    return {
        PAGE: page.campaign_name or page.campaign_id,
        KIND: f"{what} – {whom}",
        HOW: _HOW_TO_DECLARE if page.kind is PageKind.DECLARATION else _HOW_TO_FILL.format(scale=scale(*page.scale)),
        CAMPAIGN: _sent_back(page),
        VERSION: page_version(page),
    }


def _sent_back(page: Page) -> str:
    before = f" avant le {moment(page.deadline)}" if page.deadline else ""
    if page.online:
        filled = f" À remplir{before}." if before else ""
        return typographic(f"Rien à renvoyer : ce que vous saisissez ici est enregistré, et nous le lisons.{filled}")
    send = f" à {page.contact}" if page.contact else ""
    return typographic(f"À renvoyer{send}{before}.")


def page_version(page: Page) -> str:
    """A digest of all that a page asks and shows, whatever was answered."""
    return complete_text(page, LAYOUT)


def _summary(page: Page, first_entry: int, parts: int) -> tuple[FormCell | None, ...]:
    """What is left to do, counted in the list of blocks and the blank line under it, where others are inserted."""
    area = f"B{first_entry}:B{first_entry + parts}"
    text, left = remaining(page, area), counts(page)
    return FormCell(Formula(text, left), Look.LEFT), None


def _declaration(body: Lines, page: Page) -> tuple[int, str]:
    """The end of a declaration: availability, text, signature; its row and its mark."""
    fields, answers, first = whole_fields(page), page.answers.whole, body.next_row
    availability = [field for field in fields if not field.is_signature]
    signature = [field for field in fields if field.is_signature]
    before, rows = answer_lines(page, "", availability, answers, first + 1)
    after, signed = answer_lines(page, "", signature, answers, first + 2 + len(before))
    rows = {**rows, **signed}
    needed = [field.id for field in fields if not field.is_wide]
    mark = "complet" if all(answers.get(field) is not None for field in needed) else TO_DO
    filled = "+".join(f"(LEN(B{rows[field]})>0)" for field in needed)
    formula = Formula(f'IF({filled}={len(needed)},"complet","{TO_DO}")', mark)
    title = FormCell(_END, Look.PROJECT)
    body.add(title, FormCell(formula, Look.PROJECT_MARK), *key_cells(DECLARATION, None))
    body.add_all(before)
    body.add(FormCell(page.declaration, Look.TEXT))
    body.add_all(after)
    return first, mark
