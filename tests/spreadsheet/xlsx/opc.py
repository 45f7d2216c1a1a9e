"""Reads an .xlsx package as parts, relationships and XML, with nothing interpreted and nothing of our backend."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CONTENT_TYPES = "[Content_Types].xml"
XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'

Parts = dict[str, bytes]


@dataclass(frozen=True)
class Relation:
    """One relationship of a part; `target` is the name of a part, or an address when `external`."""

    id: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of its type: worksheet, table, comments…."""
        return self.type.rsplit("/", 1)[-1]


def main(name: str) -> str:
    """Qualified name of an element of a spreadsheet."""
    return f"{{{MAIN}}}{name}"


def load(source: Path | bytes) -> Parts:
    """Every part by name."""
    data = source if isinstance(source, bytes) else source.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist() if not name.endswith("/")}


def save(parts: Parts) -> bytes:
    """The package of those parts, in their order, always the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def content_types(parts: Parts) -> dict[str, str]:
    """The type of each part, '' where none is declared: its own line’s or its extension’s. No case counts."""
    listed = f"{{{PACKAGE}/content-types}}"
    root = ET.fromstring(parts[CONTENT_TYPES])
    own = {
        unquote(entry.attrib["PartName"]).lower(): entry.attrib["ContentType"]
        for entry in root.iter(f"{listed}Override")
    }
    usual = {entry.attrib["Extension"].lower(): entry.attrib["ContentType"] for entry in root.iter(f"{listed}Default")}
    return {
        name: own.get(f"/{name}".lower()) or usual.get(name.rsplit(".", 1)[-1].lower(), "")
        for name in parts
        if name != CONTENT_TYPES
    }


def relations_name(part: str) -> str:
    """xl/workbook.xml → xl/_rels/workbook.xml.rels; the package itself is ''."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def owner_name(relations_part: str) -> str:
    """xl/_rels/workbook.xml.rels → xl/workbook.xml."""
    folder, name = posixpath.split(relations_part)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def relations(parts: Parts, part: str = "") -> dict[str, Relation]:
    """Relationships of a part, by id."""
    content = parts.get(relations_name(part))
    elements = ET.fromstring(content) if content else ()
    return {relation.id: relation for relation in (_relation(element, part) for element in elements)}


def _relation(element: ET.Element, part: str) -> Relation:
    external = element.get("TargetMode") == "External"
    target = element.attrib["Target"]
    if not external:
        target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
    return Relation(element.attrib["Id"], element.attrib["Type"], target, external)


def related(parts: Parts, part: str, kind: str) -> list[str]:
    """Parts that a part points to with relationships of that kind."""
    return [r.target for r in relations(parts, part).values() if r.kind == kind and not r.external]


def workbook_part(parts: Parts) -> str:
    """The workbook's own part, wherever it is."""
    return related(parts, "", "officeDocument")[0]


def sheets(parts: Parts) -> dict[str, str]:
    """Name of each tab, in order, and its part."""
    book = workbook_part(parts)
    targets = relations(parts, book)
    elements = ET.fromstring(parts[book]).iter(main("sheet"))
    return {sheet.attrib["name"]: targets[sheet.attrib[f"{{{OFFICE}}}id"]].target for sheet in elements}


def visible_sheets(parts: Parts) -> list[str]:
    """Names of the tabs that people see, in order."""
    elements = ET.fromstring(parts[workbook_part(parts)]).iter(main("sheet"))
    return [sheet.attrib["name"] for sheet in elements if sheet.get("state", "visible") == "visible"]


def canonical(element: ET.Element) -> str:
    """The element's XML in the one form that does not depend on prefixes or the order of attributes."""
    text = ET.canonicalize(ET.tostring(element), rewrite_prefixes=True)
    return re.sub(r' xmlns:n\d+=""', "", text)  # the standard library's leftover for attributes without namespace
