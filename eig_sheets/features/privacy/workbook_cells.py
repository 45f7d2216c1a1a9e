"""The cells of people's tabs to blank or to replace once a period has ended: an exact list, for people.

Juror's addresses are replaced, not blanked: the ranking goes by them. In the order of the addresses, pseudonyms leave
every number as it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from eig_sheets.domain.decisions import RETAINED, TALENT_STATES
from eig_sheets.emails.catalogue.entries import catalogue_of
from eig_sheets.features.privacy.people_tabs import JURY, personal_tabs, tabs_of_persons
from eig_sheets.personal_data import PersonalTab
from eig_sheets.registry import Features
from eig_sheets.spreadsheet.model import cell_names
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.text.french import plain, typographic
from eig_sheets.workbook.fields import Kind
from eig_sheets.workbook.layout import TabLayout

PSEUDONYM_DOMAIN: Final = "anonyme.invalid"
"""Of addresses that stand for a juror's: RFC 2606 keeps `.invalid` from ever being anybody's."""


@dataclass(frozen=True, slots=True)
class CellToChange:
    """A cell that people blank (`replacement` ''), or in which they type `replacement`; `period`: what rules it."""

    tab: str
    cell: str
    header: str
    replacement: str
    period: str
    row: int
    column: int


def cells_to_change(
    layouts: Mapping[str, TabLayout], required: Collection[str], features: Features, *, by_id: bool
) -> list[CellToChange]:
    """Every filled cell that names somebody or may, tab by tab; one that has its replacement already is left out.

    `required`: fields of `Candidatures` without which a dossier is not eligible: a blank one would change its rank.
    """
    jurors, recruits = _pseudonyms(layouts, features), _Recruits(layouts, features)
    tabs = {tab.tab: tab for tab in personal_tabs(features)}
    return [
        change
        for tab_id, layout in layouts.items()
        if tab_id in tabs
        for row in range(layout.header_row + 1, layout.last_row + 1)
        for change in (
            *_erased(tabs[tab_id], layout, row, required, recruits, by_id=by_id),
            *_replaced(tabs[tab_id], layout, row, jurors, by_id=by_id),
        )
    ]


class _Recruits:
    """Who is recruited of people who have a tab of their own: their rows are kept as long as those of projects."""

    def __init__(self, layouts: Mapping[str, TabLayout], features: Features) -> None:
        self._tab = next(iter(tabs_of_persons(features)), None)
        self._catalogue = catalogue_of(features)
        layout = layouts.get(self._tab.tab) if self._tab else None
        self._numbers = frozenset(_retained(self._tab, layout)) if self._tab and layout else frozenset[CellValue]()

    def period(self, tab: PersonalTab, layout: TabLayout, row: int) -> str:
        """What rules the cells to blank of a row: who is not recruited is not kept as long as a project."""
        if self._tab is None:
            return tab.period
        if tab.tab == "emails":
            about = self._catalogue.email_of(str(_value(layout, "modele", row))).about
            is_gone = about == self._tab.tab and _value(layout, "numero", row) not in self._numbers
            return self._tab.period if is_gone else tab.period
        return "dossiers" if tab.person and _value(layout, tab.person, row) in self._numbers else tab.period


def _retained(tab: PersonalTab, layout: TabLayout) -> Iterator[CellValue]:
    """The numbers of those who are recruited; whose status cannot be read may be, and is kept as long."""
    others = {"", *(plain(state) for state in TALENT_STATES if state != RETAINED)}
    for row in range(layout.header_row + 1, layout.last_row + 1):
        if plain(str(_value(layout, "statut", row) or "")) not in others:
            yield _value(layout, tab.person, row)


def _erased(
    tab: PersonalTab,
    layout: TabLayout,
    row: int,
    required: Collection[str],
    recruits: _Recruits,
    *,
    by_id: bool,
) -> Iterator[CellToChange]:
    period = recruits.period(tab, layout, row)
    for field_id in tab.blanked:
        wanted = _filler(layout, field_id) if tab.tab == "candidatures" and field_id in required else ""
        if _value(layout, field_id, row) not in (None, "", wanted):
            yield _cell(layout, field_id, row, wanted, period, by_id=by_id)


def _filler(layout: TabLayout, field_id: str) -> str:
    """The text to put in a cell that must not be blank."""
    return f"efface@{PSEUDONYM_DOMAIN}" if layout.schema.field(field_id).kind is Kind.EMAIL else "effacé"


def _replaced(
    tab: PersonalTab, layout: TabLayout, row: int, jurors: Mapping[str, str], *, by_id: bool
) -> Iterator[CellToChange]:
    pseudonym = jurors.get(_address(_value(layout, _juror_field(tab), row)))
    for field_id, form in tab.replaced if pseudonym else ():
        wanted = f"{pseudonym}@{PSEUDONYM_DOMAIN}" if form == "address" else _name_of(str(pseudonym))
        if _value(layout, field_id, row) not in (None, "", wanted):
            yield _cell(layout, field_id, row, wanted, JURY, by_id=by_id)


def is_begun(layouts: Mapping[str, TabLayout], features: Features) -> bool:
    """Whether some jurors have their pseudonym and others do not: a list was only applied in part."""
    known = _addresses(layouts, features)
    return 0 < sum(map(_is_pseudonym, known)) < len(known)


def _pseudonyms(layouts: Mapping[str, TabLayout], features: Features) -> dict[str, str]:
    """The pseudonym of each juror's address: those that they have, then numbers in the order of the addresses."""
    known = _addresses(layouts, features)
    taken = {address: address.partition("@")[0] for address in known if _is_pseudonym(address)}
    width = len(str(len(known)))
    numbers = (f"jure-{number:0{width}}" for number in range(1, 2 * len(known) + 1))
    free = (name for name in numbers if name not in taken.values())
    return {address: taken.get(address) or next(free) for address in known}


def _juror_field(tab: PersonalTab) -> str:
    """The field of a juror's address in a tab; '' where it has none."""
    return next((field for field, form in tab.replaced if form == "address"), "")


def _addresses(layouts: Mapping[str, TabLayout], features: Features) -> list[str]:
    """The jurors' addresses of every tab, in order."""
    return sorted(
        {
            address
            for tab in personal_tabs(features)
            if (field_id := _juror_field(tab)) and (layout := layouts.get(tab.tab)) is not None
            for row in range(layout.header_row + 1, layout.last_row + 1)
            if (address := _address(_value(layout, field_id, row)))
        }
    )


def _is_pseudonym(address: str) -> bool:
    return address.endswith(f"@{PSEUDONYM_DOMAIN}")


def _address(value: CellValue) -> str:
    return value.strip().casefold() if isinstance(value, str) else ""


def _name_of(pseudonym: str) -> str:
    return typographic(f"Juré {pseudonym.rpartition('-')[2]}")


def _cell(layout: TabLayout, field_id: str, row: int, replacement: str, period: str, *, by_id: bool) -> CellToChange:
    column = layout.columns[field_id]
    name = cell_names.cell_name(layout.tab, row, column, by_id=by_id, header_row=layout.header_row)
    return CellToChange(layout.name, name, layout.header(field_id), replacement, period, row, column)


def _value(layout: TabLayout, field_id: str, row: int) -> CellValue:
    column = layout.columns.get(field_id)
    return None if column is None else layout.tab.value(row, column)
