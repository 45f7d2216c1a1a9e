"""People's tabs and the outbox as `init` creates them: headers, drop-downs, notes, robot's columns at the right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from eig_sheets.spreadsheet.model.cells import WrittenValue
from eig_sheets.spreadsheet.model.sheet import Cards, Sheet, View
from eig_sheets.workbook import lookup_formula
from eig_sheets.workbook.fields import CardSchema, TabSchema


def sheet(
    tab: TabSchema,
    banner: tuple[str, ...],
    sources: Mapping[str, Sheet],
    rows: Sequence[Mapping[str, WrittenValue]] = (),
) -> Sheet:
    """The whole tab; `rows` by id of field or robot's field, `sources` the robot's tabs that its columns show."""
    columns = (*(field.column() for field in tab.made), *(robot.look for robot in tab.robots_made))
    ids = [*(field.id for field in tab.made), *(robot.id for robot in tab.robots_made)]
    cells = tuple(tuple(row.get(column) for column in ids) for row in rows)
    marks = tuple((len(tab.made) + place, robot.id) for place, robot in enumerate(tab.robots_made))
    key = (len(banner) + 1, ids.index(tab.key))
    lookups = tuple(
        (place, lookup_formula.formula(robot, tab, robot.header, key, sources[robot.source_tab]))
        for (place, _), robot in zip(marks, tab.robots_made, strict=True)
    )
    fields = tuple(field.id for field in tab.made)
    return Sheet(
        tab.id, tab.name, tab.owner, columns, cells, banner, marks, fields, lookups,
        hidden=tab.hidden, frozen_columns=tab.frozen_columns, views=tuple(_views(tab)),
        cards=_cards(tab.cards, ids) if tab.cards else None,
    )  # fmt: skip


def _cards(cards: CardSchema, ids: Sequence[str]) -> Cards:
    """The card of each row; a robot's column that the tab does not have is left out."""
    shown, listed = (tuple(ids.index(name) for name in named if name in ids) for named in (cards.shown, cards.listed))
    return Cards(cards.title, shown, listed, cards.page)


def _views(tab: TabSchema) -> Iterator[View]:
    for place, robot in enumerate(tab.robots_made, len(tab.made)):
        if robot.left_out:
            yield View(f"Sans « {robot.left_out} »", place, robot.left_out)
