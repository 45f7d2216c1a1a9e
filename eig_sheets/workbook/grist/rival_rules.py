"""Access rules of people's that refuse something: one of them may stop the robot. Pure.

They are kept, and said in the words of the rule: its comment, or its condition.
"""

from __future__ import annotations

import re
from typing import Final

from eig_sheets.workbook.grist.access import is_ours
from eig_sheets.workbook.grist.document import Document, Rule

_REFUSED: Final = re.compile(r"-[A-Z]|none")
_EVERYBODY: Final = "tout le monde"


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
    refusals, personal = [], set()
    for rule in document.rules:
        if "user." in rule.formula:
            personal.add(rule.resource)
        elif not is_ours(rule.memo) and rule.resource not in personal and _REFUSED.search(rule.permissions):
            refusals.append(f"« {_words(rule)} » ({titles.get(rule.table, 'toutes les tables')})")
    return refusals


def _words(rule: Rule) -> str:
    return " ".join((rule.memo or rule.formula or _EVERYBODY).split())
