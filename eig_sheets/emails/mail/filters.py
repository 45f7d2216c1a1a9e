"""How a value is put into a template: formatted by its type or a filter, escaped so that it stays text."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from numbers import Real
from typing import Any, Final

from jinja2 import TemplateRuntimeError, pass_context
from jinja2.runtime import Context as Rendering

from eig_sheets.emails.mail.context import DatedText, DayOnly, MissingValue
from eig_sheets.text import french

_PUNCTUATION = r"""!-/:-@\[-`{-~"""

_ACTIVE = re.compile(
    rf"\\(?=[{_PUNCTUATION}\n]|$)"  # an escape of their own
    r"|`"
    r"|\*(?=\S)|(?<=\S)\*"  # emphasis; 2 * 3 is left alone
    r"|(?<![^\W_])_(?=\S)|(?<=\S)_(?![^\W_])"  # emphasis; nom_de_fichier is left alone
    r"|~(?=~)"
    r"|\](?=[(\[:]|$)"  # links and images
    r"|<(?=[A-Za-z/!?])"  # HTML and <addresses>
    r"|&(?=#?\w+;)"
)
_MAY_BE_ACTIVE = re.compile(r"[\\`*_~\]<&]")  # how they begin: most texts have none, which is told far sooner
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_BLOCK = re.compile(r"#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|[-=_*~|: ]+$")
_LIST_ITEM = re.compile(r"((?:[-+*]|\d{1,9}[.)]) )(.+)")
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
_HIDDEN = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class Markdown(str):
    """A text that is Markdown already."""

    __slots__ = ()


def one_line(text: str) -> str:
    """The text on one line: no CR, LF or other break, no control, direction-changing character or byte order mark."""
    if text.isprintable() and "  " not in text:  # most texts; narrow spaces are not printable
        return text.strip()
    return _SPACES.sub(" ", _HIDDEN.sub("", text)).strip()


def inline(text: str) -> Markdown:
    """The text as one line of a paragraph, that no Markdown reader takes for anything else."""
    line = one_line(text)
    escaped = _ACTIVE.sub(r"\\\g<0>", line) if _MAY_BE_ACTIVE.search(line) else line
    if _BLOCK.match(escaped):
        return Markdown("\\" + escaped)
    return Markdown(_NUMBERED.sub(r"\1\\\2", escaped) if _NUMBERED.match(escaped) else escaped)


def quoted(text: str) -> Markdown:
    """The text as a quotation, line by line. Lists in it stay lists; nothing else is interpreted."""
    return Markdown("\n".join(f"> {_quoted_line(one_line(line))}".rstrip() for line in text.strip().splitlines()))


def paragraphs(text: str) -> Markdown:
    """The text with its paragraphs and its lists; nothing else is interpreted."""
    return Markdown("\n".join(_quoted_line(one_line(line)) for line in text.strip().splitlines()))


def _quoted_line(line: str) -> str:
    item = _LIST_ITEM.fullmatch(line)
    return item[1] + inline(item[2]) if item else inline(line)


_MUTE = re.compile(r"[aeiou]|y(?![aeiou])|h(?!a[ilnu]|ors|uit|eros|ierarch)")
"""How words before which « de » is elided begin, in their plain form: not before an aspirated h."""


class MisuseError(TemplateRuntimeError):
    """A template uses a filter or an operation that a value does not support."""


def written(value: object) -> str:
    """The French text of a value; a `MissingValue` blocks the message."""
    if isinstance(value, str | MissingValue):
        return value if isinstance(value, str) else str(value)
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime):
        return french.moment(value)
    if isinstance(value, date):
        return french.day(value)
    if isinstance(value, Real):
        return french.number(float(value))
    if isinstance(value, Sequence):
        return french.listed(written(item) for item in value)
    raise MisuseError("une valeur sans forme écrite")


def written_in_markdown(value: object) -> str:
    """The French text of a value, escaped for the Markdown body."""
    text = written(value)
    return text if isinstance(text, Markdown) else inline(text)


def _moment(value: date) -> str:
    if isinstance(value, DayOnly):
        value.missing_time.block("n’a pas d’heure", "complétez")
    return written(value)


def _listed(items: Sequence[object], last: str = "et") -> str:
    return french.listed((written(item) for item in _items(items)), last)


def _bullets(items: Sequence[object]) -> Markdown:
    *firsts, last = (written(item).rstrip(" .;") for item in _items(items))
    return Markdown("\n".join(f"- {inline(line)}" for line in (*(f"{first} ;" for first in firsts), f"{last}.")))


def _items(items: Sequence[object]) -> Sequence[object]:
    if isinstance(items, str):
        raise TypeError(items)
    return items


def _counted(value: Any, singular: str, many: str | None = None) -> str:
    return french.plural(_count(value), singular, many)


def _agreed(value: Any, singular: str, many: str) -> str:
    return singular if _count(value) < 2 else many


def _count(value: Any) -> int:
    return int(float(value)) if isinstance(value, Real) else len(_items(value))


def _elided(value: object, word: str) -> str:
    text = written(value)
    return f"{word[:-1]}’{text}" if _MUTE.match(french.plain(text)) else f"{word} {text}"


_FRENCH: Final[Mapping[str, Callable[..., str]]] = {
    "jour": french.day,
    "moment": _moment,
    "montant": french.euros,
    "liste": _listed,
    "puces": _bullets,
    "citation": quoted,
    "phrase": french.first_sentence,
    "compte": _counted,
    "accord": _agreed,
    "elision": _elided,
}


def _blocking_when_missing(name: str, write: Callable[..., str]) -> Callable[..., object]:
    @functools.wraps(write)
    def filtered(value: object, *words: str) -> object:
        if isinstance(value, MissingValue):
            value.block()
            return value
        try:
            return write(value, *words)
        except (TypeError, ValueError, AttributeError, ArithmeticError):
            raise MisuseError(f"le filtre « {name} »") from None

    return filtered


TODAY: Final = "_today"
"""The variable of a rendering that has the day of sending: no template can name it."""


@pass_context
def _is_over(rendering: Rendering, value: object) -> bool:
    """Whether all the days that a value speaks of are past."""
    return _compared(rendering, "passe", value, lambda days, today: days[1] < today)


@pass_context
def _has_begun(rendering: Rendering, value: object) -> bool:
    """Whether the first of the days that a value speaks of has come."""
    return _compared(rendering, "commence", value, lambda days, today: days[0] <= today)


def _compared(
    rendering: Rendering, name: str, value: object, compare: Callable[[tuple[date, date], date], bool]
) -> bool:
    """A missing value compares as a day that has not come: a condition on it blocks nothing."""
    today = rendering.get(TODAY)
    if today is None or isinstance(value, MissingValue):
        return False
    if isinstance(value, DatedText):
        return compare((value.first, value.last), today)
    if isinstance(value, date):
        day = date(value.year, value.month, value.day)
        return compare((day, day), today)
    if isinstance(value, str):  # days that the configuration gives as a text: nobody knows when they are
        return False
    raise MisuseError(f"le filtre « {name} »")


FILTERS: Final[Mapping[str, Callable[..., object]]] = {
    **{name: _blocking_when_missing(name, write) for name, write in _FRENCH.items()},
    "passe": _is_over,
    "commence": _has_begun,
}
"""The only filters that templates have."""
