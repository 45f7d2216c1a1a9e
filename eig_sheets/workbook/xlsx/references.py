"""What else in a package refers to rows of a tab, or lies on them: before these rows are deleted."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from eig_sheets.text.french import typographic
from eig_sheets.workbook.model.base import RowsInUseError
from eig_sheets.workbook.model.plan import DeleteRows
from eig_sheets.workbook.model.references import refers_to_rows
from eig_sheets.workbook.xlsx import grid, ranges
from eig_sheets.workbook.xlsx.contents import Contents, Tab
from eig_sheets.workbook.xlsx.marks import is_mark
from eig_sheets.workbook.xlsx.markup import Element, scan
from eig_sheets.workbook.xlsx.read import tab_formulas

_FORMULAS = {"f", "formula", "formula1", "formula2", "calculatedColumnFormula", "totalsRowFormula"}
_LINKED = ("textlink", "fmlaLink", "fmlaRange", "linkedCell", "listFillRange")
_OF_ROWS = ("_xlnm._FilterDatabase", "_xlnm.Print_Titles")
"""Names that a program keeps for the tab as a whole: its filter, its titles."""
_OTHERS = {
    "charts": "un graphique",
    "chartEx": "un graphique",
    "pivotCache": "un tableau croisé",
    "drawings": "un dessin",
    "ctrlProps": "un contrôle de formulaire",
}


def refuse_rows_in_use(contents: Contents, tab: Tab, operation: DeleteRows) -> None:
    """Raise RowsInUseError when anything but the snapshot's own cells refers to the rows, or lies on them."""
    for what in uses(contents, tab, operation.first_row, operation.last_row):
        raise RowsInUseError(typographic(what))


def uses(contents: Contents, tab: Tab, first: int, last: int) -> Iterator[str]:
    """Everything that refers to rows of a tab, or lies on them: each the end of a French sentence."""

    def refers(text: str, own: str) -> bool:
        return refers_to_rows(text, own, tab.name, first, last)

    for name in contents.names:
        if not is_mark(name.name) and name.name not in _OF_ROWS and refers(name.text, ""):
            yield f"le nom « {name.name} » y renvoie"
    sheets = {other.part: other.name for other in contents.tabs if other.part}
    for part, own in sheets.items():
        if any(refers(text, own) for text in tab_formulas(contents, part).values()):
            yield f"une formule de l’onglet « {own} » y renvoie"
        parts = grid.split(contents.package.read(part))
        if any(refers(text, own) for text in _texts(scan(parts.head + parts.tail))):
            yield f"une règle (validation ou mise en forme) de l’onglet « {own} » y renvoie"
    yield from _on_the_rows(contents, tab, first, last)
    yield from (
        f"{what} y renvoie"
        for what, root in _other_parts(contents)
        if any(refers(text, "") for text in (*_texts(root), *_sources(root)))
    )


def _texts(root: Element) -> Iterator[str]:
    """Every formula of a part but those of cells: rules, series of charts, cells shown by shapes."""
    for element in root.walk():
        if element.name in _FORMULAS and element.text:
            yield element.text
        yield from (element.attributes[name] for name in _LINKED if name in element.attributes)


def _sources(root: Element) -> Iterator[str]:
    """The areas that pivot tables count."""
    for element in root.walk():
        if element.name == "worksheetSource" and "ref" in element.attributes:
            sheet = element.attributes.get("sheet", "").replace("'", "''")
            yield f"'{sheet}'!{element.attributes['ref']}"


def _on_the_rows(contents: Contents, tab: Tab, first: int, last: int) -> Iterator[str]:
    """Notes, links, formulas and totals of tables that lie on the rows."""
    package = contents.package
    parts = grid.split(package.read(tab.part))
    links = scan(parts.head + parts.tail).find("hyperlinks")
    if links and any(_touches(link.attributes.get("ref", ""), first, last) for link in links.children):
        yield "un lien y a été mis"
    for relation in package.relations(tab.part):
        if relation.target not in package:
            continue
        if relation.kind in ("comments", "threadedComment"):
            if any(
                _touches(item.attributes.get("ref", ""), first, last)
                for item in scan(package.read(relation.target)).walk()
            ):
                yield "une note y a été mise"
        elif relation.kind == "table":
            root = scan(package.read(relation.target))
            name = root.attributes.get("displayName", "")
            if any(refers_to_rows(text, tab.name, tab.name, first, last) for text in _texts(root)):
                yield f"le tableau « {name} » y renvoie"
            if root.attributes.get("totalsRowCount", "0") != "0" and _touches(
                root.attributes.get("ref", ""), first, last
            ):
                yield f"le tableau « {name} » les totalise"


def _touches(reference: str, first: int, last: int) -> bool:
    area = ranges.parse(reference)
    return area is not None and area.first_row <= last and area.last_row >= first


def _other_parts(contents: Contents) -> Iterator[tuple[str, Element]]:
    """Charts, pivot tables and drawings, in French, with what each holds."""
    for name in contents.package:
        folder = posixpath.dirname(name).rpartition("/")[2]
        if folder in _OTHERS and name.endswith(".xml"):
            yield _OTHERS[folder], scan(contents.package.read(name))
