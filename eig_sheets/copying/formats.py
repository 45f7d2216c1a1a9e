"""Google's number formats as Excel's codes."""

from __future__ import annotations

import re
from typing import Any

from eig_sheets.workbook.xlsx.dates import NumberKind, kind_of_format

Json = dict[str, Any]

_DEFAULTS = {
    "TEXT": "@",
    "NUMBER": "#,##0.00",
    "PERCENT": "0.00%",
    "CURRENCY": '#,##0.00"\u00a0€"',
    "DATE": "dd/mm/yyyy",
    "TIME": "hh:mm:ss",
    "DATE_TIME": "dd/mm/yyyy hh:mm:ss",
    "SCIENTIFIC": "0.00E+00",
}
"""Of a format without a pattern of its own, which Google shows as the spreadsheet's locale does."""

MOMENTS = ("DATE", "DATE_TIME", "TIME")
_LITERAL = re.compile(r'("[^"]*"|\\.|[_*].|\[[^\]]*\])', re.DOTALL)
_BRACKETS = re.compile(
    r"\[(?:h+|m+|s+|black|blue|cyan|green|magenta|red|white|yellow|color ?\d{1,2}|\$[^\]]*|[<>=]{1,2}-?[\d.]+)\]",
    re.IGNORECASE,
)
_FOREIGN = re.compile(r"([^\x00-\x7f]+)")
_SOUND_MOMENT = re.compile(r"(?:[dmyhs0/:\-., ;]|am/pm|a/p)*", re.IGNORECASE)
_SOUND_NUMBER = re.compile(r"(?:[#0?.,%$+\-() /:;@]|E[+-]|General)*")
_LONGEST, _OF_THE_FILE = 255, 164


def code(number_format: Json) -> str:
    """The format code that shows values as Google's NumberFormat does; '' for none.

    A pattern that Excel might refuse, for which it would offer to repair the file, is left for the usual one; so is
    one that would make a date of a number, or a number of a date.
    """
    kind, pattern = number_format.get("type", ""), number_format.get("pattern", "")
    if pattern in ("General", "general") or not (kind or pattern):
        return ""
    usual = _DEFAULTS.get(kind, "")
    return _sound(pattern, kind) or usual


def _sound(pattern: str, kind: str) -> str:
    parts = _LITERAL.split(pattern)
    brackets = (part for part in parts[1::2] if part.startswith("["))
    bare = _FOREIGN.sub("", "".join(parts[::2]))
    wanted = _SOUND_MOMENT if kind in MOMENTS else _SOUND_NUMBER
    if not wanted.fullmatch(bare) or not all(map(_BRACKETS.fullmatch, brackets)):
        return ""
    parts[::2] = [_FOREIGN.sub(r'"\1"', part) for part in parts[::2]]
    made = "".join(parts)
    is_moment = kind_of_format(_OF_THE_FILE, made) is not NumberKind.NUMBER
    return made if is_moment == (kind in MOMENTS) and len(made) <= _LONGEST and made.count(";") <= 3 else ""
