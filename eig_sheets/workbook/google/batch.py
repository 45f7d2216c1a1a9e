"""A plan as the requests of one batch: what is written in people's tabs lies in rows and columns that it inserts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from eig_sheets.workbook.cells import Link, WrittenValue
from eig_sheets.workbook.google import cells, looks, marks, objects, tables
from eig_sheets.workbook.google.areas import Json, area, extend, insert, put, start
from eig_sheets.workbook.google.reading import Seen, SeenTab
from eig_sheets.workbook.google.repair import Located
from eig_sheets.workbook.plan import (
    AddColumn,
    AppendRows,
    CreateTab,
    Equip,
    Operation,
    Plan,
    ReplaceTab,
    SetFormula,
)
from eig_sheets.workbook.sheet import Format, Owner, Sheet
from eig_sheets.workbook.snapshot import Snapshot, TabSnapshot

_ROOM_FOR_PEOPLE = 500
"""Rows of a tab that people fill: the blank ones are read too, so not too many; the outbox grows by what is added."""


class ImpossibleError(Exception):
    """The spreadsheet has no place for an operation: another tab, or another kind of workbook. Says why in French."""


@dataclass
class Batch:
    """The requests of a plan; `token` is its own. The robot's `account` and the `officers` may edit what we protect."""

    snapshot: Snapshot
    seen: Seen
    account: str | None
    officers: Sequence[str]
    token: str
    requests: list[Json] = field(default_factory=list)
    located: list[Located] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._tabs = dict(self.seen.tabs)
        self._order = [tab.name for tab in self.snapshot.tabs]

    def add(self, plan: Plan) -> None:
        """Every operation, in order, then what makes the batch this run's. Raises ImpossibleError, ValueError."""
        for operation in plan.operations:
            self.requests.extend(self._of(operation))
        if self.requests:
            self.requests = [marks.run(self.seen.next_run, self.token), *self.requests, *self._forgotten()]

    def _forgotten(self) -> Iterator[Json]:
        for number in self.seen.runs[: -marks.KEPT_RUNS]:
            yield marks.forget(marks.FIRST_RUN + number)

    def _of(self, operation: Operation) -> Iterator[Json]:
        match operation:
            case CreateTab():
                yield from self._created(operation)
            case ReplaceTab():
                yield from self._replaced(operation)
            case AddColumn():
                yield from self._column(operation)
            case AppendRows():
                yield from self._rows(operation)
            case Equip():
                yield from self._equipped(operation)
            case SetFormula():
                self._locate(operation)
            case _:
                raise ImpossibleError(f"{type(operation).__name__} : une place fixe dans un onglet de l’équipe")

    @property
    def editors(self) -> list[str]:
        """Who may change what we protect, besides the owner of the spreadsheet."""
        return [*([self.account] if self.account else []), *self.officers]

    @property
    def titles(self) -> dict[int, str]:
        """The names of the tabs, those that the batch makes included, by their ids."""
        return {tab.id: name for name, tab in self._tabs.items()}

    def id_of(self, name: str) -> int:
        """The id of a tab. Raises ImpossibleError."""
        return self._tab(name).id

    def is_guarded(self, operation: AppendRows) -> bool:
        """Whether the batch fails should any column of the rows be elsewhere than it was read."""
        return sum(1 for _ in self._still_there(operation, self._tab(operation.tab))) == len(operation.columns)

    def _tab(self, name: str) -> SeenTab:
        if name not in self._tabs:
            raise ImpossibleError(f"l’onglet « {name} » n’existe pas")
        return self._tabs[name]

    def _created(self, operation: CreateTab) -> Iterator[Json]:
        sheet = operation.sheet
        if any(sheet.name.casefold() == name.casefold() for name in self._order):
            raise ImpossibleError(f"un onglet « {sheet.name} » existe déjà")
        sheet_id = self._new_id(sheet.name)
        index = self._order.index(operation.before) if operation.before in self._order else len(self._order)
        rows, columns = objects.room(sheet)
        people = sheet.header_row + _ROOM_FOR_PEOPLE if sheet.owner is Owner.PEOPLE else 0
        made = SeenTab(sheet_id, max(rows, people), columns)
        self._order.insert(index, sheet.name)
        self._tabs[sheet.name] = made
        yield tables.new_tab(sheet, made, index)
        yield from self._marked(sheet, sheet_id)
        yield from tables.filled(sheet, sheet_id, self._link_to)
        yield tables.tinted(sheet, sheet_id)
        yield from looks.whole(sheet, sheet_id)
        yield from self._kept(sheet, sheet_id)
        yield from objects.charts(sheet, sheet_id, frozenset())

    def _new_id(self, name: str) -> int:
        """An id of our own choosing, so that the other requests of the batch can name the tab."""
        taken = {tab.id for tab in self._tabs.values()}
        for attempt in range(len(taken) + 1):
            digest = sha256(f"{self.token} {name} {attempt}".encode()).digest()
            if (found := int.from_bytes(digest[:4], "big") >> 1) not in taken:
                return found
        raise ImpossibleError("plus aucun identifiant libre")

    def _marked(self, sheet: Sheet, sheet_id: int) -> Iterator[Json]:
        yield marks.on_tab(sheet_id, sheet.id)
        yield marks.look_on(sheet_id, sheet.look, None)
        for place, name in (*enumerate(sheet.fields), *sheet.robot_columns):
            yield marks.on_column(sheet_id, place, name)

    def _kept(self, sheet: Sheet, sheet_id: int) -> Iterator[Json]:
        """Protections: robot's tabs from everyone, guarded columns for the officers, once there are any."""
        if sheet.owner is Owner.ROBOT:
            yield objects.protection(sheet_id, "", self.editors)
            yield objects.filter_view(sheet, sheet_id)
        elif self.officers:
            for place, column in enumerate(sheet.columns):
                if column.guarded:
                    yield objects.protection(sheet_id, sheet.fields[place], self.editors, (place, sheet.header_row))

    def _replaced(self, operation: ReplaceTab) -> Iterator[Json]:
        seen, sheet = self._tab(operation.name), operation.sheet
        tab = self.snapshot.tab(operation.name)
        if tab is None or tab.mark != sheet.id or operation.anew:
            yield from self._inserted(sheet, seen, tab)
            return
        rows, columns = objects.room(sheet)
        yield from self._roomy(seen, rows, columns)
        if rows > seen.rows:  # whether Google dresses the rows it adds was never seen
            yield from looks.rows(sheet, seen.id, seen.rows)
        yield from tables.changed(tab, sheet, seen.id, self._link_to)
        if tab.look != sheet.look or _moved(tab, sheet):
            yield from self._dressed(sheet, seen)

    def _inserted(self, sheet: Sheet, seen: SeenTab, tab: TabSnapshot | None) -> Iterator[Json]:
        """A whole table in rows of its own, on top: where our headers are not, people may be typing something.

        What is below is theirs until the next run, which tells of it. The look comes once the tab is marked as ours.
        """
        rows, columns = objects.room(sheet)
        yield from self._roomy(seen, 0, columns)
        yield insert(seen.id, "ROWS", 0, rows)
        grown = replace(seen, rows=seen.rows + rows, columns=max(seen.columns, columns))
        self._tabs[sheet.name if tab is None else tab.name] = grown
        yield from tables.filled(sheet, seen.id, self._link_to)
        if tab is None or tab.mark != sheet.id:
            yield marks.on_tab(seen.id, sheet.id)
        else:
            yield from self._dressed(sheet, grown)

    def _dressed(self, sheet: Sheet, seen: SeenTab) -> Iterator[Json]:
        yield from tables.undressed(seen)
        yield from looks.whole(sheet, seen.id)
        yield from objects.charts(sheet, seen.id, seen.charts)
        yield marks.look_on(seen.id, sheet.look, seen.look_id)

    def _roomy(self, seen: SeenTab, height: int, width: int) -> Iterator[Json]:
        if height > seen.rows:
            yield extend(seen.id, "ROWS", seen.rows, height)
        if width > seen.columns:
            yield extend(seen.id, "COLUMNS", seen.columns, width)

    def _column(self, operation: AddColumn) -> Iterator[Json]:
        """A fresh column, wherever people's are by then: nothing of theirs can be in it."""
        seen, place, top = self._tab(operation.tab), operation.column, operation.header_row - 1
        yield from self._roomy(seen, operation.header_row, place)
        columns = max(seen.columns, place)
        yield insert(seen.id, "COLUMNS", place, place + 1, like_before=place == columns)
        self._tabs[operation.tab] = replace(seen, columns=columns + 1, rows=max(seen.rows, operation.header_row))
        shown = (
            cells.formula(operation.lookup) if operation.lookup else cells.written(operation.look.header, self._link_to)
        )
        yield from looks.single(operation.look, seen.id, place, top, robot=operation.mark is not None)
        yield put(start(seen.id, top, place), [[shown]])
        name = operation.mark or operation.field
        if name:
            yield marks.on_column(seen.id, place, name)
        if operation.look.guarded and self.officers:
            yield objects.protection(seen.id, name, self.editors, (place, operation.header_row))

    def _rows(self, operation: AppendRows) -> Iterator[Json]:
        """Fresh rows under the last one, wherever that is by then; none if their columns moved meanwhile."""
        seen, first, count = self._tab(operation.tab), operation.first_row - 1, len(operation.rows)
        width = max(operation.columns, default=-1) + 1
        yield from self._still_there(operation, seen)
        yield from self._roomy(seen, 0, width)
        top = min(first, seen.rows)
        yield insert(seen.id, "ROWS", top, first + count, like_before=first >= seen.rows)
        rows = seen.rows + first + count - top
        self._tabs[operation.tab] = replace(seen, rows=rows, columns=max(seen.columns, width))
        yield put(start(seen.id, first, 0), [self._row(operation, values, width) for values in operation.rows])
        for column, look in zip(operation.columns, operation.looks, strict=True):
            where = area(seen.id, (first, first + count), (column, column + 1))
            if look.tick:
                yield {"setDataValidation": {"range": where, "rule": looks.validation(look)}}
            if look.format in (Format.DATE, Format.DATETIME):
                shown = {"userEnteredFormat": {"numberFormat": looks.number_format(look.format)}}
                yield {"repeatCell": {"range": where, "cell": shown, "fields": looks.NUMBER_FORMAT}}

    def _still_there(self, operation: AppendRows, seen: SeenTab) -> Iterator[Json]:
        tab = self.snapshot.tab(operation.tab)
        for column in operation.columns:
            mark = tab.column_marks.get(column) if tab else None
            found = None if mark is None else seen.column_ids.get((mark, column))
            if mark is not None and found is not None:
                yield marks.still(found, mark, seen.id, column)

    def _row(self, operation: AppendRows, values: Sequence[WrittenValue], width: int) -> list[Json]:
        row: list[Json] = [{} for _ in range(width)]
        for column, value in zip(operation.columns, values, strict=True):
            row[column] = cells.written(value, self._link_to)
        return row

    def _equipped(self, operation: Equip) -> Iterator[Json]:
        sheet_id = self._tab(operation.tab).id
        if operation.mark:
            yield marks.on_tab(sheet_id, operation.mark)
        for column, name in operation.columns:
            yield marks.on_column(sheet_id, column, name)
        for column, name in operation.released:
            found = self._tab(operation.tab).column_ids.get((name, column))
            if found is not None:
                yield marks.forget(found)
        for place, name in operation.guarded:
            where = None if place is None else (place, operation.header_row)
            known = self._tab(operation.tab).guards.get(name)
            if known is None:
                yield objects.protection(sheet_id, name, self.editors, where)
            else:
                yield objects.shared(known[0], [*known[1], *self.editors])

    def _locate(self, operation: SetFormula) -> None:
        seen = self._tab(operation.tab)
        found = seen.column_ids.get((operation.mark, operation.column))
        if found is None:
            raise ImpossibleError(f"la colonne « {operation.mark} » de « {operation.tab} » n’a plus son repère")
        self.located.append(Located(found, seen.id, operation))

    def _link_to(self, link: Link) -> str | None:
        tab = self._tabs.get(link.tab)
        return None if tab is None else f"#gid={tab.id}&range={link.cell}"


def _moved(tab: TabSnapshot, sheet: Sheet) -> bool:
    """Whether people moved the headers, and the formats with them."""
    return any(tab.value(sheet.header_row, place) != column.header for place, column in enumerate(sheet.columns))
