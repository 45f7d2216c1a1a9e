"""TOML that people type: parsed within bounds, and what is wrong in it said in French."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

_DEEPEST: Final = 20
"""Tables and lists inside one another: no file of ours has more than five."""
_MOST_DOTS: Final = 200
_LARGEST: Final = 10**40
"""Smaller ones have their key and bounds said by the validation of the configuration."""


class BoundsError(Exception):
    """Valid TOML that no setting can hold. The message says what, in French: the end of a sentence."""


def parsed(text: str) -> dict[str, Any]:
    """The values of a TOML text. Raises tomllib.TOMLDecodeError, BoundsError."""
    if any(line.count(".") > _MOST_DOTS for line in text.splitlines()):  # a key of that many parts takes seconds
        raise BoundsError(_TOO_DEEP)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except ValueError:  # Python converts no more than 4300 digits
        raise BoundsError(_TOO_LARGE) from None
    except RecursionError:
        raise BoundsError(_TOO_DEEP) from None
    for place, value, depth in _walked(values):
        if reason := _fault(value, depth):
            raise BoundsError(f"{place} : {reason}" if len(place) <= _LONGEST_PLACE else reason)
    return values


_TOO_LARGE: Final = "un nombre entier y a trop de chiffres"
_TOO_DEEP: Final = "des crochets ou des tables y sont imbriqués trop profondément"
_LONGEST_PLACE: Final = 80


def _walked(values: dict[str, Any]) -> Iterator[tuple[str, Any, int]]:
    """Every value, those of tables and lists included, with its dotted key and its depth; nothing below the deepest."""
    waiting: list[tuple[str, Any, int]] = [(key, value, 1) for key, value in values.items()]
    while waiting:
        place, value, depth = waiting.pop()
        yield place, value, depth
        if isinstance(value, dict):
            waiting += [(f"{place}.{key}", item, depth + 1) for key, item in value.items()]
        elif isinstance(value, list):
            waiting += [(f"{place}[{number}]", item, depth + 1) for number, item in enumerate(value, 1)]


def _fault(value: Any, depth: int) -> str:
    if depth > _DEEPEST:
        return _TOO_DEEP
    if isinstance(value, int) and not -_LARGEST <= value < _LARGEST:
        return _TOO_LARGE
    if isinstance(value, str) and "\0" in value:
        return "un texte y contient un caractère nul (\\u0000)"
    return ""


_PLACE: Final = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_KEY: Final = re.compile(r"\s*([\w.\"'-]+)\s*=\s*(.*)")
_DATE: Final = re.compile(
    r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})(?:[T ]\d{1,2}:\d{1,2}(?::\d{1,2})?)?"
)
_OPENS_TEXT: Final = re.compile(r"=\s*(?:\"\"\"|'''|'[^']*$)")
_BACKSLASH: Final = "dans un texte, « \\ » s’écrit « \\\\ » ; dans un chemin, écrivez plutôt « / »"
_TABLE_TWICE: Final = "cette partie, ou une clé de ce nom, est déjà donnée plus haut : gardez-en une"
_TEXT: Final = "un texte n’est pas fermé : ajoutez le guillemet qui manque"


@dataclass(frozen=True, slots=True)
class _Fault:
    """The parser's words, the line, its key and what follows « = », and what the parser was at on that line."""

    said: str
    line: str
    key: str
    value: str
    rest: str


@dataclass(frozen=True, slots=True)
class TomlMistake:
    """A syntax error: its line, its column (None: somewhere after the line began it), and what is wrong there."""

    line: int
    column: int | None
    wrong: str

    def __str__(self) -> str:
        column = f", colonne {self.column}" if self.column else ""
        return f"ligne {self.line}{column} : {self.wrong}"


def toml_mistake(error: Exception, text: str) -> TomlMistake:
    """What tomllib reproaches to a text."""
    lines = text.rstrip("\n").split("\n")
    place = _PLACE.search(str(error))
    line, column = (int(place[1]), int(place[2])) if place and place[1] else (_opening_line(lines), None)
    fault = _parser_fault(_PLACE.sub("", str(error)), lines, min(line, len(lines)), column or 1)
    return TomlMistake(line, column, _explained(fault))


