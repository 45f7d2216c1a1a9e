"""Parsers of what people type in cells: each gives a typed value, None for a blank, or raises UnreadableError."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from eig_sheets.spreadsheet.model.cells import CellError, CellValue, Uncomputed
from eig_sheets.text.french import asserted
from eig_sheets.text.french import number as french_number
from eig_sheets.workbook.anomalies import Code
from eig_sheets.workbook.dates import date_in_words, moment_in_words
from eig_sheets.workbook.value_codes import (
    AMBIGUOUS_AMOUNT,
    CELL_ERROR,
    INVALID_ADDRESS,
    KEY_IS_DATE,
    NEGATIVE_AMOUNT,
    NEGATIVE_NUMBER,
    NOT_COMPUTED,
    NOT_WHOLE,
    NUMBER_IS_DATE,
    SCORE_IS_DATE,
    SCORE_OFF_SCALE,
    UNKNOWN_CHOICE,
    UNLIKELY_NUMBER,
    UNREADABLE_AMOUNT,
    UNREADABLE_DATE,
    UNREADABLE_NUMBER,
    UNREADABLE_PROGRAMME,
    UNREADABLE_SCORE,
    UNREADABLE_YES_NO,
)

NSP: Final = "NSP"
"""« Ne se prononce pas »: the juror leaves this criterion out on purpose."""


class UnreadableError(Exception):
    """A cell that cannot be understood. `code` names the anomaly, `hint` what the person may have meant."""

    def __init__(self, code: Code, hint: str = "") -> None:
        super().__init__(code.name)
        self.code = code
        self.hint = hint


_BLANKS = " \t\r\n\u00a0\u202f\u2007\u2009\ufeff\u200b"
_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2007\u2009\ufeff\u200b"), " ")


def _clean(value: str) -> str:
    return value.translate(_SPACES).strip()


def _refuse_errors(value: CellValue) -> None:
    if isinstance(value, CellError):
        raise UnreadableError(CELL_ERROR)
    if isinstance(value, Uncomputed):
        raise UnreadableError(NOT_COMPUTED)


def text(value: CellValue) -> str | None:
    """Any cell as text, inner spaces as typed; an integral number is its integer (4512345.0 → 4512345)."""
    if isinstance(value, str):
        return value.strip(_BLANKS) or None
    if value is None:
        return None
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else french_number(value)
    _refuse_errors(value)
    return _dated_text(value)


def _dated_text(value: CellValue) -> str:
    if isinstance(value, datetime):
        midnight = value.time() == time.min
        return value.strftime("%d/%m/%Y" if midnight else "%d/%m/%Y %H:%M")
    return value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value)


def key(value: CellValue) -> str | None:
    """A text that names a row: a date is no key."""
    if isinstance(value, (datetime, date, time, timedelta)):
        raise UnreadableError(KEY_IS_DATE)
    words = text(value)
    return None if words is None else _clean(words)


_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_FRENCH_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:[ .]\d{3})+(?:,\d+)?")
_ENGLISH_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+\.\d+")
_UNIT = re.compile(r"\s*(€|euros?|eur)$", re.IGNORECASE)
_FIRST_YEAR = 1900
"""That of the days 1, 2, 3 of spreadsheets: a small number in a cell that has the format of a date."""
_LARGEST = 1e15
"""Spreadsheets keep fifteen digits: a larger number is a typing error."""


def number(value: CellValue) -> float | None:
    """A number: 3,5 and 3.5 and 1 234,50 € and 30 %."""
    if value is None:
        return None
    if isinstance(value, bool):
        raise UnreadableError(UNREADABLE_NUMBER)
    if isinstance(value, (int, float)):
        return _reasonable(value)
    if isinstance(value, str):
        words = _clean(value)
        return _reasonable(_number_in_words(words)) if words else None
    _refuse_errors(value)
    raise UnreadableError(NUMBER_IS_DATE, _as_decimal(value))


def _reasonable(value: float) -> float:
    if not abs(value) < _LARGEST:  # so that NaN is refused too
        raise UnreadableError(UNREADABLE_NUMBER)
    return float(value)


def _as_decimal(value: object) -> str:
    """The number that a spreadsheet made a date of: 3,5 of 3 May. Nothing of a day of 1900: it is a number as such."""
    return f"{value.day},{value.month}" if isinstance(value, date) and value.year > _FIRST_YEAR else ""


def _number_in_words(words: str) -> float:
    bare = _UNIT.sub("", words).replace("−", "-")
    if bare.endswith("%"):
        return _number_in_words(bare[:-1].rstrip()) / 100
    if _PLAIN_NUMBER.fullmatch(bare):
        return float(bare.replace(",", "."))
    if _FRENCH_THOUSANDS.fullmatch(bare):
        return float(bare.replace(" ", "").replace(".", "").replace(",", "."))
    if _ENGLISH_THOUSANDS.fullmatch(bare):
        return float(bare.replace(",", ""))
    if (day := date_in_words(bare)) is not None:
        raise UnreadableError(NUMBER_IS_DATE, _as_decimal(day))
    raise UnreadableError(UNREADABLE_NUMBER)


_AMBIGUOUS = re.compile(r"[+-]?\d{1,3}[.,]\d{3}\s*(€|euros?|eur)?", re.IGNORECASE)


def amount(value: CellValue) -> float | None:
    """An amount in euros. `61.250` may be 61 or 61 250: it is refused rather than guessed."""
    if isinstance(value, str) and _AMBIGUOUS.fullmatch(_clean(value)):
        raise UnreadableError(AMBIGUOUS_AMOUNT)
    try:
        result = number(value)
    except UnreadableError as error:
        raise UnreadableError(
            UNREADABLE_AMOUNT if error.code == UNREADABLE_NUMBER else error.code, error.hint
        ) from None
    if result is not None and result < 0:
        raise UnreadableError(NEGATIVE_AMOUNT)
    return result


def integer(value: CellValue, most: float = _LARGEST) -> float | None:
    """A whole number, from 0 to `most`, as a float so that a blank can be NaN."""
    try:
        result = number(value)
    except UnreadableError as error:
        raise UnreadableError(error.code) from None  # the decimal that a date may have been is no whole number
    if result is not None and result != int(result):
        raise UnreadableError(NOT_WHOLE)
    if result is not None and result < 0:
        raise UnreadableError(NEGATIVE_NUMBER)
    if result is not None and result > most:
        raise UnreadableError(UNLIKELY_NUMBER)
    return result


@dataclass(frozen=True, slots=True)
class Scale:
    """The lowest and highest score."""

    low: float
    high: float


_SCORES: Final = {UNREADABLE_NUMBER: UNREADABLE_SCORE, NUMBER_IS_DATE: SCORE_IS_DATE}


def score(value: CellValue, low: float, high: float) -> float | str | None:
    """A score on the scale, NSP, or None for « not scored yet »."""
    if isinstance(value, float) and low <= value <= high:
        return value
    if isinstance(value, str) and asserted(value).replace(" ", "") in ("nsp", "neseprononcepas"):
        return NSP
    try:
        result = number(value)
    except UnreadableError as error:
        raise UnreadableError(_SCORES.get(error.code, error.code), _on_scale(error.hint, low, high)) from None
    if result is not None and not low <= result <= high:
        raise UnreadableError(SCORE_OFF_SCALE)
    return result


def _on_scale(decimal: str, low: float, high: float) -> str:
    """The decimal that a date may have been; '' when it would be off the scale."""
    return decimal if decimal and low <= float(decimal.replace(",", ".")) <= high else ""


_YES = {"oui", "o", "x", "vrai", "true", "yes", "1", "ok"}
_NO = {"non", "n", "faux", "false", "no", "0"}
_BOXES = {"☑": True, "☒": True, "✓": True, "✔": True, "✅": True, "☐": False}


def yes_no(value: CellValue) -> bool | None:
    """oui, non, x, ☑, VRAI, a ticked box."""
    if value is None or isinstance(value, bool):
        return value
    _refuse_errors(value)
    words = _clean(text(value) or "")
    if not words:
        return None
    if words in _BOXES:
        return _BOXES[words]
    answer = asserted(words)
    if answer in _YES or answer in _NO:
        return answer in _YES
    raise UnreadableError(UNREADABLE_YES_NO)


def choice(value: CellValue, accepted: dict[str, str]) -> str | None:
    """One of the accepted words; `accepted` maps what they assert to how they are written."""
    words = text(value)
    if words is None:
        return None
    word = accepted.get(asserted(words))
    if word is None:
        raise UnreadableError(UNKNOWN_CHOICE)
    return word


def items(value: CellValue) -> tuple[str, ...] | None:
    """A list separated by `;` or line breaks."""
    words = text(value)
    if words is None:
        return None
    return tuple(part for part in (_clean(piece) for piece in re.split(r"[;\n]", words)) if part) or None


_ADDRESS = re.compile(r"[^@\s<>;,()\"]+@[^@\s<>;,()\"]+\.[^@\s<>;,()\"?\uff1f\u2047\u2048]+")


def email(value: CellValue) -> str | None:
    """One address, as it compares: in lower case."""
    words = text(value)
    if words is None:
        return None
    if not _ADDRESS.fullmatch(words):
        raise UnreadableError(INVALID_ADDRESS)
    return words.lower()


def moment(value: CellValue, zone: ZoneInfo) -> datetime | None:
    """A naive date and time in the campaign's zone: 07/04/2021 23:59, 7 avril 2021, ISO with or without offset."""
    if isinstance(value, datetime):
        return value
    if value is None:
        return None
    if isinstance(value, date):
        return datetime.combine(value, time.min)
    _refuse_errors(value)
    if not isinstance(value, str):
        raise UnreadableError(UNREADABLE_DATE)
    words = " ".join(_clean(value).split())
    try:
        return moment_in_words(words, zone) if words else None
    except ValueError:
        raise UnreadableError(UNREADABLE_DATE) from None


def plain_choices(words: Sequence[str]) -> dict[str, str]:
    """The accepted words of a choice by what they assert."""
    return {asserted(word): word for word in words}


_NUMBER: Final = re.compile(r"(?:programme |prog\.? |p ?)?(?:n ?[°o]\.? ?)?0?\d{3}", re.IGNORECASE)


def programme(value: CellValue) -> str | None:
    """The number of a programme, of three digits, typed as 217, 0217 or « Programme 217 ».

    Another text names none, and none must receive credits for it: « sans objet », « 217 ou 354 ».
    """
    words = text(value)
    if words is not None and not _NUMBER.fullmatch(" ".join(words.split())):
        raise UnreadableError(UNREADABLE_PROGRAMME)
    return words
