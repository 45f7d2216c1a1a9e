"""Functions of scalars: numbers, texts, dates, truth."""

from __future__ import annotations

import math
from datetime import datetime
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal

from tests.sheets_server.formatting import display
from tests.sheets_server.formulas.functions import SCALAR, scalar
from tests.sheets_server.formulas.values import Failure, Settings
from tests.sheets_server.model import Value
from tests.sheets_server.serials import to_moment, to_serial


def plain(value: float) -> float:
    """Return a number as an int when it is whole, so that it is shown and compared as one."""
    return int(value) if value == int(value) else value


@scalar("NOW")
def now(settings: Settings) -> Value:
    return to_serial(settings.now)


@scalar("TODAY")
def today(settings: Settings) -> Value:
    return math.floor(to_serial(settings.now))


@scalar("DATE")
def date_(settings: Settings, year: Value, month: Value, day: Value) -> Value:
    years, months = divmod(int(settings.number(month)) - 1, 12)
    first = to_serial(datetime(int(settings.number(year)) + years, months + 1, 1))
    return first + int(settings.number(day)) - 1


for _name, _part in (("YEAR", "year"), ("MONTH", "month"), ("DAY", "day"), ("HOUR", "hour")):
    SCALAR[_name] = lambda settings, value, _part=_part: getattr(to_moment(settings.number(value)), _part)


@scalar("NA")
def na(settings: Settings) -> Value:
    raise Failure("N_A", "Error: N/A.")


@scalar("NOT")
def not_(settings: Settings, value: Value) -> Value:
    return not settings.truth(value)


@scalar("ABS")
def abs_(settings: Settings, value: Value) -> Value:
    return abs(settings.number(value))


@scalar("INT")
def int_(settings: Settings, value: Value) -> Value:
    return math.floor(settings.number(value))


@scalar("MOD")
def mod(settings: Settings, value: Value, divisor: Value) -> Value:
    by = settings.number(divisor)
    if by == 0:
        raise Failure("DIVIDE_BY_ZERO", "Function MOD parameter 2 cannot be zero.")
    return plain(settings.number(value) % by)


def _rounding(mode: str) -> object:
    def rounded(settings: Settings, value: Value, digits: Value = 0) -> Value:
        step = Decimal(1).scaleb(-int(settings.number(digits)))
        return plain(float((Decimal(repr(settings.number(value))) / step).quantize(Decimal(1), mode) * step))

    return rounded


for _name, _mode in (("ROUND", ROUND_HALF_UP), ("ROUNDUP", ROUND_UP), ("ROUNDDOWN", ROUND_DOWN)):
    SCALAR[_name] = _rounding(_mode)  # type: ignore[assignment]


@scalar("LEN")
def len_(settings: Settings, value: Value) -> Value:
    return len(settings.text(value))


@scalar("LEFT")
def left(settings: Settings, value: Value, count: Value = 1) -> Value:
    return settings.text(value)[: int(settings.number(count))]


@scalar("RIGHT")
def right(settings: Settings, value: Value, count: Value = 1) -> Value:
    wanted = int(settings.number(count))
    return settings.text(value)[-wanted:] if wanted else ""


@scalar("MID")
def mid(settings: Settings, value: Value, start: Value, count: Value) -> Value:
    at = int(settings.number(start)) - 1
    return settings.text(value)[at : at + int(settings.number(count))]


@scalar("TRIM")
def trim(settings: Settings, value: Value) -> Value:
    return " ".join(settings.text(value).split(" ")).strip()


@scalar("UPPER")
def upper(settings: Settings, value: Value) -> Value:
    return settings.text(value).upper()


@scalar("LOWER")
def lower(settings: Settings, value: Value) -> Value:
    return settings.text(value).lower()


@scalar("EXACT")
def exact(settings: Settings, one: Value, two: Value) -> Value:
    return settings.text(one) == settings.text(two)


@scalar("SUBSTITUTE")
def substitute(settings: Settings, value: Value, old: Value, new: Value) -> Value:
    return settings.text(value).replace(settings.text(old), settings.text(new))


@scalar("TEXT")
def text(settings: Settings, value: Value, pattern: Value) -> Value:
    if isinstance(value, str):
        return value
    return display(value if value is not None else 0, {"pattern": settings.text(pattern)}, settings.locale)


@scalar("VALUE")
def value_(settings: Settings, value: Value) -> Value:
    return settings.number(value)


@scalar("T")
def t(settings: Settings, value: Value) -> Value:
    return value if isinstance(value, str) else ""


@scalar("HYPERLINK")
def hyperlink(settings: Settings, url: Value, label: Value = None) -> Value:
    return settings.text(url) if label is None else label
