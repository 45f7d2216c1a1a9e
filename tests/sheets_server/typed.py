"""What a cell becomes when someone types a text in it: USER_ENTERED, in the workbook's locale."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, NamedTuple, TypeGuard

from tests.sheets_server import typed_dates
from tests.sheets_server.errors import invalid
from tests.sheets_server.locales import ERRORS, Locale
from tests.sheets_server.model import MAX_CHARACTERS, Formula, Json, SheetError, Value

CURRENCIES = "$€£¥"


class Entry(NamedTuple):
    """A value, and the number format that typing it gives to a cell that has none."""

    value: Value
    number_format: Json | None = None


def read(text: str, locale: Locale, today: date, number_format: Json | None = None) -> Entry:
    """Return what a text becomes; a cell formatted as plain text takes it as it is."""
    if len(text) > MAX_CHARACTERS:
        raise invalid(f"Your input contains more than the maximum of {MAX_CHARACTERS} characters in a single cell.")
    if (number_format or {}).get("type") == "TEXT" and not text.startswith("="):
        return Entry(text or None)
    if text.startswith("'"):
        return Entry(text[1:] or None)
    if text.startswith("=") and len(text) > 1:
        return Entry(Formula(text))
    entry = _literal(text, locale, today)
    if (number_format or {}).get("type") == "PERCENT" and entry.number_format is None and _is_number(entry.value):
        return Entry(float(entry.value) / 100)  # a plain 5 typed in a cell of percentages is 5 %
    return entry


def _is_number(value: Value) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _literal(text: str, locale: Locale, today: date) -> Entry:
    if not DIGIT.search(text):
        return _word(text, locale)
    bare = text.strip()
    entry = number(bare, locale) or _moment(bare, locale, today) or _error(bare, locale)
    return entry or _formula_of_plus(bare) or Entry(text)


DIGIT = re.compile(r"\d")


def _word(text: str, locale: Locale) -> Entry:
    """Return what a text without a digit becomes: neither a number nor a moment, then."""
    bare = text.strip()
    truth = {"TRUE": True, "FALSE": False, locale.true: True, locale.false: False}.get(bare.upper())
    if truth is not None:
        return Entry(truth)
    return _error(bare, locale) or _formula_of_plus(bare) or Entry(text or None)


def _error(text: str, locale: Locale) -> Entry | None:
    if not text.startswith("#"):
        return None
    kinds = (kind for kind, shown in (ERRORS | locale.errors).items() if shown.upper() == text.upper())
    kind = next(kinds, None)
    return Entry(SheetError(kind)) if kind else None


def _formula_of_plus(text: str) -> Entry | None:
    """Return the formula that `+` starts, as in a desktop spreadsheet: +A1 is one, +33 6 12 an error."""
    return Entry(Formula("=" + text)) if re.match(r"\+[^\s+]", text) else None


def _moment(text: str, locale: Locale, today: date) -> Entry | None:
    found = typed_dates.read(text, locale, today)
    return Entry(*found) if found else None


def number(text: str, locale: Locale) -> Entry | None:
    """Return the number that a text is, with the format that its writing calls for."""
    body, negative = _sign(text)
    body, currency = _currency(body, locale)
    if body is None:
        return None
    body, more_negative = _sign(body) if currency and not negative else (body, False)
    percent = body.endswith("%")
    body = body.removesuffix("%").rstrip(" \u00a0\u202f") if percent else body
    parsed = _digits(body, locale)
    if parsed is None:
        return None
    value, grouped, decimals, exponent = parsed
    value = -value if negative or more_negative else value
    pattern = _format(grouped, decimals, exponent, currency, percent, locale)
    return Entry(value / 100 if percent else value, pattern)


def _sign(text: str) -> tuple[str, bool]:
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(), True
    if text[:1] in ("-", "−"):
        return text[1:].lstrip(), True
    return (text[1:] if text[:1] == "+" else text), False


def _currency(text: str, locale: Locale) -> tuple[Any, str]:
    """Return the text without its currency sign, which is dropped only where people of the locale write one."""
    if text[:1] and text[:1] in CURRENCIES:
        return text[1:].strip(), text[:1]
    if text[-1:] and text[-1:] in CURRENCIES:
        return (
            (text[:-1].rstrip(" \u00a0\u202f"), text[-1:])
            if text[-1:] == locale.currency or locale.day_first
            else (None, "")
        )
    return text, ""


def _digits(text: str, locale: Locale) -> tuple[float, bool, int, bool] | None:
    """Return value, whether thousands are grouped, number of decimals, whether it has an exponent."""
    groups, decimal = re.escape(locale.typed_groups), re.escape(locale.decimal)
    match = re.fullmatch(rf"(\d{{1,3}}(?:[{groups}]\d{{3}})+|\d*)(?:{decimal}(\d*))?([eE][+-]?\d+)?", text)
    if match is None or not (match[1] or match[2]):
        return None
    whole = re.sub(rf"[{groups}]", "", match[1])
    value = float(f"{whole or 0}.{match[2] or 0}{match[3] or ''}")
    if value in (float("inf"), float("-inf")):
        return None
    plain = int(value) if value == int(value) and abs(value) < 2**53 else value
    return plain, whole != match[1], len(match[2] or ""), bool(match[3])


def _format(grouped: bool, decimals: int, exponent: bool, currency: str, percent: bool, locale: Locale) -> Json | None:
    fraction = ".00" if decimals else ""
    if currency:
        pattern = locale.money.format(fraction).replace(locale.currency, currency)
        return {"type": "CURRENCY", "pattern": pattern}
    if percent:
        return {"type": "PERCENT", "pattern": f"0{fraction}%"}
    if exponent:
        return {"type": "SCIENTIFIC", "pattern": "0.00E+00"}
    return {"type": "NUMBER", "pattern": f"#,##0{fraction}"} if grouped else None
