"""Access rules of people's that count before ours, and give what ours refuse. Pure.

They are kept; what they open is said, in the words of the rule: its comment, or its condition.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from eig_sheets.workbook.grist.access import is_ours, restricts_readers
from eig_sheets.workbook.grist.document import Document, GristTable, Mark, Rule

_GRANTED: Final = re.compile(r"\+([A-Z]+)")
_REFUSED: Final = re.compile(r"-[A-Z]|none")
_EVERYBODY: Final = "tout le monde"


def of_protections(table: GristTable, document: Document, marks: Mapping[tuple[int, int], Mark]) -> dict[str, str]:
    """The rule that lets others change what we may protect: id of a column, '' for the whole table → its words."""
    ids = {column.id: marks[table.ref, column.ref].id for column in table.columns if (table.ref, column.ref) in marks}
    found: dict[str, str] = {}
    for rule in _before_ours(document):
        if rule.table != table.id:
            continue
        if rule.columns == "*":
            if _grants(rule, "CUD"):
                found.setdefault("", _words(rule))
            continue
        columns = rule.columns.split(",")
        if _grants(rule, "U"):
            found.setdefault("", _words(rule))
        if _grants(rule, "U") or len(columns) > 1:  # about several, it stands in the place of ours
            found |= {ids[column]: _words(rule) for column in columns if column in ids and ids[column] not in found}
    return found


def of_readers(document: Document) -> tuple[tuple[str, str], ...]:
    """The rules that may show people more than their rows: title of the table ('': all of them), and words.

    One that names people by their addresses is taken to mean them.
    """
    if not restricts_readers(document):
        return ()
    titles = {table.id: table.title for table in document.tables}
    shown = (rule for rule in _before_ours(document) if _grants(rule, "R") and "@" not in rule.formula)
    return tuple((titles.get(rule.table, ""), _words(rule)) for rule in shown)


def refusing(document: Document) -> list[str]:
    """People's rules that refuse something, each with the table that it is about: one of them may stop the robot."""
    titles = {table.id: f"table « {table.title} »" for table in document.tables}
    refused = (rule for rule in document.rules if not is_ours(rule.memo) and _REFUSED.search(rule.permissions))
    return [f"« {_words(rule)} » ({titles.get(rule.table, 'toutes les tables')})" for rule in refused]


def stopping(document: Document) -> list[str]:
    """People's rules that refuse something whoever asks, thus the robot too, each with the table that it is about.

    Of one after a rule of the same resource that tells people apart, nobody knows whether it counts for the robot.
    """
    titles = {table.id: f"table « {table.title} »" for table in document.tables}
    found, personal = [], set()
    for rule in document.rules:
        if "user." in rule.formula:
            personal.add(rule.resource)
        elif not is_ours(rule.memo) and rule.resource not in personal and _REFUSED.search(rule.permissions):
            found.append(f"« {_words(rule)} » ({titles.get(rule.table, 'toutes les tables')})")
    return found


def _before_ours(document: Document) -> Iterator[Rule]:
    """People's rules, without those that come after ours about the same cells."""
    decided: set[int] = set()
    for rule in document.rules:
        if rule.is_attribute:
            continue
        if is_ours(rule.memo):
            decided.add(rule.resource)
        elif rule.resource not in decided:
            yield rule


def _grants(rule: Rule, wanted: Iterable[str]) -> bool:
    found = _GRANTED.search(rule.permissions)
    return rule.permissions == "all" or (found is not None and not {*wanted}.isdisjoint(found[1]))


def _words(rule: Rule) -> str:
    return " ".join((rule.memo or rule.formula or _EVERYBODY).split())
