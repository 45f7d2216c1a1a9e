"""Access rules of a Grist document: ours, and people's that may stop the robot. Pure.

They are computed from the current tables and columns: a rule that was changed, or lost its place, differs. Ours
come before people's, which are never changed: what those grant is granted to readers alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from eig_sheets.spreadsheet.grist.document import READERS, AccessRule, Document
from eig_sheets.spreadsheet.grist.own_tables import TABLES, marks_of
from eig_sheets.spreadsheet.model.access import Access, AccessState, Account, OwnRows, Place, Reader, Role
from eig_sheets.spreadsheet.model.signing import MARK as AUTHOR

ROBOT: Final = "robot"
_MEMO: Final = "eig-sheets : "
_ATTRIBUTE: Final = "EigLecteur"
_LOOKUP: Final = json.dumps({"name": _ATTRIBUTE, "tableId": READERS, "lookupColId": "adresse", "charId": "Email"})
_ROLE: Final = f"user.{_ATTRIBUTE}.role"
_NOT_OWNER: Final = "user.Access != OWNER"
_NOT_DECIDING: Final = f'{_ROLE} not in ["{ROBOT}", "{Role.OFFICER}"]'
_NOT_STAFF: Final = f'{_ROLE} not in ["{ROBOT}", "{Role.OFFICER}", "{Role.TEAM}"]'
_ALL: Final = ("*", "*")
_SPECIAL: Final = "*SPECIAL"


@dataclass(frozen=True, slots=True)
class OwnRule:
    """A rule of ours: the table and the columns that it is about, its formula, its permissions, its comment."""

    table: str
    columns: str
    formula: str
    permissions: str
    memo: str
    attributes: str = ""


@dataclass(slots=True)
class Structure:
    """The tables that rules are about, by their ids: the robot's, and the columns of people's by their fields.

    `authors`: the columns in which Grist says who typed what.
    """

    robots: list[str] = field(default_factory=list)
    columns: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    authors: list[tuple[str, str]] = field(default_factory=list)

    def add(self, tab: str, field_id: str, table: str, column: str) -> None:
        """A column of a people's tab."""
        self.columns.setdefault(tab, {})[field_id] = (table, column)


@dataclass(frozen=True, slots=True)
class _Line:
    formula: str
    permissions: str
    memo: str

    def on(self, table: str, columns: str) -> OwnRule:
        return OwnRule(table, columns, self.formula, self.permissions, f"{_MEMO}{self.memo}")

    def for_columns(self) -> _Line | None:
        """The same line for columns, whose rules only tell who reads and changes them."""
        letters = "".join(letter for letter in self.permissions[1:] if letter in "RU")
        return _Line(self.formula, self.permissions[0] + letters, self.memo) if letters else None


_CLOSED: Final = _Line(f"{_NOT_OWNER} and {_NOT_STAFF}", "-CRUD", "qui n’est pas nommé ne lit rien")
_STRUCTURE: Final = _Line(_NOT_OWNER, "-S", "les propriétaires seuls changent la structure")
_ROBOTS: Final = _Line(f'{_ROLE} != "{ROBOT}"', "-CUD", "table tenue par le robot")
_SERVICE: Final = _Line(_NOT_OWNER, "-CRUD", "table de service du robot")
_COPIES: Final = _Line(_NOT_OWNER, "-R", "les propriétaires seuls en ont une copie")
_OFFICERS_ROWS: Final = _Line(_NOT_DECIDING, "-CD", "lignes des responsables")
_OFFICERS: Final = _Line(_NOT_DECIDING, "-U", "colonne des responsables")
_AUTHORS: Final = _Line(f'{_ROLE} != "{ROBOT}"', "-U", "Grist seul dit qui a saisi")
_SEALED: Final = _Line(_NOT_STAFF, "-U", "ce que les jurés ne changent pas")


def wanted_rules(access: Access, structure: Structure, rules: Sequence[AccessRule]) -> list[OwnRule]:
    """Our rules in order, given people's among `rules`."""
    tables = _of_tables(access, structure)
    columns = _of_columns(access, structure)
    others = (rule for rule in rules if rule.table and not is_ours(rule.memo) and not rule.attributes)
    theirs = {(rule.table, rule.columns) for rule in others}
    wanted = [OwnRule(*_ALL, "", "", f"{_MEMO}qui lit", _LOOKUP)]
    wanted += [line.on(*_ALL) for line in (_CLOSED, _STRUCTURE)]
    for table, lines in tables.items():
        wanted += [line.on(table, "*") for line in lines]
    taken = {(table, column) for table, names in theirs for column in names.split(",")}
    for place, lines in columns.items():
        if place not in taken:  # Grist counts one alone of two resources about a column
            wanted += [line.on(*place) for line in lines]
    for table, names in sorted(theirs - {_ALL}):
        wanted += _rules_before(table, names, tables, columns)
    return wanted


