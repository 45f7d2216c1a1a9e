"""Formulas read into trees, with the separators of the workbook's locale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tests.sheets_server.formulas.tokens import FormulaError, Reference, Token, tokenize

LEVELS = (("=", "<>", "<", ">", "<=", ">="), ("&",), ("+", "-"), ("*", "/"), ("^",))


@dataclass(frozen=True, slots=True)
class Node:
    """`kind`: literal, reference, name, call, operation, sign, percent, array, error."""

    kind: str
    value: Any = None
    below: tuple[Any, ...] = ()


@lru_cache(maxsize=100_000)
def parse(formula: str, decimal: str) -> Node:
    """Return the tree of a formula, `=` included; FormulaError when it is not one."""
    tokens = [token for token in tokenize(formula[1:], decimal) if token.kind != "space"]
    parser = _Parser(tokens, decimal == ",")
    node = parser.expression()
    if parser.at != len(tokens):
        raise FormulaError(formula)
    return node


class _Parser:
    def __init__(self, tokens: list[Token], comma_is_decimal: bool) -> None:
        self.tokens = tokens
        self.at = 0
        self.separators = (";",) if comma_is_decimal else (",", ";")
        self.columns = "\\" if comma_is_decimal else ","

    def peek(self) -> str:
        """Return the operator that comes next; empty when something else does."""
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        return token.text if token is not None and token.kind == "operator" else ""

    def take(self, *wanted: str) -> str:
        found = self.peek()
        if found not in wanted or not found:
            return ""
        self.at += 1
        return found

    def require(self, wanted: str) -> None:
        if not self.take(wanted):
            raise FormulaError(wanted)

    def expression(self, level: int = 0) -> Node:
        if level == len(LEVELS):
            return self.signed()
        left = self.expression(level + 1)
        while operator := self.take(*LEVELS[level]):
            left = Node("operation", operator, (left, self.expression(level + 1)))
        return left

    def signed(self) -> Node:
        if sign := self.take("+", "-"):
            return Node("sign", sign, (self.signed(),))
        node = self.operand()
        while self.take("%"):
            node = Node("percent", None, (node,))
        return node

    def operand(self) -> Node:
        if self.take("("):
            node = self.expression()
            self.require(")")
            return node
        if self.take("{"):
            return self.array()
        if self.at >= len(self.tokens):
            raise FormulaError("the end")
        token = self.tokens[self.at]
        self.at += 1
        reader = READERS.get(token.kind)
        if reader is None:
            raise FormulaError(token.text)
        return reader(self, token)

    def array(self) -> Node:
        rows: list[tuple[Node, ...]] = [()]
        if not self.take("}"):
            while True:
                rows[-1] += (self.expression(),)
                if self.take(";"):
                    rows.append(())
                elif not self.take(self.columns):
                    self.require("}")
                    break
        return Node("array", None, tuple(rows))

    def named(self, token: Token) -> Node:
        name = token.text.upper()
        if not self.take("("):
            truth = {"TRUE": True, "VRAI": True, "FALSE": False, "FAUX": False}
            return Node("literal", truth[name]) if name in truth else Node("name", token.text)
        arguments: list[Node] = []
        if self.take(")"):
            return Node("call", name, ())
        while True:
            empty = self.peek() in (*self.separators, ")")
            arguments.append(Node("literal", None) if empty else self.expression())
            if not self.take(*self.separators):
                break
        self.require(")")
        return Node("call", name, tuple(arguments))


def _literal(_: _Parser, token: Token) -> Node:
    value = token.value
    return Node("literal", int(value) if isinstance(value, float) and value.is_integer() else value)


READERS: dict[str, Callable[[_Parser, Token], Node]] = {
    "number": _literal,
    "string": _literal,
    "reference": lambda _, token: Node("reference", token.value),
    "error": lambda _, token: Node("error", token.text),
    "name": _Parser.named,
}


def references(node: Node) -> list[Reference]:
    """Return the references of a tree, in order."""
    if node.kind == "reference":
        return [node.value]
    found: list[Reference] = []
    for item in node.below:
        for below in item if isinstance(item, tuple) else (item,):
            found += references(below)
    return found
