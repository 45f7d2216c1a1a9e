"""What a template may say: names that exist, `if`, `for`, and our filters. Anything else is refused before use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from jinja2 import Environment, TemplateSyntaxError, nodes

from eig_sheets.french import plain
from eig_sheets.mail.filters import FILTERS
from eig_sheets.mail.frontmatter import MistakeError, suggestion
from eig_sheets.mail.placeholders import INTERNAL, Vocabulary

_ALLOWED: Final = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If, nodes.For,
    nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand, nodes.Filter, nodes.Getattr,
)  # fmt: skip


class Names:
    """Whether a template may use a name, and what to say when it may not."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.known, self._listed = vocabulary.known, vocabulary.listed

    def refusal(self, name: str) -> str | None:
        """Why that placeholder cannot be used, with the closest one; None when it can."""
        return _refusal(name, self.known)

    def refusal_in_list(self, name: str) -> str | None:
        """The same for a value of an item of a list."""
        return _refusal(name, self._listed)


def _refusal(name: str, known: Mapping[str, str]) -> str | None:
    if name in known:
        return None
    if name in INTERNAL:
        return f"« {name} » est une colonne interne : elle ne peut figurer dans aucun e-mail"
    return f"nom inconnu « {name} »{_closest(name, known)}"


def _closest(name: str, names: Mapping[str, str]) -> str:
    wordings = {plain(word.replace("_", " ")): known for known, header in names.items() for word in (header, known)}
    close = get_close_matches(plain(name.replace("_", " ")), wordings, 1, 0.6)
    return f" ; vouliez-vous dire « {wordings[close[0]]} » ?" if close else ""


def checked(environment: Environment, source: str, first_line: int, names: Names) -> set[str]:
    """The placeholders that a source uses. Raises MistakeError with all that is wrong in it."""
    try:
        tree = environment.parse(source)
    except TemplateSyntaxError as error:
        line = source.split("\n")[error.lineno - 1].strip()
        what = f"cette ligne ne se lit pas (accolade, « % » ou guillemet mal fermé, if sans endif ?) : {line[:80]}"
        raise MistakeError((first_line + error.lineno - 1, what)) from None
    if found := [(first_line + line - 1, what) for line, what in _mistakes(tree, names)]:
        raise MistakeError(*found)
    loops = _loop_names(tree)
    return {name.name for name in tree.find_all(nodes.Name)} - loops


def _loop_names(tree: nodes.Template) -> set[str]:
    return {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"}


def _mistakes(tree: nodes.Template, names: Names) -> Iterator[tuple[int, str]]:
    loops = _loop_names(tree)
    for node in _every(tree):
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
        elif refusal := _refused(node, loops, names):
            yield node.lineno, refusal


def _refused(node: nodes.Node, loops: set[str], names: Names) -> str | None:
    if isinstance(node, nodes.Getattr):
        return names.refusal_in_list(node.attr)
    return names.refusal(node.name) if isinstance(node, nodes.Name) and node.name not in loops else None


def _every(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        if isinstance(node, _ALLOWED):
            yield from _every(child)
