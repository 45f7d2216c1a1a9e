"""The workbook part, xl/workbook.xml: tabs in order, and defined names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from eig_sheets.spreadsheet.xlsx.markup import (
    DamagedError,
    Edit,
    Element,
    escape_attribute,
    escape_text,
    insert_inside,
    prefix_of,
    scan,
    set_attribute,
    splice,
)
from eig_sheets.spreadsheet.xlsx.package import Package

_STRICT = "purl.oclc.org"
_TRUE = ("1", "true")


@dataclass(frozen=True, slots=True)
class Tab:
    """One `<sheet>`: `part` is '' when it is not a worksheet (a chart, a dialog, a macro sheet)."""

    name: str
    id: int
    part: str
    relation: str
    element: Element

    @property
    def hidden(self) -> bool:
        """Whether people do not see it, be it that they may ask for it or not."""
        return self.element.attributes.get("state", "") in ("hidden", "veryHidden")


@dataclass(frozen=True, slots=True)
class DefinedName:
    """One defined name; `local` is the position of the tab of its scope, if it is local."""

    name: str
    text: str
    local: int | None
    element: Element

    @property
    def target(self) -> tuple[str, str] | None:
        """The tab and the cell or area that it refers to (without `$`); None for anything else, or a broken one."""
        match = re.fullmatch(r"(?:'((?:[^']|'')+)'|([^'!]+))!([$A-Za-z0-9:]+)", self.text.strip())
        if match is None or "#REF" in self.text:
            return None
        return (match[1] or match[2]).replace("''", "'"), match[3].replace("$", "")


class Contents:
    """The current workbook part. Every change rewrites the part and parses it again."""

    def __init__(self, package: Package) -> None:
        self.package = package
        documents = [relation for relation in package.relations("") if relation.kind == "officeDocument"]
        if not documents or documents[0].target not in package:
            raise DamagedError("no workbook part")
        self.part = documents[0].target
        self._refresh()

    def _refresh(self) -> None:
        self.data = self.package.read(self.part)
        self.root = scan(self.data)
        if self.root.name != "workbook":
            raise DamagedError("no workbook part")
        targets = {r.id: r.target if r.kind == "worksheet" else "" for r in self.package.relations(self.part)}
        sheets = self.root.find("sheets")
        self.tabs = [_tab(element, targets) for element in (sheets.all("sheet") if sheets else [])]
        names = self.root.find("definedNames")
        self.names = [_name(element) for element in (names.all("definedName") if names else [])]

    @property
    def prefix(self) -> str:
        """The namespace prefix of the part's elements."""
        return prefix_of(self.data, self.root)

    @property
    def main_namespace(self) -> str:
        """The main namespace: transitional or strict."""
        return self.root.namespace

    @property
    def office(self) -> str:
        """The namespace of `r:id`, which is also the beginning of types of relationships."""
        strict = "http://purl.oclc.org/ooxml/officeDocument/relationships"
        usual = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        return strict if self.is_strict else usual

    @property
    def is_strict(self) -> bool:
        """Whether the file uses the namespaces of strict Open XML."""
        return _STRICT in self.main_namespace

    @property
    def since_1904(self) -> bool:
        """Whether dates count from 1904."""
        properties = self.root.find("workbookPr")
        return properties is not None and properties.attributes.get("date1904") in _TRUE

    def tab(self, name: str) -> Tab | None:
        """The tab of that name, whatever its case, as in spreadsheet programs."""
        folded = name.casefold()
        return next((tab for tab in self.tabs if tab.name.casefold() == folded), None)

    def related(self, kind: str) -> str | None:
        """The part of the workbook of that kind (`styles`, `sharedStrings`, `calcChain`)."""
        relations = self.package.relations(self.part)
        return next((r.target for r in relations if r.kind == kind and r.target in self.package), None)

    def rewrite(self, edits: list[Edit]) -> None:
        """Apply edits to the part."""
        if edits:
            self.package.write(self.part, splice(self.data, edits))
            self._refresh()

    def add_tab(self, name: str, part: str, before: str | None, state: str = "") -> None:
        """Add a tab for a sheet part, before the tab `before` or last; positions of tabs are renumbered."""
        relation = self.package.relate(self.part, f"{self.office}/worksheet", part)
        next_id = max((tab.id for tab in self.tabs), default=0) + 1
        attributes = f'name="{escape_attribute(name)}" sheetId="{next_id}"' + (f' state="{state}"' if state else "")
        new = f'<{self.prefix}sheet xmlns:r="{self.office}" {attributes} r:id="{relation}"/>'.encode()
        sheets = self._sheets()
        follower = self.tab(before) if before else None
        if follower is None:
            self.rewrite([insert_inside(self.data, sheets, new)])
            return
        place = self.tabs.index(follower)
        start = follower.element.start
        self.rewrite([(start, start, new), *self._renumbered(place)])

    def _sheets(self) -> Element:
        sheets = self.root.find("sheets")
        if sheets is None:
            raise DamagedError("no sheets in the workbook part")
        return sheets

    def _renumbered(self, place: int) -> list[Edit]:
        shifted = [
            (name.element, "localSheetId", name.local)
            for name in self.names
            if name.local is not None and name.local >= place
        ]
        views = self.root.find("bookViews")
        for view in views.all("workbookView") if views else []:
            for attribute in ("activeTab", "firstSheet"):
                number = int(view.attributes.get(attribute, "0"))
                if number >= place and (number or attribute == "activeTab"):
                    shifted.append((view, attribute, number))
        return [set_attribute(self.data, element, attribute, str(n + 1)) for element, attribute, n in shifted]

    def set_name(self, name: str, text: str, local: int | None = None, *, hidden: bool = True) -> None:
        """Define a name, or change what it refers to."""
        known = next((n for n in self.names if n.name.casefold() == name.casefold() and n.local == local), None)
        if known is not None:
            if known.text != text:
                inside = known.element
                self.rewrite([(inside.inner, inside.close, escape_text(text).encode())])
            return
        attributes = f'name="{escape_attribute(name)}"' + (f' localSheetId="{local}"' if local is not None else "")
        attributes += ' hidden="1"' if hidden else ""
        new = f"<{self.prefix}definedName {attributes}>{escape_text(text)}</{self.prefix}definedName>".encode()
        names = self.root.find("definedNames")
        if names is not None:
            self.rewrite([insert_inside(self.data, names, new)])
            return
        place = max(element.end for element in self.root.children if element.name in _BEFORE_NAMES)
        tag = f"{self.prefix}definedNames".encode()
        self.rewrite([(place, place, b"<" + tag + b">" + new + b"</" + tag + b">")])

    def drop_names(self, removed: list[DefinedName]) -> None:
        """Remove defined names."""
        if not removed:
            return
        names = self.root.find("definedNames")
        if names is not None and len(removed) == len(self.names):
            self.rewrite([(names.start, names.end, b"")])
        else:
            self.rewrite([(name.element.start, name.element.end, b"") for name in removed])

    def show_first_tab(self) -> None:
        """Make the first tab the active one."""
        views = self.root.find("bookViews")
        for view in views.all("workbookView") if views else []:
            self.rewrite([set_attribute(self.data, view, "activeTab", None)])

    def compute_on_opening(self) -> None:
        """Make spreadsheet programs recompute every formula when they open the file."""
        calculation = self.root.find("calcPr")
        if calculation is not None:
            self.rewrite([set_attribute(self.data, calculation, "fullCalcOnLoad", "1")])
            return
        place = max(element.end for element in self.root.children if element.name in (*_BEFORE_NAMES, "definedNames"))
        self.rewrite([(place, place, f'<{self.prefix}calcPr fullCalcOnLoad="1"/>'.encode())])


_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")


def _tab(element: Element, targets: dict[str, str]) -> Tab:
    relation = next((value for key, value in element.attributes.items() if key.endswith("}id")), "")
    number = element.attributes.get("sheetId", "0")
    return Tab(
        element.attributes.get("name", ""),
        int(number) if number.isdigit() else 0,
        targets.get(relation, ""),
        relation,
        element,
    )


def _name(element: Element) -> DefinedName:
    local = element.attributes.get("localSheetId")
    return DefinedName(
        element.attributes.get("name", ""), element.text, int(local) if local is not None else None, element
    )


def quoted(tab: str) -> str:
    """A tab's name, quoted for formulas."""
    return "'" + tab.replace("'", "''") + "'"
