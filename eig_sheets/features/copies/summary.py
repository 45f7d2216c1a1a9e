"""Summarizes a copy in French: its content, and its differences from the original."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from eig_sheets.features.copies.model import CopiedTab, Copy
from eig_sheets.spreadsheet.model.cells import MAX_TEXT, parse_a1
from eig_sheets.spreadsheet.new_xlsx.content import Tab
from eig_sheets.text.french import listed, number, plural

_MOST_CELLS = 8


@dataclass(frozen=True, slots=True)
class RobotCells:
    """The marks of the tabs, and of the columns of people's tabs, that the robot writes."""

    tabs: Collection[str]
    columns: Collection[str]

    def include(self, tab: Tab, cell: str) -> bool:
        """Whether a cell is the robot's."""
        return tab.mark in self.tabs or tab.column_marks.get(parse_a1(cell)[1]) in self.columns


def summary(made: Copy, original: str, copy: str, beside: str, robot_cells: RobotCells) -> str:
    """A French sentence on the copy, and a line for each difference from the original."""
    filled = sum(cell.value is not None for copied in made.tabs for row in copied.tab.rows for cell in row)
    content = f"{plural(len(made.tabs), 'onglet')}, {plural(filled, 'cellule remplie', 'cellules remplies')}"
    lines = [f"{copy} est une copie de {original} : {content}.", *_differences(made, beside, robot_cells)]
    return "\n• ".join(lines)


def _differences(made: Copy, beside: str, robot_cells: RobotCells) -> Iterator[str]:
    for copied in made.tabs:
        if copied.tab.name != copied.title:
            yield f"L’onglet « {copied.title} » s’y appelle « {copied.tab.name} » : Excel n’accepte pas son nom."
    yield from _formulas(made, robot_cells)
    if texts := made.long_texts:
        cells = listed(f"{text.tab}, {text.where} ({number(len(text.text))} caractères)" for text in texts)
        yield (
            f"Une cellule .xlsx ne contient que {number(MAX_TEXT)} caractères ; ces textes, coupés dans la copie, sont "
            f"entiers dans {beside} : {cells}."
        )
    if dates := _cells_of((copied.tab.name, copied.remarks.old_dates) for copied in made.tabs):
        yield f"Excel ne connaît pas les dates d’avant 1900 ; celles-ci y sont en texte : {dates}."
    if loading := _cells_of((copied.tab.name, copied.remarks.loading) for copied in made.tabs):
        yield f"Google n’avait pas fini de calculer ces cellules, en erreur dans la copie : {loading}."
    yield from _left_out(made.tabs)


def _formulas(made: Copy, robot_cells: RobotCells) -> Iterator[str]:
    people = [
        (copied.tab.name, [cell for cell in copied.remarks.formulas if not robot_cells.include(copied.tab, cell)])
        for copied in made.tabs
    ]
    count = sum(len(cells) for _, cells in people)
    robot = sum(len(copied.remarks.formulas) for copied in made.tabs) - count
    if count:
        became = "est devenue la valeur qu’elle affichait" if count == 1 else "sont devenues les valeurs affichées"
        yield f"{plural(count, 'formule')} {became} : {_cells_of(people)}."
    if robot:
        there = plural(robot, "formule du robot est", "formules du robot sont")
        yield f"{there} des valeurs aussi : « sync » les met à jour sur la copie."


def _left_out(tabs: Sequence[CopiedTab]) -> Iterator[str]:
    not_copied = (
        ("les graphiques", [(copied.tab.name, copied.remarks.charts) for copied in tabs]),
        ("les règles de couleurs propres à Google", [(copied.tab.name, copied.remarks.rules) for copied in tabs]),
    )
    for objects, counts in not_copied:
        if where := ", ".join(f"{name} ({count})" for name, count in counts if count):
            yield f"La copie n’a pas {objects} de l’original : {where}."


def _cells_of(cells_by_tab: Iterable[tuple[str, Sequence[str]]]) -> str:
    """Candidatures (3 : A1, B2 et C3) ; Jury (1 : A9)."""
    return " ; ".join(f"{name} ({len(cells)} : {_first_cells(cells)})" for name, cells in cells_by_tab if cells)


def _first_cells(cells: Sequence[str]) -> str:
    return listed(cells) if len(cells) <= _MOST_CELLS else f"{', '.join(cells[:_MOST_CELLS])}…"
