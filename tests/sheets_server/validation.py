"""Data validation rules, checked as Google checks them when they are set."""

from __future__ import annotations

from tests.sheets_server.errors import invalid
from tests.sheets_server.model import Book, Json

COUNTS = {
    "BLANK": (0, 0),
    "NOT_BLANK": (0, 0),
    "TEXT_IS_EMAIL": (0, 0),
    "TEXT_IS_URL": (0, 0),
    "DATE_IS_VALID": (0, 0),
    "BOOLEAN": (0, 2),
    "NUMBER_BETWEEN": (2, 2),
    "NUMBER_NOT_BETWEEN": (2, 2),
    "DATE_BETWEEN": (2, 2),
    "DATE_NOT_BETWEEN": (2, 2),
    "ONE_OF_LIST": (1, 500),
    "FILTER_EXPRESSION": (0, 0),
}


def checked_rule(book: Book, rule: Json | None) -> Json | None:
    """Return a data validation rule as it is kept; None when it is unset."""
    if not rule:
        return None
    check_condition(rule.get("condition", {}))
    return {key: value for key, value in rule.items() if value not in (False, "")}


def check_condition(condition: Json) -> None:
    """Refuse a condition with the wrong number of values for its type."""
    kind = condition.get("type")
    if kind is None or kind == "CONDITION_TYPE_UNSPECIFIED":
        raise invalid("BooleanCondition.type is required.")
    low, high = COUNTS.get(kind, (1, 1))
    count = len(condition.get("values", []))
    if not low <= count <= high:
        wanted = str(low) if low == high else f"between {low} and {high}"
        raise invalid(f"ConditionType {kind} requires {wanted} ConditionValues, but {count} values were supplied.")
