"""The ways of the data in docs/architecture.md, drawn from the functions that take them: `--write`."""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eig_sheets import loading
from eig_sheets.call import results
from eig_sheets.run import nightly
from eig_sheets.spreadsheet.model.base import Workbook
from eig_sheets.storage.state import State

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "architecture.md"
START, END = "<!-- ways -->\n", "<!-- end of ways -->\n"
DRAWN: tuple[Callable[..., Any], ...] = (nightly.plan_sync, results.compute)
"""The functions whose steps are drawn, the one that calls the next one first."""
SHOWN = ("cells", "reading", "known", "scored")
"""Parameters that are drawn: what the data come from, not what they are looked at with."""
CALLER = "results_of"
"""The step of the first in which the second is called."""


@dataclass(frozen=True, slots=True)
class Step:
    """A call of a function of ours: what it is called on, by node, and what it gives."""

    node: str
    function: Callable[..., Any]
    sources: tuple[tuple[str, str], ...]

    @property
    def gives(self) -> str:
        """The type that it returns, as its signature says."""
        return str(inspect.signature(self.function).return_annotation).replace('"', "")


class Ways(ast.NodeVisitor):
    """The steps of a function: each call of a function of ours, in order, with who made what it is called on."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._names, self._prefix = {**vars(sys.modules[function.__module__])}, function.__name__
        self._made: dict[str, str] = {}
        self.steps: list[Step] = []
        self.inputs = [name for name in inspect.signature(function).parameters if name in SHOWN]
        self._made = {name: _id(self._prefix, name) for name in self.inputs}
        self.visit(ast.parse(textwrap.dedent(inspect.getsource(function))))

    def visit_Assign(self, node: ast.Assign) -> None:
        """A name is what the last step of the expression gives it."""
        before = len(self.steps)
        made = self._call(node.value)
        for target in node.targets:
            if isinstance(target, ast.Name) and (made or len(self.steps) > before):
                self._made[target.id] = made or self.steps[-1].node

    def visit_If(self, node: ast.If) -> None:
        """What stops a run is no way of the data."""

    def visit_Return(self, node: ast.Return) -> None:
        """What it returns, unless that is a record of what was made."""
        if node.value is not None:
            self._call(node.value)

    def _call(self, node: ast.AST) -> str:
        """The node of the outermost step in an expression; '' without any."""
        if not isinstance(node, ast.Call):
            made = [self._call(child) for child in ast.iter_child_nodes(node)]
            return next(filter(None, reversed(made)), "")
        inner = [found for child in (*node.args, *(one.value for one in node.keywords)) if (found := self._call(child))]
        function = self._resolved(node.func)
        if function is None:
            return inner[-1] if inner else self._call(node.func)
        used = [name.id for child in node.args for name in ast.walk(child) if isinstance(name, ast.Name)]
        sources = dict.fromkeys((*inner, *(self._made[name] for name in used if name in self._made)))
        types = {step.node: step.gives for step in self.steps}
        name = _id(self._prefix, function.__name__)
        self.steps.append(Step(name, function, tuple((one, types.get(one, "")) for one in sources)))
        return name

    def _resolved(self, node: ast.AST) -> Callable[..., Any] | None:
        """The function of ours that is called; None for a class, a method, or one of a library."""
        try:
            found = eval(ast.unparse(node), self._names)  # noqa: S307 (our own source)
        except (NameError, AttributeError):
            return None
        ours = inspect.isfunction(found) and found.__module__.startswith("eig_sheets.")
        return found if ours and "." not in found.__qualname__ else None


def drawing() -> str:
    """Mermaid: a box a step, an arrow for what it is given, with its type; the ends, which touch the world."""
    lines, arrows = ["```mermaid", "flowchart TD"], [*_ends()]
    for function in DRAWN:
        ways, name = Ways(function), function.__name__
        lines.append(f'  subgraph {name}["{name}, {_place(function)}"]')
        lines += [f"    {_id(name, one)}([{one}])" for one in ways.inputs]
        lines += [f'    {step.node}["{step.function.__name__}<br/>{_place(step.function)}"]' for step in ways.steps]
        lines.append("  end")
        arrows += _arrows(ways.steps)
    arrows.append(f"  {_id(DRAWN[0].__name__, CALLER)} -.-> {DRAWN[1].__name__}")
    return "\n".join([*lines, *arrows, "```\n"])


def _ends() -> Iterator[str]:
    """What comes before the first step and after the last ones: functions of ours too, so that no name is a memory."""
    first = DRAWN[0].__name__
    cells = f'{_box(nightly.reading_for)} -->|"Reading"| {_id(first, "cells")}'
    yield f'  {_box(loading.load)} -->|"Campaign"| {cells}'
    yield f'  {_box(Workbook.read)} -->|"Snapshot"| {_id("", nightly.reading_for.__name__)}'
    yield f'  {_id(first, "checked_plan")} -->|"Plan"| {_box(Workbook.apply)}'
    yield f'  {_id(first, "last_run_of")} -->|"LastRun"| {_box(State.save_last_run)}'


def _box(function: Callable[..., Any]) -> str:
    name = function.__qualname__
    return f'{_id("", name)}["{name}<br/>{_place(function)}"]'


def _arrows(steps: Sequence[Step]) -> Iterator[str]:
    """What each step is given, but for what it is given by way of another one."""
    given = {step.node: {source for source, _ in step.sources} for step in steps}
    above: dict[str, set[str]] = {}
    for step in steps:
        above[step.node] = given[step.node].union(*(above.get(source, set()) for source in given[step.node]))
    for step in steps:
        for source, kind in step.sources:
            if not any(source in above.get(other, ()) for other in given[step.node] - {source}):
                yield f"  {source} -->{f'|{chr(34)}{kind}{chr(34)}|' if kind else ''} {step.node}"


def _id(function: str, name: str) -> str:
    return f"{function}_{name}".replace(".", "_").strip("_")


def _place(function: Callable[..., Any]) -> str:
    """The module of a function, from the folder of the package."""
    return function.__module__.partition(".")[2].replace(".", "/") + ".py"


def with_drawing(text: str) -> str:
    """The page with its drawing as it should be."""
    before, _, rest = text.partition(START)
    return f"{before}{START}{drawing()}{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    if "--write" in sys.argv:
        PAGE.write_text(with_drawing(text), encoding="utf-8")
    elif with_drawing(text) != text:
        sys.exit(f"{PAGE.relative_to(ROOT)}: run python scripts/ways_doc.py --write")
