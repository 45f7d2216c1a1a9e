"""Programs and patches that tests and scripts hold as text name modules that exist: no import tells when one moves."""

import ast
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OF_MADE_UP_MODULES = {"tests/test_architecture.py", "tests/test_named_modules.py"}
NAMED = re.compile(r"(?:from (eig_sheets[\w.]*) import ([\w, ]+)|(eig_sheets(?:\.\w+)+))")


def names_in(path):
    """The dotted names in the texts of a file, but for its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            for module, imported, dotted in NAMED.findall(node.value):
                yield from (f"{module}.{name.split()[0]}" for name in imported.split(",") if name.strip())
                if dotted:
                    yield dotted.removesuffix(".py")


def is_there(dotted):
    """Whether it is a module, or is written in the one that is the longest part of it."""
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        place = ROOT.joinpath(*parts[:length])
        if place.is_dir() or place.with_suffix(".py").is_file():
            spec = find_spec(".".join(parts[:length]))
            text = Path(spec.origin).read_text(encoding="utf-8") if spec and spec.origin else ""
            return length == len(parts) or re.search(rf"\b{parts[length]}\b", text) is not None
    return False


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["tests", "scripts"])
def test_a_module_that_is_named_in_a_text_is_there(folder):
    files = {path.relative_to(ROOT).as_posix(): path for path in (ROOT / folder).rglob("*.py")}
    named = [(name, path) for name in sorted({*files} - OF_MADE_UP_MODULES) for path in names_in(files[name])]
    assert [(name, path) for name, path in named if not is_there(path)] == []


def test_one_that_is_gone_is_seen(tmp_path):
    path = tmp_path / "test_x.py"
    path.write_text('RUN = "from eig_sheets.cli import live_report, main"\nP = "eig_sheets.cli.main"\n', "utf-8")
    assert [(name, is_there(name)) for name in names_in(path)] == [
        ("eig_sheets.cli.live_report", False), ("eig_sheets.cli.main", True), ("eig_sheets.cli.main", True)
    ]  # fmt: skip
