"""Finds what refers to rows of a tab, or lies on them, before they are deleted: names, rules, charts, notes, links."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from eig_sheets.spreadsheet.model.base import RowsInUseError
from eig_sheets.spreadsheet.model.formulas import refers_to_rows
from eig_sheets.spreadsheet.model.plan import DeleteRows
from eig_sheets.spreadsheet.xlsx import grid, ranges
from eig_sheets.spreadsheet.xlsx.contents import Contents, Tab
from eig_sheets.spreadsheet.xlsx.marks import is_mark
from eig_sheets.spreadsheet.xlsx.markup import Element, scan
from eig_sheets.spreadsheet.xlsx.read import tab_formulas
from eig_sheets.text.french import typographic

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
    reasons = _rows_in_use(RowUses(contents, tab), operation.first_row, operation.last_row)
    if reasons:
        raise RowsInUseError({row: typographic(what) for row, what in reasons.items()})


def _rows_in_use(rows: RowUses, first: int, last: int) -> dict[int, str]:
    """Each row in use, with the first thing that refers to it or lies on it."""
    what = next(rows.uses(first, last), None)
    if what is None:
        return {}
    if first == last:
        return {first: what}
    middle = (first + last) // 2
    reasons = {**_rows_in_use(rows, first, middle), **_rows_in_use(rows, middle + 1, last)}
    return reasons or dict.fromkeys(range(first, last + 1), what)


class RowUses:
    """What refers to rows of a tab, or lies on them; the package is read once."""

    def __init__(self, contents: Contents, tab: Tab) -> None:
        self._tab = tab.name
        self._texts = [*_naming(contents), *_tables(contents, tab)]
        self._areas = [*_on_rows(contents, tab)]

    def uses(self, first: int, last: int) -> Iterator[str]:
        """Everything that refers to these rows, or lies on them: each the end of a French sentence."""
        for what, own, texts in self._texts:
            if any(refers_to_rows(text, own, self._tab, first, last) for text in texts):
                yield what
        for what, references in self._areas:
            if any(_touches(reference, first, last) for reference in references):
                yield what


def _naming(contents: Contents) -> Iterator[tuple[str, str, Sequence[str]]]:
    """What may name rows: how it is said in French, the tab that its formulas are of, '' for none, and these."""
    for name in contents.names:
        if not is_mark(name.name) and name.name not in _OF_ROWS:
            yield f"le nom « {name.name} » y renvoie", "", [name.text]
    sheets = {other.part: other.name for other in contents.tabs if other.part}
    for part, own in sheets.items():
        yield f"une formule de l’onglet « {own} » y renvoie", own, [*tab_formulas(contents, part).values()]
        parts = grid.split(contents.package.read(part))
        rules = [*_texts(scan(parts.head + parts.tail))]
        yield f"une règle (validation ou mise en forme) de l’onglet « {own} » y renvoie", own, rules
    for what, root in _other_parts(contents):
        yield f"{what} y renvoie", "", [*_texts(root), *_sources(root)]


def _tables(contents: Contents, tab: Tab) -> Iterator[tuple[str, str, Sequence[str]]]:
    """The formulas of the tables of the tab, as `_naming`."""
    for root in _table_roots(contents, tab):
        yield f"le tableau « {root.attributes.get('displayName', '')} » y renvoie", tab.name, [*_texts(root)]


def _on_rows(contents: Contents, tab: Tab) -> Iterator[tuple[str, Sequence[str]]]:
    """Notes, links and totals of tables of the tab: how it is said in French, and where they are."""
    package = contents.package
    parts = grid.split(package.read(tab.part))
    links = scan(parts.head + parts.tail).find("hyperlinks")
    if links:
        yield "un lien y a été mis", [link.attributes.get("ref", "") for link in links.children]
    for relation in package.relations(tab.part):
        if relation.kind in ("comments", "threadedComment") and relation.target in package:
            notes = scan(package.read(relation.target)).walk()
            yield "une note y a été mise", [note.attributes.get("ref", "") for note in notes]
    for root in _table_roots(contents, tab):
        if root.attributes.get("totalsRowCount", "0") != "0":
            name = root.attributes.get("displayName", "")
            yield f"le tableau « {name} » les totalise", [root.attributes.get("ref", "")]


def _table_roots(contents: Contents, tab: Tab) -> Iterator[Element]:
    package = contents.package
    for relation in package.relations(tab.part):
        if relation.kind == "table" and relation.target in package:
            yield scan(package.read(relation.target))


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


def _touches(reference: str, first: int, last: int) -> bool:
    area = ranges.parse(reference)
    return area is not None and area.first_row <= last and area.last_row >= first


def _other_parts(contents: Contents) -> Iterator[tuple[str, Element]]:
    """Charts, pivot tables and drawings, in French, with what each holds."""
    for name in contents.package:
        folder = posixpath.dirname(name).rpartition("/")[2]
        if folder in _OTHERS and name.endswith(".xml"):
            yield _OTHERS[folder], scan(contents.package.read(name))
