"""The readers of a document: the table and the rules as a batch leaves them, the accounts it is shared with. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from eig_sheets.spreadsheet.grist import access as rules
from eig_sheets.spreadsheet.grist import own_tables
from eig_sheets.spreadsheet.grist.document import ACCESS_MARK, MARKS, READERS, Document
from eig_sheets.spreadsheet.grist.work import Action
from eig_sheets.spreadsheet.model.access import Access, Account, Reader
from eig_sheets.spreadsheet.model.signing import MARK as AUTHOR


class WorkAccess:
    """Who may read a document while a batch adds tables and columns to it: rules are about these too."""

    def __init__(self, document: Document) -> None:
        self._document = document
        marks = own_tables.marks_of(document)
        self._tabs = {table.id: marks[table.ref, 0].id for table in document.tables if (table.ref, 0) in marks}
        self._structure = rules.structure_of(document)
        self._columns: list[tuple[str, str, str]] = []
        self._access = rules.decoded(document.readers.access)

    def mark(self, table: str, column: str, mark: str, *, robot: bool) -> None:
        """A table (`column` is '') or a column is now what the mark says; the ids of both."""
        if not column:
            self._tabs[table] = mark
            if robot and table not in self._structure.robots:
                self._structure.robots.append(table)
        elif mark.startswith(AUTHOR):
            self._structure.authors.append((table, column))
        elif not robot:
            self._columns.append((table, column, mark))

    def follow(self, actions: Iterable[Action]) -> None:
        """The marks that some actions add."""
        for action in actions:
            if action[:2] == ["AddRecord", MARKS]:
                cells = action[3]
                self.mark(cells["table_id"], cells["col_id"], cells["repere"], robot=bool(cells.get("robot")))

    def close(self, access: Access, readers: Sequence[Reader], robot: str) -> Iterator[Action]:
        """The actions that make the table of readers what it should be, and remember what the rules say."""
        self._access = access
        kept = self._document.readers
        if not kept.is_there:
            yield from own_tables.created(READERS)
        wanted = {robot.lower(): (rules.ROBOT, "")}
        others = [reader for reader in readers if reader.address not in wanted]
        wanted |= {reader.address: (reader.role.value, reader.written) for reader in others}
        yield from _rows(self._document, wanted)
        text = f"{ACCESS_MARK}{rules.encoded(access)}"
        if not kept.mark:
            yield ["AddRecord", MARKS, None, {"table_id": "", "col_id": "", "repere": text}]
        elif kept.access != rules.encoded(access):
            yield ["UpdateRecord", MARKS, kept.mark, {"repere": text}]

    def actions(self) -> Iterator[Action]:
        """The actions that make rules and roles what they should be, after all the others; none where nobody closed."""
        if self._access is None:
            return
        for table, column, mark in self._columns:
            if table in self._tabs:
                self._structure.add(self._tabs[table], mark, table, column)
        formula = rules.role_formula(self._access, self._structure)
        if formula != self._document.readers.role:
            yield ["ModifyColumn", READERS, "role", {"isFormula": True, "formula": formula}]
        if any(rules.altered(self._access, self._structure, self._document)):
            yield from rules.rule_actions(self._access, self._structure, self._document)


def taken_over(document: Document, account: str) -> Iterator[Action]:
    """The actions that make this account the robot's in the access rules; none if it is already."""
    rows = document.readers.rows
    robot = next((row for row in rows if row.role == rules.ROBOT), None)
    if robot is None or robot.address == account.lower():
        return
    if others := [row.row_id for row in rows if row.address == account.lower()]:
        yield ["BulkRemoveRecord", READERS, others]
    yield ["UpdateRecord", READERS, robot.row_id, {"adresse": account.lower()}]


def _rows(document: Document, wanted: dict[str, tuple[str, str]]) -> Iterator[Action]:
    """Rows of those who come, change or go: who goes first, then who changes, so that nobody is twice in it."""
    there = {row.address: row for row in document.readers.rows}
    gone = [row.row_id for row in document.readers.rows if row.address not in wanted or there[row.address] is not row]
    if gone:
        yield ["BulkRemoveRecord", READERS, gone]
    for address, (role, written) in wanted.items():
        cells = {"qualite": role, "ecrit": written}
        row = there.get(address)
        if row is None:
            yield ["AddRecord", READERS, None, {"adresse": address, **cells}]
        elif (row.role, row.written) != (role, written):
            yield ["UpdateRecord", READERS, row.row_id, cells]


OWNERS: Final = "owners"
EDITORS: Final = "editors"
VIEWERS: Final = "viewers"
_STRENGTH: Final = ("", VIEWERS, EDITORS, OWNERS)
_EVERYBODY: Final = ("anon@getgrist.com", "everyone@getgrist.com")


def roles_of(shared: Mapping[str, Any]) -> dict[str, str]:
    """The role of each person by their address: their own, or that of the team as far as the document inherits it."""
    most = _strength(shared.get("maxInheritedRole"))
    roles = {}
    for person in shared.get("users", ()):
        inherited = min(most, _strength(person.get("parentAccess")))
        roles[str(person.get("email")).lower()] = _STRENGTH[max(inherited, _strength(person.get("access")))]
    return roles


def _strength(role: object) -> int:
    return _STRENGTH.index(role) if role in _STRENGTH else 0


def accounts_of(shared: Mapping[str, Any]) -> tuple[tuple[Account, ...], bool]:
    """The accounts that may open it, and whether whoever has its link may too."""
    roles = {address: role for address, role in roles_of(shared).items() if role}
    public = any(address in roles for address in _EVERYBODY)
    people = sorted((address, role) for address, role in roles.items() if address not in _EVERYBODY)
    return tuple(Account(address, role == OWNERS) for address, role in people), public
