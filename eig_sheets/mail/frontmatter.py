"""The head of a template: TOML between two lines `+++`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

_FENCE: Final = "+++"
_KEYS: Final = {"subject": str, "to": list, "cc": list, "reply_to": str, "attachments": list, "when": str}
_OPTIONAL: Final = {"cc", "reply_to", "attachments"}


class MistakeError(Exception):
    """What is wrong in one template; `found` are (line, French sentence without its full stop)."""

    def __init__(self, *found: tuple[int, str]) -> None:
        super().__init__(*found)
        self.found = found


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Who a message goes to (ids of fields), when it is due, its subject, what is attached.

    `reply_to` is an id of a field or an address, or empty. `source` is the text of all that, for line numbers.
    """

    subject: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    reply_to: str
    attachments: tuple[str, ...]
    when: str
    source: str

    def line(self, key: str) -> int:
        """The line of the file on which a key stands."""
        return _line(self.source, key)


def split(text: str) -> tuple[FrontMatter, str, int]:
    """The front matter, the body, and the line of the file at which the body starts. Raises MistakeError."""
    lines = text.split("\n")
    fences = [number for number, line in enumerate(lines) if line.rstrip() == _FENCE][:2]
    if len(fences) < 2 or fences[0] != 0:
        raise MistakeError((1, f"l’en-tête manque : il se place au début, entre deux lignes « {_FENCE} »"))
    source, body = "\n".join(lines[1 : fences[1]]), "\n".join(lines[fences[1] + 1 :])
    if not body.strip():
        raise MistakeError((fences[1] + 1, "le message est vide"))
    return _front_matter(source), body, fences[1] + 2


def _front_matter(source: str) -> FrontMatter:
    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise MistakeError(
            (_toml_line(error, source), 'l’en-tête n’est pas du TOML valable ; exemple : when = "…"')
        ) from None
    if found := [*_mistakes(data, source)]:
        raise MistakeError(*found)
    to, cc, attachments = (tuple(data.get(key, ())) for key in ("to", "cc", "attachments"))
    return FrontMatter(data["subject"], to, cc, data.get("reply_to", ""), attachments, data["when"], source)


def _toml_line(error: tomllib.TOMLDecodeError, source: str) -> int:
    position = re.search(r"at line (\d+)", str(error))
    return 1 + (int(position[1]) if position else source.count("\n") + 1)


def _mistakes(data: dict[str, Any], source: str) -> Iterable[tuple[int, str]]:
    for key, value in data.items():
        if key not in _KEYS:
            yield _line(source, key), f"clé inconnue « {key} »{suggestion(key, _KEYS)}"
        elif not _fits(value, _KEYS[key], optional=key in _OPTIONAL):
            yield _line(source, key), f"« {key} » attend {_EXPECTED.get(key) or _LIST_OR_TEXT[_KEYS[key]]}"
    for key in _KEYS.keys() - _OPTIONAL - data.keys():
        yield 1, f"il manque « {key} » dans l’en-tête"


_LIST_OR_TEXT: Final[dict[type, str]] = {
    str: "un texte entre guillemets",
    list: 'une liste de champs : ["email_porteur"]',
}
_EXPECTED: Final = {"attachments": 'une liste : ["invitation"]'}


def _fits(value: object, kind: type, *, optional: bool) -> bool:
    if kind is str or not isinstance(value, list):
        return isinstance(value, kind) and bool(str(value).strip())
    return all(isinstance(item, str) for item in value) and (optional or bool(value))


def _line(source: str, key: str) -> int:
    for number, line in enumerate(source.split("\n"), 2):
        if re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", line):
            return number
    return 1


def suggestion(name: str, known: Iterable[str]) -> str:
    """« ; vouliez-vous dire… » with the closest known name, or nothing."""
    close = get_close_matches(name, [*known], 1, 0.6)
    return f" ; vouliez-vous dire « {close[0]} » ?" if close else ""
