"""Values as people see them: number formats applied in the workbook's locale."""

from __future__ import annotations

import operator
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from tests.sheets_server.dates import DATE_TOKEN, date_text
from tests.sheets_server.locales import Locale
from tests.sheets_server.model import Json, SheetError, Value

TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|_(.)|\*(.)|\[\$([^\]-]*)(?:-[^\]]*)?\]|\[(?:[A-Za-z]+|[<>=][^\]]*)\]|(General|E[+-]0+|[#0?.,]+|[%@])|(.)',
    re.IGNORECASE,
)
Token = tuple[str, str]
CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]")
COMPARISONS = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
"""A section's own condition, in the first two: the first that holds shows the value, else the last section."""


def display(value: Value, number_format: Json | None, locale: Locale) -> str:
    """Return the text that a cell shows."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return locale.true if value else locale.false
    if isinstance(value, SheetError):
        return locale.errors[value.type]
    if isinstance(value, str):
        return _text(value, number_format)
    return _number(value, number_format, locale)


def _text(value: str, number_format: Json | None) -> str:
    if not number_format:
        return str(value)
    sections = split_sections(number_format.get("pattern", ""))
    if len(sections) < 4:
        return str(value)
    return "".join(value if kind == "text" else text for kind, text in _tokens(sections[3]))


def default_pattern(kind: str, locale: Locale) -> str:
    """Return the pattern of a number format that has a type and no pattern."""
    return {
        "TEXT": "@",
        "NUMBER": "#,##0.00",
        "PERCENT": "0.00%",
        "CURRENCY": locale.money.format(".00"),
        "DATE": locale.date,
        "TIME": locale.time,
        "DATE_TIME": locale.date_time,
        "SCIENTIFIC": "0.00E+00",
    }.get(kind, "")


def _number(value: float, number_format: Json | None, locale: Locale) -> str:
    kind = (number_format or {}).get("type", "")
    pattern = (number_format or {}).get("pattern") or default_pattern(kind, locale)
    if not pattern or kind == "TEXT" or pattern.lower() == "general":
        return general(value, locale)
    section, shown = _section(pattern, value)
    if is_date_pattern(section):
        return date_text(shown, section, locale)
    return _with_pattern(shown, section, locale)


def general(value: float, locale: Locale) -> str:
    """Return a number as Sheets shows it by itself: ten significant digits, whole numbers in full."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    if abs(value) >= 1e15 or abs(value) < 1e-5:
        mantissa, exponent = f"{value:.5E}".split("E")
        return f"{_trimmed(mantissa)}E{int(exponent):+03d}".replace(".", locale.decimal)
    digits = max(0, 10 - max(1, len(str(int(abs(value))))))
    if abs(value) < 1:
        digits = 10
    return _trimmed(f"{_rounded(value, digits):f}").replace(".", locale.decimal)


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _rounded(value: float, digits: int) -> Decimal:
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


@lru_cache(maxsize=1000)
def split_sections(pattern: str) -> tuple[str, ...]:
    """Return the sections of a pattern: positive; negative; zero; text."""
    parts = re.findall(r'((?:"[^"]*"|\\.|[^;"\\])*)(?:;|\Z)', pattern)
    return tuple(parts[:-1] if parts and not parts[-1] and len(parts) > 1 else parts)


def _section(pattern: str, value: float) -> tuple[str, float]:
    sections = split_sections(pattern)
    conditions = [CONDITION.match(section) for section in sections[:2]]
    if any(conditions):
        held = (n for n, found in enumerate(conditions) if found and COMPARISONS[found[1]](value, float(found[2])))
        return sections[next(held, len(sections) - 1)], value
    if value == 0 and len(sections) > 2:
        return sections[2], value
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    return sections[0], value


@lru_cache(maxsize=1000)
def is_date_pattern(section: str) -> bool:
    """Whether a pattern shows a moment: it has a letter of dates outside quotes and brackets."""
    bare = re.sub(r'"[^"]*"|\\.|\[(?![hms]+\])[^\]]*\]|General|E[+-]', "", section, flags=re.IGNORECASE)
    return bool(DATE_TOKEN.search(bare))


@lru_cache(maxsize=1000)
def _tokens(section: str) -> tuple[Token, ...]:
    tokens: list[Token] = []
    for match in TOKEN.finditer(section):
        quoted, escaped, space, _fill, currency, special, other = match.groups()
        literal = next((text for text in (quoted, escaped, currency, other) if text is not None), None)
        if literal is not None:
            tokens.append(("literal", literal))
        elif space is not None:
            tokens.append(("literal", " "))
        elif special is not None:
            tokens.append((_kind(special), special))
    return tuple(tokens)


def _kind(special: str) -> str:
    if special == "%":
        return "percent"
    if special == "@":
        return "text"
    if special.lower() == "general":
        return "general"
    return "exponent" if special[0] in "Ee" else "digits"


def _with_pattern(value: float, section: str, locale: Locale) -> str:
    tokens = _tokens(section)
    digits = "".join(text for kind, text in tokens if kind == "digits")
    scaled = Decimal(repr(value)) * 100 ** sum(kind == "percent" for kind, _ in tokens)
    exponent = next((text for kind, text in tokens if kind == "exponent"), None)
    number, power = _scientific(scaled, digits, exponent, locale) if exponent else (_fixed(scaled, digits, locale), "")
    out, placed = "", False
    for kind, text in tokens:
        if kind == "digits":
            out += "" if placed else number
            placed = True
        elif kind == "exponent":
            out += power
        elif kind in ("general", "text"):
            out += general(float(scaled), locale)
        else:
            out += text
    return f"-{out}" if value < 0 and placed and number.strip("0,. ") else out


def _fixed(value: Decimal, digits: str, locale: Locale) -> str:
    """Return the absolute value by a pattern of digits such as `#,##0.00#`."""
    kept = digits.rstrip(",")  # each comma at the end divides by a thousand
    value = abs(value) / 1000 ** (len(digits) - len(kept))
    whole, _, fraction = kept.partition(".")
    rounded = value.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    left, _, right = f"{rounded:f}".partition(".")
    left = left.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole:
        left = re.sub(r"(?<=\d)(?=(\d{3})+\Z)", lambda _: locale.group, left)
    right = _optional_zeros(right, fraction)
    return left + (locale.decimal + right if right or (fraction and "0" in fraction) else "")


def _optional_zeros(right: str, fraction: str) -> str:
    kept = len(right)
    while kept and right[kept - 1] == "0" and fraction[kept - 1] == "#":
        kept -= 1
    return right[:kept]


def _scientific(value: Decimal, digits: str, exponent: str, locale: Locale) -> tuple[str, str]:
    power = value.adjusted() if value else 0
    sign = "-" if power < 0 else "+" if exponent[1] == "+" else ""
    return _fixed(value.scaleb(-power), digits, locale), f"E{sign}{abs(power):0{len(exponent) - 2}d}"
