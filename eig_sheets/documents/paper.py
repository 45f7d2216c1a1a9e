"""A .docx on A4, in French: headings, sentences, tables whose headers are repeated on each page."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from html import escape
from typing import Any, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from eig_sheets import __version__
from eig_sheets.documents.sections import Section
from eig_sheets.spreadsheet.model.palette import DARK, RULE, SOFT
from eig_sheets.text.french import number, typographic

_FONT: Final = "Arial"
_TWIPS: Final = 567  # in a centimetre
_MARGINS: Final = '<w:tcMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tcMar>'
_FORBIDDEN: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
"""Characters that XML cannot hold."""


class Paper:
    """Builds a .docx: texts of people are kept as they are, ours get French typography."""

    def __init__(self, title: str, day: date) -> None:
        self._document: Any = Document()
        self._sheet(title)
        for name, size in (("Normal", 10), ("Heading 1", 14), ("Title", 20)):
            self._style(name, size)
        self._properties(title, day)

    def _sheet(self, title: str) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(1.7)
        section.top_margin, section.bottom_margin = Cm(1.8), Cm(1.8)
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = foot.add_run(f"{_clean(title)} – page ")
        for code in ("PAGE", "NUMPAGES"):
            _field(foot, code)
            if code == "PAGE":
                foot.add_run(" / ")
        for run in foot.runs:
            run.font.size = Pt(8)

    def _style(self, name: str, size: int) -> None:
        style = self._document.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        fonts.set(qn("w:hAnsi"), _FONT)
        style.paragraph_format.space_after = Pt(5)
        if name != "Normal":
            style.font.color.rgb, style.font.bold = RGBColor.from_string(DARK), True
            style.paragraph_format.space_before = Pt(14 if name == "Heading 1" else 0)
            for border in style.element.iter(qn("w:pBdr")):
                border.getparent().remove(border)

    def _properties(self, title: str, day: date) -> None:
        properties = self._document.core_properties
        properties.title, properties.author = _clean(title), f"eig-sheets {__version__}"
        properties.last_modified_by, properties.comments, properties.language = "", "", "fr-FR"
        properties.created = properties.modified = datetime.combine(day, time.min)
        for language in self._document.styles.element.iter(qn("w:lang")):
            language.set(qn("w:val"), "fr-FR")

    def title(self, words: str, under: str) -> None:
        """The title, and the line under it."""
        self._document.add_heading(typographic(words), 0)
        self.strong(under)

    def heading(self, words: str) -> None:
        """The heading of a part."""
        self._document.add_heading(typographic(words), 1)

    def sentence(self, words: str, *, keep_with_next: bool = False) -> None:
        """Add a sentence of ours; `keep_with_next`: on the same page as what follows."""
        self._document.add_paragraph(_clean(typographic(words))).paragraph_format.keep_with_next = keep_with_next

    def strong(self, words: str) -> None:
        """A line in bold."""
        self._document.add_paragraph().add_run(_clean(words)).bold = True

    def code(self, words: str) -> None:
        """Add a line in a fixed-width font."""
        run = self._document.add_paragraph().add_run(words)
        run.font.name, run.font.size = "Courier New", Pt(9)

    def table(self, headers: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float]) -> None:
        """A table of texts, its columns `widths` centimetres wide."""
        table = self._document.add_table(0, len(headers))
        table.style, table.autofit = "Table Grid", False
        body = table._tbl  # noqa: SLF001 -- row by row through the library takes the square of the number of rows
        for place, column in enumerate(body.tblGrid.findall(qn("w:gridCol"))):
            column.set(qn("w:w"), str(round(widths[place] * _TWIPS)))
        _frame(body)
        body.extend(_rows([list(map(typographic, headers))], widths, header=True))
        body.extend(_rows(rows, widths, header=False))
        self._document.add_paragraph().paragraph_format.space_after = Pt(2)

    def section(self, section: Section) -> None:
        """A section: its heading, its sentences, and its table if it has rows."""
        self.heading(section.heading)
        for sentence in section.sentences:
            self.sentence(sentence)
        if section.rows:
            self.table(section.headers, section.rows, section.widths)

    def saved(self) -> bytes:
        """The bytes of the .docx."""
        output = io.BytesIO()
        self._document.save(output)
        return output.getvalue()


def amount(value: float | None, decimals: int) -> str:
    """A number in French, « – » when there is none."""
    return "–" if value is None else number(value, decimals)


def _clean(text: str) -> str:
    return text.translate(_FORBIDDEN)


def _element(tag: str, *inside: Any, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    element.extend(inside)
    return element


def _field(paragraph: Any, code: str) -> None:
    for kind in ("begin", None, "end"):
        run = paragraph.add_run()
        if kind:
            run._r.append(_element("w:fldChar", fldCharType=kind))  # noqa: SLF001 -- the library has no fields
        else:
            words = _element("w:instrText")
            words.text = code
            run._r.append(words)  # noqa: SLF001


def _frame(body: Any) -> None:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = [_element(f"w:{side}", val="single", sz="4", color=RULE) for side in sides]
    body.tblPr.append(_element("w:tblBorders", *lines))


def _rows(rows: Iterable[Sequence[str]], widths: Sequence[float], *, header: bool) -> list[Any]:
    """Rows of a table, written as text and parsed at once: element by element, thousands of them take minutes."""
    row_properties = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if header else "<w:trPr><w:cantSplit/></w:trPr>"
    twips = [round(width * _TWIPS) for width in widths]
    cells = ((_cell(text, width, header=header) for text, width in zip(row, twips, strict=True)) for row in rows)
    written = "".join(f"<w:tr>{row_properties}{''.join(row)}</w:tr>" for row in cells)
    return list(parse_xml(f"<w:tbl {nsdecls('w')}>{written}</w:tbl>"))


def _cell(text: str, width: int, *, header: bool) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{SOFT}"/>' if header else ""
    look = f'<w:tcW w:w="{width}" w:type="dxa"/>{shade}{_MARGINS}'
    lines = "".join(_line(line, "<w:b/>" if header else "") for line in _clean(text).split("\n"))
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{lines}</w:tc>"


def _line(text: str, weight: str) -> str:
    spacing = '<w:pPr><w:spacing w:before="20" w:after="20"/></w:pPr>'
    words = f'<w:t xml:space="preserve">{escape(text)}</w:t>'
    return f'<w:p>{spacing}<w:r><w:rPr>{weight}<w:sz w:val="17"/></w:rPr>{words}</w:r></w:p>'
