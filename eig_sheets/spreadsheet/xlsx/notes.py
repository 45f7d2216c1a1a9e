"""Notes on headers: comments, which Excel and LibreOffice show when the mouse stays on a cell."""

from __future__ import annotations

from dataclasses import dataclass

from eig_sheets.spreadsheet.model.cells import a1
from eig_sheets.spreadsheet.xlsx.content_types import VML_DRAWING
from eig_sheets.spreadsheet.xlsx.contents import Contents
from eig_sheets.spreadsheet.xlsx.markup import escape_text, insert_inside, prefix_of, scan, splice

AUTHOR = "eig-sheets"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_LINE_CHARACTERS, _LINE_POINTS = 38, 14
BOX_WIDTH = 220
"""Points."""
BOX_COLOUR = "#fffbe6"

_NAMESPACES = (
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_VML = (
    f"<xml{_NAMESPACES}>"
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)


@dataclass(frozen=True, slots=True)
class Note:
    """The note of a cell, by 1-based row and 0-based column."""

    row: int
    column: int
    text: str


def add_notes(contents: Contents, sheet_part: str, notes: list[Note]) -> str | None:
    """Add notes to a sheet, beside those it has; returns the id of a new drawing for the sheet to refer to, if any."""
    if not notes:
        return None
    package = contents.package
    related = {relation.kind: relation.target for relation in package.relations(sheet_part)}
    comments = related.get("comments")
    if comments is None:
        comments = package.free_name("xl/comments{}.xml")
        package.write(comments, _no_comments(contents.main_namespace))
        package.declare(comments, _COMMENTS_TYPE)
        package.relate(sheet_part, f"{contents.office}/comments", comments)
    package.write(comments, _with_comments(package.read(comments), notes))
    drawing, relation = related.get("vmlDrawing"), None
    if drawing is None:
        drawing = package.free_name("xl/drawings/vmlDrawing{}.vml")
        package.write(drawing, _VML.encode())
        package.declare(drawing, VML_DRAWING)
        relation = package.relate(sheet_part, f"{contents.office}/vmlDrawing", drawing)
    package.write(drawing, _with_shapes(package.raw(drawing), notes))
    return relation


def _no_comments(namespace: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<comments xmlns="{namespace}"><authors></authors><commentList></commentList></comments>'
    ).encode()


def _with_comments(data: bytes, notes: list[Note]) -> bytes:
    root = scan(data)
    authors, listed = root.find("authors"), root.find("commentList")
    if authors is None or listed is None:
        return data
    p = prefix_of(data, root)
    names = [author.text for author in authors.children]
    number = names.index(AUTHOR) if AUTHOR in names else len(names)
    edits = [] if AUTHOR in names else [insert_inside(data, authors, f"<{p}author>{AUTHOR}</{p}author>".encode())]
    new = "".join(
        f'<{p}comment ref="{a1(note.row, note.column)}" authorId="{number}"><{p}text><{p}r><{p}rPr><{p}sz val="9"/>'
        f'<{p}rFont val="Tahoma"/><{p}family val="2"/></{p}rPr>'
        f'<{p}t xml:space="preserve">{escape_text(note.text)}</{p}t></{p}r></{p}text></{p}comment>'
        for note in notes
    )
    return splice(data, [*edits, insert_inside(data, listed, new.encode())])


def _with_shapes(data: bytes, notes: list[Note]) -> bytes:
    place = data.rindex(b"</xml>")
    first = 1025
    while f'"_x0000_s{first}"'.encode() in data:
        first += 1
    shapes = "".join(_shape(note, first + offset) for offset, note in enumerate(notes))
    return data[:place] + shapes.encode() + data[place:]


def box_height(text: str) -> int:
    """The height of the box of a note, in points."""
    return _LINE_POINTS * _lines(text) + 12


def _lines(text: str) -> int:
    return sum(1 + len(line) // _LINE_CHARACTERS for line in text.split("\n"))


def _shape(note: Note, number: int) -> str:
    """The shape of a note; it declares its namespaces, because openpyxl's drawings declare them on shapes only."""
    lines = _lines(note.text)
    row, column = note.row - 1, note.column
    anchor = f"{column + 1}, 12, {row}, 4, {column + 3}, 60, {row + 2 + lines // 2}, 8"
    return (
        f'<v:shape{_NAMESPACES} id="_x0000_s{number}" type="#_x0000_t202"'
        ' style="position:absolute;margin-left:80pt;margin-top:2pt;'
        f'width:{BOX_WIDTH}pt;height:{box_height(note.text)}pt;z-index:{number - 1024};visibility:hidden"'
        f' fillcolor="{BOX_COLOUR}" o:insetmode="auto">'
        f'<v:fill color2="{BOX_COLOUR}"/><v:shadow on="t" color="#999999" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
