"""Looks of the tabs that we make: styles of cells, drop-downs, conditional colours."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from eig_sheets.spreadsheet.model import palette
from eig_sheets.spreadsheet.model.cells import CellValue, Formula, Link, WrittenValue, a1, column_letters
from eig_sheets.spreadsheet.model.sheet import Column, Format, Tone
from eig_sheets.spreadsheet.xlsx.cell_values import CellWriter, NumberKind
from eig_sheets.spreadsheet.xlsx.contents import Contents, quoted
from eig_sheets.spreadsheet.xlsx.marks import tab_marks
from eig_sheets.spreadsheet.xlsx.markup import escape_attribute, escape_text
from eig_sheets.spreadsheet.xlsx.read import LISTS_TAB_MARK, tab_values
from eig_sheets.spreadsheet.xlsx.styles import Node, Styles, node
from eig_sheets.text.french import typographic

_BUILT_IN = {Format.GENERAL: 0, Format.MIXED: 0, Format.WRAPPED: 0, Format.TEXT: 0, Format.NOTE: 2, Format.INTEGER: 3}
_TEXT_FORMAT = 49

PADDING = 2
"""Characters added to the width of a column, for the indent and the filter button of the header."""

_RISKY_STARTS = ("=", "+", "-", "@", "'")


def opaque(colour: str) -> str:
    """An opaque ARGB colour, as files write it."""
    return f"FF{colour}"


def _solid(colour: str) -> Node:
    inside = (node("fgColor", rgb=opaque(colour)), node("bgColor", indexed="64"))
    return node("fill", node("patternFill", *inside, patternType="solid"))


def _line(colour: str, *sides: str) -> Node:
    edges = [
        node(side, node("color", rgb=opaque(colour)), style="thin") if side in sides else node(side)
        for side in ("left", "right", "top", "bottom")
    ]
    return node("border", *edges, node("diagonal"))


class Looks:
    """Indexes of our cell styles, each added to the workbook's styles when it is first needed."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.header = cache(self._header)
        self.body = cache(self._body)
        self.banner = cache(self._banner)
        self.tone = cache(self._tone)
        self.fitted = cache(self._fitted)
        self._number_kind = cache(styles.number_kind)

    def _font(self, colour: str, *, bold: bool = False, underlined: bool = False) -> int:
        base = {child.name: child for child in self.styles.default_font().children}
        kept = [base[name] for name in ("sz",) if name in base]
        after = [base[name] for name in ("name", "family") if name in base]
        before = [node("b")] if bold else []
        line = [node("u")] if underlined else []
        return self.styles.font(node("font", *before, *line, *kept, node("color", rgb=opaque(colour)), *after))

    def _header(self, robot: bool) -> int:
        alignment = node("alignment", vertical="center", horizontal="left", indent="1", wrapText="1")
        return self._style(
            font=self._font(palette.WHITE if robot else palette.DARK, bold=True),
            fill=self.styles.fill(_solid(palette.DARK if robot else palette.SOFT)),
            border=self.styles.border(_line(palette.RULE, "right", "bottom")),
            children=(alignment,),
        )

    def _body(self, look: Format, *, unlocked: bool = False, link: bool = False, typed: bool = False) -> int:
        """The style of a cell under the header; `unlocked` in a protected tab, `typed` where people type."""
        children = [node("alignment", vertical="top", **_alignment(look, typed=typed))]
        if unlocked:
            children.append(node("protection", locked="0"))
        number = _TEXT_FORMAT if typed and look is Format.TEXT else self._number_format(look)
        return self._style(
            font=self._font(palette.LINK, underlined=True) if link else 0,
            border=self.styles.border(_line(palette.RULE, "bottom")),
            number_format=number,
            children=tuple(children),
        )

    def _banner(self, warning: bool, *, wrapped: bool = False) -> int:
        font = self._font(palette.RED if warning else palette.GREY, bold=warning)
        fill = self.styles.fill(_solid(palette.PALE_RED)) if warning else 0
        alignment = node("alignment", vertical="center", **({"wrapText": "1"} if wrapped else {}))
        return self._style(font=font, fill=fill, children=(alignment,))

    def _style(
        self, *, font: int = 0, fill: int = 0, border: int = 0, number_format: int = 0, children: tuple[Node, ...] = ()
    ) -> int:
        applied = {
            "applyFont": font, "applyFill": fill, "applyBorder": border, "applyNumberFormat": number_format,
            "applyAlignment": 1, "applyProtection": any(child.name == "protection" for child in children),
        }  # fmt: skip
        numbers = {"numFmtId": number_format, "fontId": font, "fillId": fill, "borderId": border, "xfId": 0}
        attributes = {name: str(value) for name, value in numbers.items()}
        return self.styles.style(
            node("xf", *children, **attributes, **{name: "1" for name, on in applied.items() if on})
        )

    def _number_format(self, look: Format) -> int:
        return _BUILT_IN[look] if look in _BUILT_IN else self.styles.number_format(palette.PATTERNS[look])

    def _tone(self, tone: Tone) -> int:
        colour, background = palette.TONES[tone]
        return self._rule(colour, background)

    def warning(self) -> int:
        """The index of the `dxf` that shows a banner line in red."""
        return self._rule(palette.RED, palette.PALE_RED, bold=True)

    def _rule(self, colour: str, background: str, *, bold: bool = False) -> int:
        font = node("font", *([node("b")] if bold else []), node("color", rgb=opaque(colour)))
        fill = node("fill", node("patternFill", node("bgColor", rgb=opaque(background)), patternType="solid"))
        return self.styles.difference(node("dxf", font, fill))

    def for_value(self, style: int, look: Column, value: WrittenValue) -> int:
        """The style, changed only if the value would be read as something else with it.

        A date needs a date format and a number must not have one; a text that begins like a formula must stay a text
        when somebody edits it.
        """
        if isinstance(value, str) and value.startswith(_RISKY_STARTS):
            return self.fitted(style, look.format, "quoted")
        if isinstance(value, datetime):
            return style if self._number_kind(style) is NumberKind.DATE else self.fitted(style, look.format, "date")
        if _is_number(value) and self._number_kind(style) is not NumberKind.NUMBER:
            return self.fitted(style, look.format, "number")
        return style

    def _fitted(self, style: int, look: Format, kind: str) -> int:
        base = self.styles.cell_style(style)
        if kind == "quoted":
            return self.styles.style(base.with_changes(quotePrefix="1"))
        if kind == "date":
            look = look if look in (Format.DATE, Format.DATETIME) else Format.DATETIME
        elif look in (Format.DATE, Format.DATETIME):
            look = Format.GENERAL
        number = str(self._number_format(look))
        return self.styles.style(base.with_changes(numFmtId=number, applyNumberFormat="1"))


def _alignment(look: Format, *, typed: bool) -> dict[str, str]:
    """The alignment of a format: text left, numbers right, indented; where people type, numbers keep the default."""
    if look in (Format.TEXT, Format.WRAPPED):
        return {"horizontal": "left", "indent": "1", "wrapText": "1"}
    if look is Format.MIXED:
        return {"horizontal": "center"}
    return {} if typed or look is Format.GENERAL else {"horizontal": "right", "indent": "1"}


def _is_number(value: WrittenValue) -> bool:
    if isinstance(value, Formula):
        return _is_number(value.value)
    return isinstance(value, (int, float)) and not isinstance(value, (bool, datetime, Link))


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
