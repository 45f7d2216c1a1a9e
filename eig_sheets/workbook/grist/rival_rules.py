"""People's access rules that deny something, and may stop the robot. Pure.

They are kept, and said in the words of the rule: its comment, or its condition.
"""

from __future__ import annotations

import re
from typing import Final

from eig_sheets.workbook.grist.access import is_ours
from eig_sheets.workbook.grist.document import AccessRule, Document

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
