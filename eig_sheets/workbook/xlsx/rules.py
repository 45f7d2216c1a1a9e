"""XML of the data validations (drop-downs) and conditional formats (colours) of a column."""

from __future__ import annotations

from eig_sheets.text.french import typographic
from eig_sheets.workbook.model import palette
from eig_sheets.workbook.model.cells import CellValue, a1, column_letters
from eig_sheets.workbook.model.sheet import Column
from eig_sheets.workbook.xlsx.cellxml import CellWriter
from eig_sheets.workbook.xlsx.contents import Contents, quoted
from eig_sheets.workbook.xlsx.formatting import Looks, opaque
from eig_sheets.workbook.xlsx.marks import tab_marks
from eig_sheets.workbook.xlsx.markup import escape_attribute, escape_text
from eig_sheets.workbook.xlsx.read import LISTS_TAB_MARK, tab_values

LISTS_TAB = "Listes (robot)"
UNEXPECTED_ANSWER = "Réponse inattendue"
_LONGEST_INLINE_LIST = 255
NOT_OFFERED = typographic(
    "Cette réponse n’est pas dans la liste. La garder quand même ? Le robot la signalera s’il ne la comprend pas."
)
_ROBOT_ONLY = typographic(
    "Cet onglet est réécrit par le robot à chaque passage : ce que vous tapez ici serait perdu. "
    "Corrigez plutôt l’onglet d’où vient la valeur. Trier et filtrer restent possibles."
)


class Lists:
    """Drop-down lists too long for a rule: each is a column of a hidden tab, shared by rules with the same choices."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        known = next((name for name, mark in tab_marks(contents).items() if mark == LISTS_TAB_MARK), None)
        self.tab = contents.tab(known) if known else None
        self.name = self.tab.name if self.tab else _free_tab_name(contents)
        self._columns = _columns(tab_values(contents, self.tab.part)) if self.tab else []
        self.changed = False

    def formula(self, choices: tuple[str, ...]) -> str:
        """The formula of a drop-down rule with these choices: the list itself, or its range in the hidden tab."""
        if fits_in_rule(choices):
            return f'"{",".join(choices)}"'
        if choices not in self._columns:
            self._columns.append(choices)
            self.changed = True
        letters = column_letters(self._columns.index(choices))
        return f"{quoted(self.name)}!${letters}$1:${letters}${len(choices)}"

    def to_xml(self) -> bytes:
        """The sheet part of the hidden tab."""
        writer = CellWriter("", since_1904=False)
        height = max(len(words) for words in self._columns)
        rows = []
        for row in range(1, height + 1):
            values = [words[row - 1] if row <= len(words) else None for words in self._columns]
            cells = (writer.cell(self.name, a1(row, column), 0, value) for column, value in enumerate(values))
            rows.append(f'<row r="{row}">{"".join(cells)}</row>')
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<worksheet xmlns="{self._contents.main_namespace}"><sheetData>{"".join(rows)}</sheetData></worksheet>'
        ).encode()


def fits_in_rule(choices: tuple[str, ...]) -> bool:
    """Whether a rule can name these words itself."""
    units = len(",".join(choices).encode("utf-16-le")) // 2
    return units <= _LONGEST_INLINE_LIST and not any("," in choice or '"' in choice for choice in choices)


def _free_tab_name(contents: Contents) -> str:
    name, number = LISTS_TAB, 1
    while contents.tab(name) is not None:
        number += 1
        name = f"{LISTS_TAB} {number}"
    return name


def _columns(rows: list[list[CellValue]]) -> list[tuple[str, ...]]:
    width = max((len(row) for row in rows), default=0)
    columns = []
    for column in range(width):
        cells = [row[column] if column < len(row) else None for row in rows]
        columns.append(tuple(str(cell) for cell in cells if cell is not None))
    return columns


def drop_down(column: Column, area: str, lists: Lists, prefix: str = "") -> str:
    """The drop-down of a column, as a warning only: people may keep another answer."""
    formula = escape_text(lists.formula(column.choices))
    return (
        f'<{prefix}dataValidation type="list" errorStyle="warning" allowBlank="1" showInputMessage="1"'
        f' showErrorMessage="1" errorTitle="{UNEXPECTED_ANSWER}" error="{escape_attribute(NOT_OFFERED)}"'
        f' sqref="{area}">'
        f"<{prefix}formula1>{formula}</{prefix}formula1></{prefix}dataValidation>"
    )


def read_only_rule(area: str) -> str:
    """The rule that rejects all typing, for robot's tabs."""
    return (
        '<dataValidation type="custom" errorStyle="stop" allowBlank="0" showErrorMessage="1"'
        f' errorTitle="Onglet du robot" error="{escape_attribute(_ROBOT_ONLY)}" sqref="{area}">'
        "<formula1>FALSE</formula1></dataValidation>"
    )


def column_colours(column: Column, area: str, looks: Looks, first_priority: int, prefix: str = "") -> tuple[str, int]:
    """The conditional format of a column ('' when it has none), and the next free priority."""
    p, rules, priority = prefix, [], first_priority
    for words, tone in column.tones:
        formula = escape_text('"' + words.replace('"', '""') + '"')
        rules.append(
            f'<{p}cfRule type="cellIs" dxfId="{looks.tone(tone)}" priority="{priority}" operator="equal">'
            f"<{p}formula>{formula}</{p}formula></{p}cfRule>"
        )
        priority += 1
    if column.scale:
        low, high = column.scale
        points = "".join(f'<{p}cfvo type="num" val="{value:g}"/>' for value in (low, (low + high) / 2, high))
        shades = "".join(
            f'<{p}color rgb="{shade}"/>' for shade in map(opaque, (palette.LOW, palette.MIDDLE, palette.HIGH))
        )
        rules.append(
            f'<{p}cfRule type="colorScale" priority="{priority}"><{p}colorScale>{points}{shades}'
            f"</{p}colorScale></{p}cfRule>"
        )
        priority += 1
    if column.bar:
        rules.append(
            f'<{p}cfRule type="dataBar" priority="{priority}"><{p}dataBar><{p}cfvo type="num" val="0"/>'
            f'<{p}cfvo type="num" val="1"/><{p}color rgb="{opaque(palette.BAR)}"/></{p}dataBar></{p}cfRule>'
        )
        priority += 1
    if not rules:
        return "", priority
    inside = "".join(rules)
    return f'<{p}conditionalFormatting sqref="{area}">{inside}</{p}conditionalFormatting>', priority


def warning_colours(area: str, first_cell: str, looks: Looks, priority: int) -> str:
    """The conditional format that shows a computed banner line in red when it begins with ⚠."""
    return (
        f'<conditionalFormatting sqref="{area}"><cfRule type="expression" dxfId="{looks.warning()}"'
        f' priority="{priority}">'
        f'<formula>LEFT({first_cell},1)="⚠"</formula></cfRule></conditionalFormatting>'
    )