def _rules_before(
    table: str, names: str, tables: Mapping[str, Sequence[_Line]], columns: Mapping[tuple[str, str], Sequence[_Line]]
) -> Iterator[OwnRule]:
    """Our rules about the cells of a people's rule, which come before it so that it grants nothing."""
    if table == _SPECIAL:
        yield _COPIES.on(table, names)
        return
    lines = tables.get(table, (_CLOSED,))
    if names == "*":
        yield from (line.on(table, names) for line in lines if table not in tables)
        return
    own = [line for column in names.split(",") for line in columns.get((table, column), ())]
    narrowed = (line.for_columns() for line in lines)
    yield from (line.on(table, names) for line in dict.fromkeys((*own, *filter(None, narrowed))))


def _of_tables(access: Access, structure: Structure) -> dict[str, list[_Line]]:
    """The rules of whole tables."""
    lines: dict[str, list[_Line]] = {table: [_SERVICE] for table in sorted(TABLES)}
    for table in structure.robots:
        lines[table] = [_ROBOTS, _CLOSED]
    for table, _ in _placed(access.guarded, structure):
        lines.setdefault(table, [_OFFICERS_ROWS, _CLOSED])
    for own in access.own_rows:
        place = structure.columns.get(own.tab, {}).get(own.address)
        if place is not None:
            lines[place[0]] = [*_own_rows(place[1]), _CLOSED]
    return lines


def _own_rows(column: str) -> Iterator[_Line]:
    own, new = (f"{record}.{column}.lower() == user.{_ATTRIBUTE}.adresse" for record in ("rec", "newRec"))
    juror = f'{_ROLE} == "{Role.JUROR}"'
    yield _Line(f"{juror} and {own}", "+R", "chaque juré lit ses lignes")
    yield _Line(f"{juror} and {own} and {new}", "+U", "chaque juré note dans ses lignes")


def _of_columns(access: Access, structure: Structure) -> dict[tuple[str, str], list[_Line]]:
    """The rules of single columns."""
    lines = {place: [_OFFICERS] for place in _placed(access.guarded, structure)}
    sealed = ((own.tab, name) for own in access.own_rows for name in own.sealed)
    lines |= {place: [_SEALED] for place in _placed(sealed, structure)}
    return {**lines, **{place: [_AUTHORS] for place in structure.authors}}


def _placed(places: Iterable[Place], structure: Structure) -> Iterator[tuple[str, str]]:
    for tab, name in places:
        if (place := structure.columns.get(tab, {}).get(name)) is not None:
            yield place


def structure_of(document: Document) -> Structure:
    """The current tables and columns that our marks name."""
    marks, structure = marks_of(document), Structure()
    for table in document.tables:
        mark = marks.get((table.ref, 0))
        if mark is None:
            continue
        if mark.robot:
            structure.robots.append(table.id)
            continue
        for column in table.columns:
            named = marks.get((table.ref, column.ref))
            if named is not None and named.id.startswith(AUTHOR):
                structure.authors.append((table.id, column.id))
            elif named is not None and not named.robot:
                structure.add(mark.id, named.id, table.id, column.id)
    return structure


def state_of(document: Document, accounts: Sequence[Account], public: bool) -> AccessState:
    """The state of access of the document, given the accounts that it is shared with."""
    readers, access = document.readers, decoded(document.readers.access)
    staff = {role.value for role in Role}
    named = frozenset(Reader(row.address, Role(row.role), row.written) for row in readers.rows if row.role in staff)
    differs = () if access is None else tuple(altered(access, structure_of(document), document))
    robot = next((row.address for row in readers.rows if row.role == ROBOT), "")
    return AccessState(named, access, differs, tuple(accounts), public, robot)


def role_formula(access: Access, structure: Structure) -> str:
    """The formula of a reader's role: a juror has none once no cell of `Jury` says what the robot read there."""
    place = structure.columns.get(access.jurors[0], {}).get(access.jurors[1])
    listed = f"bool({place[0]}.lookupOne({place[1]}=$ecrit))" if place else "False"
    return f'if $qualite != "{Role.JUROR}":\n  return $qualite\nreturn $qualite if {listed} else ""'


