"""The lines of one dossier in a page: its description by formulas, then one line for each answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from eig_sheets.call.jury.pages import descriptions
from eig_sheets.call.jury.pages.completeness import mark, mark_formula
from eig_sheets.call.jury.pages.fields import PageField, dossier_fields
from eig_sheets.call.jury.pages.pages import Page, PageDossier, PageKind, Values
from eig_sheets.spreadsheet.forms import FormCell, Look, Paint
from eig_sheets.spreadsheet.model.cells import CellValue, Formula
from eig_sheets.spreadsheet.model.sheet import Tone
from eig_sheets.workbook.values import NSP

MARKERS: Final = ("_libellé", "_réponse", "_dossier", "_champ", "_déport", "_texte")
"""The headers, in a row that is not shown, by which the columns are found wherever somebody moved them."""
OF_THE_PAGE: Final = "#"
"""What the key of a line begins with that holds no answer."""
PAGE, KIND, JUROR, CAMPAIGN, VERSION = "#page", "#type", "#jure", "#campagne", "#version"
"""The lines that say what the page is; a criterion cannot have such an id."""
HOW: Final = "#consigne"
"""What the hidden tab calls the text that says how to fill the page."""
DOSSIER, NUMBER = "#dossier", "#numero"
"""The first line of a dossier, with its version; the second, where its number is shown."""
DOSSIER_WORD: Final = "Dossier"
"""What a dossier's number follows, above its answers."""
CANDIDATE_WORD: Final = "Candidature"
"""What a candidate's number follows."""
NUMBER_DASH: Final = "–"
"""What follows it in the list of dossiers."""
DECLARATION: Final = "#declaration"
"""The first line of the end of a declaration."""


def key_cells(
    field: str, text: Formula | CellValue, numero: str = "", recused: Formula | None = None
) -> list[FormCell | None]:
    """The cells that are not shown of a line: dossier, field, recusal, text."""
    return [
        FormCell(numero, Look.KEY) if numero else None,
        FormCell(field, Look.KEY),
        FormCell(recused, Look.KEY) if recused else None,
        FormCell(text, Look.KEY),
    ]


Line = tuple[FormCell | None, ...]
_WORDS: Final = {PageKind.CANDIDATES: CANDIDATE_WORD}


@dataclass(slots=True)
class Lines:
    """Lines that are added one after the other, from `first` on."""

    first: int = 1
    rows: list[Line] = field(default_factory=list)

    @property
    def next_row(self) -> int:
        """The row of the next line."""
        return self.first + len(self.rows)

    def add(self, *cells: FormCell | None) -> None:
        """Add one line."""
        self.rows.append(cells)

    def add_all(self, lines: Iterable[Line]) -> None:
        """Add several lines."""
        self.rows += lines


@dataclass(frozen=True, slots=True)
class Block:
    """A dossier's lines from `first_row` on, its mark as it is now, and its colours."""

    numero: str
    project: str
    first_row: int
    lines: Sequence[Line]
    mark: str
    paints: tuple[Paint, ...]


def block_of(page: Page, dossier: PageDossier, first_row: int) -> Block:
    """The lines of one dossier, the last one blank."""
    fields, answers = dossier_fields(page, dossier), page.answers.dossiers.get(dossier.numero, {})
    described = _description(page, dossier, first_row)
    lines, rows = answer_lines(page, dossier.numero, fields, answers, first_row + 1 + len(described))
    state = mark(page, dossier, answers)
    heading = (
        FormCell(_text("projet", dossier, first_row), Look.PROJECT),
        FormCell(Formula(mark_formula(page, rows, first_row), state), Look.PROJECT_MARK),
        *key_cells(DOSSIER, _text("version", dossier, first_row), dossier.numero, _text("deport", dossier, first_row)),
    )
    whole: list[Line] = [heading, *described, *lines, ()]
    last_row = first_row + len(whole) - 1
    paints = (Paint(((first_row + 1, last_row, 0, 1),), None, formula=f'$E${first_row}="oui"'), *_paints(page, rows))
    project = descriptions.texts(dossier)["projet"]
    return Block(dossier.numero, project, first_row, whole, state, paints)


def _description(page: Page, dossier: PageDossier, first_row: int) -> list[Line]:
    """The lines under the name: a declaration has neither links nor questions, a candidate one link."""
    numero = dossier.numero
    lines: list[Line] = [
        (
            FormCell(f"{_WORDS.get(page.kind, DOSSIER_WORD)} {numero}", Look.NUMBER),
            FormCell(None, Look.NUMBER),
            *key_cells(NUMBER, numero, numero),
        ),
        (FormCell(_text("administration", dossier, first_row), Look.NUMBER), FormCell(None, Look.NUMBER)),
        (FormCell(_text("resume", dossier, first_row), Look.TEXT),),
    ]
    if page.kind is PageKind.DECLARATION:
        return lines
    key = f"$C${first_row}"
    if page.kind is PageKind.CANDIDATES:
        return [*lines, (_link(descriptions.CV, key, dossier),)]
    lines += [(_link(link, key, dossier),) for link in range(len(descriptions.LINKS))]
    lines.append((FormCell(_text("questions", dossier, first_row), Look.TEXT),))
    return lines


def _link(number: int, key: str, dossier: PageDossier) -> FormCell:
    formula, leads = descriptions.link(number, key, dossier)
    return FormCell(formula, Look.LINK if leads else Look.TEXT)


def _text(header: str, dossier: PageDossier, first_row: int) -> Formula:
    return descriptions.lookup(header, f"$C${first_row}", descriptions.texts(dossier)[header])


def answer_lines(
    page: Page, numero: str, fields: Sequence[PageField], answers: Values, first_row: int
) -> tuple[list[Line], Mapping[str, int]]:
    """One line an answer, or two when it is a text, and the row of each answer by field id."""
    lines: list[Line] = []
    rows: dict[str, int] = {}
    for asked in fields:
        label = FormCell(asked.label, Look.LABEL, small=asked.small)
        value = answers.get(asked.id)
        if asked.is_wide:
            lines.append((label,))
            rows[asked.id] = first_row + len(lines)
            lines.append((FormCell(value, Look.ANSWER_TEXT), None, *key_cells(asked.id, asked.label, numero)))
        else:
            rows[asked.id] = first_row + len(lines)
            offered = descriptions.notes_range(page) if asked.scored else ""
            look = Look.ANSWER_DATE if asked.is_date else Look.ANSWER
            answer = FormCell(value, look, choices=asked.choices, choices_from=offered)
            lines.append((label, answer, *key_cells(asked.id, asked.label, numero)))
    return lines, rows


def _paints(page: Page, rows: Mapping[str, int]) -> tuple[Paint, ...]:
    """Red on a note that is neither on the scale nor NSP: it would not count."""
    scored = [rows[criterion.id] for criterion in page.criteria if criterion.id in rows]
    if not scored:
        return ()
    cell, (low, high) = f"$B{scored[0]}", page.scale
    on_scale = f'OR(AND(ISNUMBER({cell}),{cell}>={low:g},{cell}<={high:g}),TRIM({cell})="{NSP}")'
    formula = f"AND(NOT(ISBLANK({cell})),NOT({on_scale}))"
    return (Paint(((scored[0], scored[-1], 1, 1),), Tone.BAD, formula=formula),)