def _opening_line(lines: list[str]) -> int:
    """The last line that opens a text which may go on to the end of the file; the last of all when none does."""
    opening = (number for number, line in enumerate(lines, 1) if _OPENS_TEXT.search(line))
    return max(opening, default=len(lines))


def _parser_fault(said: str, lines: list[str], line: int, column: int) -> _Fault:
    shown = lines[line - 1]
    keyed = next((match for text in reversed(lines[:line]) if (match := _KEY.match(text))), None)
    key, value = (keyed[1].strip("\"'"), keyed[2]) if keyed else ("", "")
    return _Fault(said, shown, key, value if _KEY.match(shown) else "", shown[column - 1 :])


def _explained(fault: _Fault) -> str:
    for beginning, sentence in _SENTENCES.items():
        if fault.said.startswith(beginning):
            return sentence if isinstance(sentence, str) else sentence(fault)
    return "corrigez cette ligne"


def _bad_date(fault: _Fault) -> str:
    date = _DATE.match(fault.rest)
    return f"la date {date[0] if date else ''} n’existe pas : corrigez-la".replace("  ", " ")


def _leftover(fault: _Fault) -> str:
    if date := _DATE.match(fault.value):
        return f"la date {date[0]} n’existe pas, ou ne s’écrit pas comme 2021-02-01"
    if re.match(r"[+-]?\d+,\d", fault.value):
        return "un nombre s’écrit avec un point (1.5), sans virgule"
    if re.match(r"[+-]?\d+[ \u00a0\u202f]\d", fault.value):
        return "un nombre s’écrit sans espace (1200000)"
    return 'il y a quelque chose de trop après la valeur : une clé par ligne, un texte entre guillemets droits (")'


def _no_value(fault: _Fault) -> str:
    word = fault.rest.strip()
    if not word or word.startswith("#"):
        return f"il manque une valeur après « {fault.key} = »"
    if word.lower().startswith(("true", "false")):
        return "true et false s’écrivent en minuscules"
    return 'un texte s’écrit entre guillemets droits ("), une date comme 2021-02-01, un nombre comme 1.5'


def _twice(fault: _Fault) -> str:
    if fault.line.lstrip().startswith("["):
        return _TABLE_TWICE
    return f"la clé « {fault.key} » est déjà donnée plus haut : gardez-en une"


def _illegal(fault: _Fault) -> str:
    return _TEXT if "\\n" in fault.said or "\\r" in fault.said else "il y a un caractère interdit : effacez-le"


_SENTENCES: Final[Mapping[str, str | Callable[[_Fault], str]]] = {
    "Invalid date or datetime": _bad_date,
    "Expected newline or end of document": _leftover,
    "Invalid value": _no_value,
    "Cannot overwrite a value": _twice,
    "Duplicate inline table key": "une clé est donnée deux fois entre accolades : gardez-en une",
    "Cannot declare": _TABLE_TWICE,
    "Cannot mutate immutable namespace": _TABLE_TWICE,
    "Cannot redefine namespace": _TABLE_TWICE,
    "Expected '=' after a key": "il manque « = » entre la clé et sa valeur",
    "Expected ']": "il manque un crochet fermant (]) au nom de cette partie",
    "Invalid initial character for a key part": "une clé n’a que des lettres sans accent, des chiffres, « _ » et « - »",
    "Invalid statement": "il faut une clé et sa valeur (clé = valeur), une [partie] ou un commentaire (#)",
    "Unclosed array": "une liste n’est pas fermée : ajoutez le crochet (]) ou la virgule qui manque",
    "Unclosed inline table": "une table n’est pas fermée : ajoutez l’accolade (}) ou la virgule qui manque",
    "Unterminated string": _TEXT,
    "Expected \"'": _TEXT,
    "Expected '\"": _TEXT,
    "Illegal character": _illegal,
    "Found invalid character": _illegal,
    "Unescaped '\\'": _BACKSLASH,
    "Invalid hex value": _BACKSLASH,
    "Escaped character": _BACKSLASH,
}
"""For the beginning of each of the parser's messages, what it means."""
