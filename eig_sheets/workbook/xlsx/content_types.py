"""[Content_Types].xml: what each part of a package is, by a line of its own or by its extension.

A program takes a part without one for damage. LibreOffice up to 6.0 gives relationships a line each and their extension
none, so that nothing may be taken for granted of parts that are added.
"""

from __future__ import annotations

from urllib.parse import unquote

from eig_sheets.workbook.xlsx.markup import (
    Element,
    escape_attribute,
    insert_inside,
    prefix_of,
    scan,
    set_attribute,
    splice,
)

CONTENT_TYPES = "[Content_Types].xml"
RELATIONSHIPS = "application/vnd.openxmlformats-package.relationships+xml"
VML_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
OF_EXTENSIONS = {"rels": RELATIONSHIPS, "vml": VML_DRAWING}
"""Extensions of which all parts are of one type."""


def folded(name: str) -> str:
    """The name of a part as it is compared: case does not count, nor how it is written."""
    return name.replace("\\", "/").lstrip("/").lower()


def extension_of(name: str) -> str:
    """What follows the last point of the name of a part, in small letters."""
    return folded(name).rpartition("/")[2].rpartition(".")[2]


class ContentTypes:
    """The types that a [Content_Types].xml gives, and the edits that give more; it changes nothing of itself."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._root = scan(data)
        self._own = {_named(line): line for line in self._root.all("Override")}
        self._usual = {line.attributes.get("Extension", "").lower(): line for line in self._root.all("Default")}

    def of(self, part: str) -> str:
        """The type of a part, '' when it has none."""
        line = self._own.get(folded(part)) or self._usual.get(extension_of(part))
        return line.attributes.get("ContentType", "") if line else ""

    def names(self, part: str) -> bool:
        """Whether a part of that name has a line of its own, be it there or not."""
        return folded(part) in self._own

    def declared(self, part: str, content_type: str) -> bytes:
        """With a part of that type: as its extension says if that says so, else by a line of its own."""
        if self.of(part) == content_type:
            return self._data
        if (line := self._own.get(folded(part))) is not None:
            return splice(self._data, [set_attribute(self._data, line, "ContentType", content_type)])
        if OF_EXTENSIONS.get(extension_of(part)) == content_type and extension_of(part) not in self._usual:
            return self._with_line(f'Default Extension="{extension_of(part)}"', content_type)
        return self._with_line(f'Override PartName="/{escape_attribute(part)}"', content_type)

    def undeclared(self, part: str) -> bytes:
        """Without the line of a part."""
        lines = [line for line in self._root.all("Override") if _named(line) == folded(part)]
        return splice(self._data, [(line.start, line.end, b"") for line in lines])

    def _with_line(self, subject: str, content_type: str) -> bytes:
        new = f'<{prefix_of(self._data, self._root)}{subject} ContentType="{content_type}"/>'.encode()
        first = self._root.children[0].start if self._root.children else 0
        by_extension = first and subject.startswith("Default")
        place = (first, first, new) if by_extension else insert_inside(self._data, self._root, new)
        return splice(self._data, [place])


def _named(line: Element) -> str:
    return folded(unquote(line.attributes.get("PartName", "")))