def rule_actions(access: Access, structure: Structure, document: Document) -> Iterator[list[Any]]:
    """The actions that replace our rules, before people's."""
    for rule in document.rules:
        if is_ours(rule.memo):
            yield ["RemoveRecord", "_grist_ACLRules", rule.row_id]
    made: dict[tuple[str, str], int] = {}
    for wanted in wanted_rules(access, structure, document.rules):
        place = (wanted.table, wanted.columns)
        resource = document.resources.get(place) or made.get(place)
        if resource is None:
            resource = made[place] = -len(made) - 1
            yield ["AddRecord", "_grist_ACLResources", resource, {"tableId": place[0], "colIds": place[1]}]
        yield ["AddRecord", "_grist_ACLRules", None, _cells(wanted, resource, document)]


def _cells(wanted: OwnRule, resource: int, document: Document) -> dict[str, Any]:
    theirs = (rule.position for rule in document.rules if rule.resource == resource and not is_ours(rule.memo))
    first = next(theirs, None)
    cells: dict[str, Any] = {"resource": resource, "memo": wanted.memo}
    if wanted.attributes:
        cells["userAttributes"] = wanted.attributes
    else:
        cells |= {"aclFormula": wanted.formula, "permissionsText": wanted.permissions}
    return cells if first is None else {**cells, "rulePos": first}


def altered(access: Access, structure: Structure, document: Document) -> Iterator[str]:
    """French words for each rule of ours that is gone, changed or comes after people's, and each that is not ours."""
    there = [
        OwnRule(rule.table, rule.columns, rule.formula, rule.permissions, rule.memo, rule.attributes)
        for rule in document.rules
        if is_ours(rule.memo)
    ]
    wanted = wanted_rules(access, structure, document.rules)
    titles = {table.id: table.title for table in document.tables}
    if sorted(wanted, key=_about) != sorted(there, key=_about):  # about each thing, in their order
        gone, foreign = [rule for rule in wanted if rule not in there], [rule for rule in there if rule not in wanted]
        words = (
            f"« {each.memo} » ({titles.get(each.table, 'tout le document')})" for each in gone or foreign or wanted
        )
        yield from dict.fromkeys(words)
    first: dict[int, AccessRule] = {}
    for rule in document.rules:
        if rule.attributes:  # which open nothing, and which Grist puts first when somebody saves its page of rules
            continue
        opens = first.setdefault(rule.resource, rule)
        if is_ours(rule.memo) and not is_ours(opens.memo):
            yield f"« {opens.memo or opens.formula} » passe avant « {rule.memo} »"
    if document.readers.role != role_formula(access, structure):
        yield f"la formule « role » de {READERS}"


def _about(rule: OwnRule) -> tuple[str, str]:
    return rule.table, rule.columns


def is_ours(memo: str) -> bool:
    """Whether a rule of that comment is one of ours."""
    return memo.startswith(_MEMO)


def encoded(access: Access) -> str:
    """The access as JSON, to be kept in the document."""
    own_rows = [[own.tab, own.address, list(own.sealed)] for own in access.own_rows]
    return json.dumps([list(access.jurors), own_rows, [list(place) for place in access.guarded]])


def decoded(text: str) -> Access | None:
    """The access that was kept; None when nothing was, or nothing that can be read."""
    try:
        jurors, own, guarded = json.loads(text)
        rows = tuple(OwnRows(tab, address, tuple(sealed)) for tab, address, sealed in own)
        return Access((jurors[0], jurors[1]), rows, tuple((tab, name) for tab, name in guarded))
    except (ValueError, TypeError, IndexError):
        return None


_REFUSED: Final = re.compile(r"-[A-Z]|none")
_EVERYBODY: Final = "tout le monde"


def refusing(document: Document) -> list[str]:
    """People's rules that deny something, each with its table."""
    titles = {table.id: f"table « {table.title} »" for table in document.tables}
    refused = (rule for rule in document.rules if not is_ours(rule.memo) and _REFUSED.search(rule.permissions))
    return [f"« {_words(rule)} » ({titles.get(rule.table, 'toutes les tables')})" for rule in refused]


def stopping(document: Document) -> list[str]:
    """People's rules that deny something to everybody, thus to the robot too, each with its table.

    A rule after one of the same resource that depends on the user is left out: it may not apply to the robot.
    """
    titles = {table.id: f"table « {table.title} »" for table in document.tables}
    refusals, personal = [], set()
    for rule in document.rules:
        if "user." in rule.formula:
            personal.add(rule.resource)
        elif not is_ours(rule.memo) and rule.resource not in personal and _REFUSED.search(rule.permissions):
            refusals.append(f"« {_words(rule)} » ({titles.get(rule.table, 'toutes les tables')})")
    return refusals


def _words(rule: AccessRule) -> str:
    return " ".join((rule.memo or rule.formula or _EVERYBODY).split())
