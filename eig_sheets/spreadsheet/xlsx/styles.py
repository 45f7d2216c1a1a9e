"""xl/styles.xml: entries are only ever added, and an identical entry is used again."""

from __future__ import annotations

from dataclasses import dataclass, field

from eig_sheets.spreadsheet.xlsx.cell_values import NumberKind, kind_of_format
from eig_sheets.spreadsheet.xlsx.contents import Contents
from eig_sheets.spreadsheet.xlsx.markup import (
    Edit,
    Element,
    escape_attribute,
    insert_inside,
    prefix_of,
    scan,
    set_attribute,
    splice,
)

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors",
    "extLst",
)  # fmt: skip
_FIRST_OWN_FORMAT = 164


@dataclass(frozen=True, slots=True)
class Node:
    """An XML element to write or to compare: attributes sorted, without namespaces."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[Node, ...] = ()

    def to_xml(self, prefix: str = "") -> str:
        """The element as XML."""
        tag = prefix + self.name
        attributes = "".join(f' {name}="{escape_attribute(value)}"' for name, value in self.attributes)
        inside = "".join(child.to_xml(prefix) for child in self.children)
        return f"<{tag}{attributes}>{inside}</{tag}>" if inside else f"<{tag}{attributes}/>"

    def with_changes(self, *children: Node, **attributes: str) -> Node:
        """A copy with other attributes, and with children in place of those of the same names."""
        names = {child.name for child in children} | {"extLst"}
        kept = tuple(child for child in self.children if child.name not in names)
        order = {"alignment": 0, "protection": 1}
        together = sorted((*kept, *children), key=lambda child: order.get(child.name, 2))
        return Node(self.name, tuple(sorted((dict(self.attributes) | attributes).items())), tuple(together))


def node(name: str, *children: Node, **attributes: str) -> Node:
    """A Node from its attributes by name."""
    return Node(name, tuple(sorted(attributes.items())), children)


def _as_node(element: Element) -> Node:
    children = tuple(_as_node(child) for child in element.children)
    return Node(element.name, tuple(sorted(element.attributes.items())), children)


@dataclass(slots=True)
class _Collection:
    """One list of the part, such as `fonts`: its entries, and those that we add."""

    element: Element | None
    nodes: list[Node]
    places: dict[Node, int] = field(default_factory=dict)
    old: int = 0


class Styles:
    """The styles of a workbook. `finish` writes the entries that were added."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        part = contents.related("styles")
        self._part = part or self._create()
        self._data = contents.package.read(self._part)
        self._root = scan(self._data)
        self._collections = {name: self._collection(name) for name in _ORDER}

    def _create(self) -> str:
        contents, part = self._contents, "xl/styles.xml"
        contents.package.write(part, _minimal(contents.main_namespace))
        contents.package.declare(part, CONTENT_TYPE)
        contents.package.relate(contents.part, f"{contents.office}/styles", part)
        return part

    def _collection(self, name: str) -> _Collection:
        element = self._root.find(name)
        nodes = [_as_node(child) for child in element.children] if element else []
        places: dict[Node, int] = {}
        for place, known in enumerate(nodes):
            places.setdefault(known, place)
        return _Collection(element, nodes, places, len(nodes))

    def _place(self, collection: str, new: Node) -> int:
        known = self._collections[collection]
        if new not in known.places:
            known.places[new] = len(known.nodes)
            known.nodes.append(new)
        return known.places[new]

    def font(self, new: Node) -> int:
        """The index of a font, added if needed."""
        return self._place("fonts", new)

    def default_font(self) -> Node:
        """The font of ordinary cells."""
        fonts = self._collections["fonts"].nodes
        return fonts[0] if fonts else node("font", node("sz", val="11"), node("name", val="Calibri"))

    def fill(self, new: Node) -> int:
        """The index of a fill, added if needed."""
        return self._place("fills", new)

    def border(self, new: Node) -> int:
        """The index of a border, added if needed."""
        return self._place("borders", new)

    def difference(self, new: Node) -> int:
        """The index of a `dxf` (the style of a conditional format), added if needed."""
        return self._place("dxfs", new)

    def number_format(self, code: str) -> int:
        """The id of a custom number format, added if needed."""
        formats = self._collections["numFmts"].nodes
        numbers = {dict(f.attributes).get("formatCode"): dict(f.attributes).get("numFmtId", "0") for f in formats}
        if code in numbers:
            return int(numbers[code])
        number = max((_FIRST_OWN_FORMAT - 1, *(int(value) for value in numbers.values()))) + 1
        self._place("numFmts", node("numFmt", numFmtId=str(number), formatCode=code))
        return number

    def style(self, new: Node) -> int:
        """The index of a cell style (`xf`), added if needed."""
        return self._place("cellXfs", new)

    def cell_style(self, style: int) -> Node:
        """The cell style of that index; the default one when there is none."""
        styles = self._collections["cellXfs"].nodes
        return styles[style] if style < len(styles) else node("xf")

    def number_kind(self, style: int) -> NumberKind:
        """The kind of value that a number shows in a cell style."""
        number = dict(self.cell_style(style).attributes).get("numFmtId", "0")
        formats = (dict(f.attributes) for f in self._collections["numFmts"].nodes)
        code = next((f.get("formatCode") for f in formats if f.get("numFmtId") == number), None)
        return kind_of_format(int(number), code)

    def is_bold(self, style: int) -> bool:
        """Whether a cell style shows text in bold, as headers usually are."""
        place = int(dict(self.cell_style(style).attributes).get("fontId", "0"))
        fonts = self._collections["fonts"].nodes
        marks = fonts[place].children if place < len(fonts) else ()
        return any(mark.name == "b" and dict(mark.attributes).get("val", "1") not in ("0", "false") for mark in marks)

    def finish(self) -> None:
        """Write the part, if anything was added."""
        edits: list[Edit] = []
        prefix = prefix_of(self._data, self._root)
        for name, collection in self._collections.items():
            added = collection.nodes[collection.old :]
            if added:
                edits += self._added(name, collection, "".join(new.to_xml(prefix) for new in added), prefix)
        if edits:
            self._contents.package.write(self._part, splice(self._data, edits))

    def _added(self, name: str, collection: _Collection, new: str, prefix: str) -> list[Edit]:
        count = str(len(collection.nodes))
        if collection.element is None:
            later = _ORDER[_ORDER.index(name) + 1 :]
            place = next((child.start for child in self._root.children if child.name in later), self._root.close)
            return [(place, place, f'<{prefix}{name} count="{count}">{new}</{prefix}{name}>'.encode())]
        element = collection.element
        if element.attributes.get("count") is None:
            return [insert_inside(self._data, element, new.encode())]
        if element.close == element.inner:  # an empty <x count="0"/>: the two edits would overlap
            tag = prefix + name
            return [(element.start, element.end, f'<{tag} count="{count}">{new}</{tag}>'.encode())]
        return [set_attribute(self._data, element, "count", count), insert_inside(self._data, element, new.encode())]


def _minimal(namespace: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<styleSheet xmlns="{namespace}">'
        '<fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    ).encode()
