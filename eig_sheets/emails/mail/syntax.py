"""Syntax checks of a template: its TOML front matter, names that exist, loops, conditions and our filters only."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, Final

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2 import Template as Compiled

from eig_sheets.emails.mail.filters import FILTERS
from eig_sheets.emails.mail.placeholders import INTERNAL, Vocabulary
from eig_sheets.text import toml
from eig_sheets.text.french import plain
from eig_sheets.text.toml import toml_mistake

_FENCE: Final = "+++"
_KEYS: Final = {"subject": str, "to": list, "cc": list, "reply_to": str, "attachments": list, "when": str}
_OPTIONAL: Final = {"cc", "reply_to", "attachments"}

_ALLOWED: Final = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If, nodes.For,
    nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand, nodes.Filter, nodes.Getattr,
)  # fmt: skip


class MistakeError(Exception):
    """The mistakes in one template; `mistakes` are (line, French sentence without its full stop)."""

    def __init__(self, *mistakes: tuple[int, str]) -> None:
        super().__init__(*mistakes)
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter of a template: recipients (ids of fields), when it is due, subject, attachment.

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
        """The line of the file that has a key."""
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
        data = toml.parsed(source)
    except tomllib.TOMLDecodeError as error:
        mistake = toml_mistake(error, source)
        raise MistakeError((1 + mistake.line, f"l’en-tête n’est pas du TOML valable : {mistake.wrong}")) from None
    except toml.BoundsError as error:
        raise MistakeError((1, f"l’en-tête ne se lit pas : {error}")) from None
    if mistakes := [*_front_matter_mistakes(data, source)]:
        raise MistakeError(*mistakes)
    to, cc, attachments = (tuple(data.get(key, ())) for key in ("to", "cc", "attachments"))
    return FrontMatter(data["subject"], to, cc, data.get("reply_to", ""), attachments, data["when"], source)


def _front_matter_mistakes(data: dict[str, Any], source: str) -> Iterable[tuple[int, str]]:
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


class Names:
    """The names that a template may use, and the error messages for others."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.known, self._listed = vocabulary.known, vocabulary.listed

    def name_error(self, name: str) -> str | None:
        """The error of a placeholder that cannot be used, with the closest one; None when it can."""
        return _name_error(name, self.known)

    def item_name_error(self, name: str) -> str | None:
        """The error of a placeholder of an item of a list."""
        return _name_error(name, self._listed)


def _name_error(name: str, known: Mapping[str, str]) -> str | None:
    if name in known:
        return None
    if name in INTERNAL:
        return f"« {name} » est une colonne interne : elle ne peut figurer dans aucun e-mail"
    return f"nom inconnu « {name} »{_closest(name, known)}"


def _closest(name: str, names: Mapping[str, str]) -> str:
    wordings = {plain(word.replace("_", " ")): known for known, header in names.items() for word in (header, known)}
    close = get_close_matches(plain(name.replace("_", " ")), wordings, 1, 0.6)
    return f" ; vouliez-vous dire « {wordings[close[0]]} » ?" if close else ""


def checked(environment: Environment, source: str, first_line: int, names: Names) -> tuple[Compiled, set[str]]:
    """A source, compiled, and the placeholders that it uses. Raises MistakeError with all that is wrong in it."""
    try:
        return _checked(environment, source, first_line, names)
    except (RecursionError, SyntaxError):  # of the parser; of Python, which a template becomes
        what = "des conditions, des boucles ou des parenthèses y sont trop imbriquées"
        raise MistakeError((first_line, what)) from None


def literals(environment: Environment, source: str) -> list[str]:
    """The texts of a source that a message has as they are written."""
    return [text.data for text in _parsed(environment, source).find_all(nodes.TemplateData)]


def _checked(environment: Environment, source: str, first_line: int, names: Names) -> tuple[Compiled, set[str]]:
    try:
        tree = _parsed(environment, source)
    except TemplateSyntaxError as error:
        line = source.split("\n")[error.lineno - 1].strip()
        what = f"cette ligne ne se lit pas (accolade, « % » ou guillemet mal fermé, if sans endif ?) : {line[:80]}"
        raise MistakeError((first_line + error.lineno - 1, what)) from None
    if mistakes := [(first_line + line - 1, what) for line, what in _mistakes(tree, names)]:
        raise MistakeError(*mistakes)
    loops = _loop_names(tree)
    return _compiled(environment, source), {name.name for name in tree.find_all(nodes.Name)} - loops


@lru_cache(maxsize=256)  # both workbooks of a call have the same templates
def _parsed(environment: Environment, source: str) -> nodes.Template:
    return environment.parse(source)


@lru_cache(maxsize=256)
def _compiled(environment: Environment, source: str) -> Compiled:
    return environment.from_string(_parsed(environment, source))


def _loop_names(tree: nodes.Template) -> set[str]:
    return {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"}


def _mistakes(tree: nodes.Template, names: Names) -> Iterator[tuple[int, str]]:
    loops = _loop_names(tree)
    for node in _all_nodes(tree):
        if not isinstance(node, _ALLOWED):
            yield node.lineno, "seuls sont admis un nom, un filtre, if, for, and, or, not, == et !="
        elif isinstance(node, nodes.Compare) and any(operand.op not in ("eq", "ne") for operand in node.ops):
            yield node.lineno, "seules les comparaisons == et != sont admises"
        elif isinstance(node, nodes.Filter) and node.name not in FILTERS:
            yield node.lineno, f"filtre inconnu « {node.name} »{suggestion(node.name, FILTERS)}"
        elif isinstance(node, nodes.Getattr) and not (isinstance(node.node, nodes.Name) and node.node.name in loops):
            yield node.lineno, f"« .{node.attr} » n’est admis qu’après le nom donné par un for"
        elif isinstance(node, nodes.Name) and node.ctx == "store" and node.name in names.known:
            yield node.lineno, f"« {node.name} » est déjà une colonne : donnez un autre nom dans ce for"
        elif error := _unsupported(node, loops, names):
            yield node.lineno, error


def _unsupported(node: nodes.Node, loops: set[str], names: Names) -> str | None:
    if isinstance(node, nodes.Getattr):
        return names.item_name_error(node.attr)
    return names.name_error(node.name) if isinstance(node, nodes.Name) and node.name not in loops else None


def _all_nodes(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        if isinstance(node, _ALLOWED):
            yield from _all_nodes(child)
