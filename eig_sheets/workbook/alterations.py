"""What others made of a workbook's definitions that matters: whatever decides, approves, or says what was sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from eig_sheets.text.french import listed_first
from eig_sheets.workbook.alteration_codes import STOPPING
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.authors import altered_columns
from eig_sheets.workbook.layout import Layout, TabLayout
from eig_sheets.workbook.model.alterations import Alteration
from eig_sheets.workbook.model.cells import a1
from eig_sheets.workbook.model.snapshot import Snapshot
from eig_sheets.workbook.render import envois
from eig_sheets.workbook.schema import Schema

_SENT_TAB: Final = "envois"
_JURORS: Final = "jury"


def alterations_of(snapshot: Snapshot, layout: Layout, schema: Schema) -> tuple[Alteration, ...]:
    """Those of the snapshot about a tab of ours or a column that decides; and e-mails that left, and are forgotten."""
    authors = (one for located in layout.tabs.values() for one in altered_columns(located))
    return (*_of_access(snapshot, layout), *_told(snapshot, layout), *authors, *_forgotten(snapshot, layout, schema))


def stops_sending(found: Iterable[Alteration]) -> list[Alteration]:
    """Those while which nothing is sent."""
    return [one for one in found if one.code in STOPPING]


def alteration_anomalies(found: Iterable[Alteration], layout: Layout) -> Iterator[Anomaly]:
    """An anomaly for each, with its column where it is one of people's."""
    tabs = {located.name: located for located in layout.tabs.values()}
    for one in found:
        cell = _cell(one, tabs[one.tab]) if one.column and one.tab in tabs else None
        yield anomaly(one.code, one.tab, cell, header=one.column, value=one.value)


def _cell(one: Alteration, located: TabLayout) -> str | None:
    fields = (place for field, place in located.columns.items() if located.header(field) == one.column)
    authors = located.tab.author_columns.values()
    named = (place for place in authors if located.tab.value(located.header_row, place) == one.column)
    place = next(chain(fields, named), None)
    return None if place is None else a1(located.header_row, place)


def _of_access(snapshot: Snapshot, layout: Layout) -> Iterator[Alteration]:
    """Whether the rules that say who reads and decides are there, and as they were written."""
    state = snapshot.access
    if not snapshot.capabilities.row_access or _JURORS not in layout.tabs:
        return
    tab = layout.tabs[_JURORS].name
    if state.access is None:
        yield Alteration("acces_ouvert", tab)
    elif state.altered:
        yield Alteration("acces_altere", tab, value=listed_first(state.altered))


def _told(snapshot: Snapshot, layout: Layout) -> Iterator[Alteration]:
    guarded = {located.name: _guarded(located) for located in layout.tabs.values()}
    robots = {*layout.robot_tabs.values()}
    for one in snapshot.alterations:
        if one.code == "colonne_en_formule":
            if one.column in guarded.get(one.tab, ()):
                yield one
        elif one.code == "formulaire_publie":
            decides = guarded.get(one.tab) or one.tab == layout.robot_tabs.get(_SENT_TAB)
            if decides:
                yield one
            elif one.tab in guarded or one.tab in robots:
                yield Alteration("formulaire_ouvert", one.tab)
        elif one.code not in STOPPING or one.tab in robots:
            yield one


def _guarded(located: TabLayout) -> list[str]:
    """The headers of the columns that are for officers."""
    return [
        located.header(field.id) for field in located.schema.fields if field.guarded and field.id in located.columns
    ]


def _forgotten(snapshot: Snapshot, layout: Layout, schema: Schema) -> Iterator[Alteration]:
    """The e-mails that left as the workbook keeps it apart, and of which `Envois` says something else, or nothing.

    None after a write of ours that was interrupted: they are then two states of the same e-mails.
    """
    if snapshot.interrupted or not snapshot.sent:
        return
    name = layout.robot_tabs.get(_SENT_TAB)
    lines = [envois.mark_of(line) for line in envois.TABLE.read(snapshot.tab(name) if name else None)]
    shown, told = {*lines}, Counter(line.id for line in lines)
    wrong = [mark.id for mark in snapshot.sent if mark not in shown or told[mark.id] > 1]
    if wrong:
        yield Alteration("envois_incomplets", name or schema.robot_tabs[_SENT_TAB], value=listed_first(wrong))
