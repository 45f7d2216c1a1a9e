"""[Content_Types].xml: the content type of each part, by an Override of its own or the Default of its extension.

Programs report a part without one as damage. LibreOffice up to 6.0 writes an Override for each relationships part and
no Default for their extension, so that an added part may need either.
"""

from __future__ import annotations

from urllib.parse import unquote

from eig_sheets.spreadsheet.xlsx.markup import (
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
TYPES_BY_EXTENSION = {"rels": RELATIONSHIPS, "vml": VML_DRAWING}
"""Extensions whose parts all have one content type."""


def normalised(name: str) -> str:
    """The name of a part normalised for comparison: without case, leading slash or backslashes."""
    return name.replace("\\", "/").lstrip("/").lower()


def extension_of(name: str) -> str:
    """The extension of a part, in lower case."""
    return normalised(name).rpartition("/")[2].rpartition(".")[2]


class ContentTypes:
    """A parsed [Content_Types].xml. Methods that change it return the new bytes; the object does not change."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._root = scan(data)
        self._overrides = {_part_of_override(line): line for line in self._root.all("Override")}
        self._defaults = {line.attributes.get("Extension", "").lower(): line for line in self._root.all("Default")}

    def type_of(self, part: str) -> str:
        """The content type of a part, '' when it has none."""
        line = self._overrides.get(normalised(part)) or self._defaults.get(extension_of(part))
        return line.attributes.get("ContentType", "") if line else ""

    def has_override(self, part: str) -> bool:
        """Whether there is an Override for a part, even if the part does not exist."""
        return normalised(part) in self._overrides

    def with_type(self, part: str, content_type: str) -> bytes:
        """The bytes with a part of that type: by a Default if its extension always has this type, else an Override."""
        if self.type_of(part) == content_type:
            return self._data
        if (line := self._overrides.get(normalised(part))) is not None:
            return splice(self._data, [set_attribute(self._data, line, "ContentType", content_type)])
        if TYPES_BY_EXTENSION.get(extension_of(part)) == content_type and extension_of(part) not in self._defaults:
            return self._with_line(f'Default Extension="{extension_of(part)}"', content_type)
        return self._with_line(f'Override PartName="/{escape_attribute(part)}"', content_type)

    def without_override(self, part: str) -> bytes:
        """The bytes without the Override of a part."""
        lines = [line for line in self._root.all("Override") if _part_of_override(line) == normalised(part)]
        return splice(self._data, [(line.start, line.end, b"") for line in lines])

    def _with_line(self, subject: str, content_type: str) -> bytes:
        new = f'<{prefix_of(self._data, self._root)}{subject} ContentType="{content_type}"/>'.encode()
        first = self._root.children[0].start if self._root.children else 0
        by_extension = first and subject.startswith("Default")
        place = (first, first, new) if by_extension else insert_inside(self._data, self._root, new)
        return splice(self._data, [place])


def _part_of_override(line: Element) -> str:
    return normalised(unquote(line.attributes.get("PartName", "")))
