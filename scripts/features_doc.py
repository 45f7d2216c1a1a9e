"""The table of features of docs/configuration.fr.md, and that of all parts in docs/parts.md: `--write`."""

from __future__ import annotations

import ast
import inspect
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from eig_sheets.installed import FEATURES
from eig_sheets.registry import GROUPS, CommandGroup, Feature, group_of, layer_of, parts_in

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "eig_sheets"
LAYERS = (
    "registry",
    "config",
    "storage",
    "workbook",
    "campaign",
    "call",
    "emails",
    "run",
    "personal_data",
    "sample",
    "cli",
)
"""The folders and modules that declare parts, from the configuration to the commands."""


def features_table() -> str:
    """Markdown: the word of each feature, what it is, its commands, its page and what it needs."""
    rows = ["| mot | ce que c’est | commandes | page | a besoin de |", "|---|---|---|---|---|", *map(_row, FEATURES)]
    return "\n".join(rows) + "\n"


def _row(feature: Feature) -> str:
    names = [
        f"`{command.name} {sub.name}`" if isinstance(command, CommandGroup) else f"`{command.name}`"
        for command in feature.commands
        for sub in (command.commands if isinstance(command, CommandGroup) else (command,))
    ]
    needs = ", ".join(f"`{name}`" for name in feature.needs)
    page = f"[{feature.page}]({feature.page})"
    return f"| `{feature.id}` | {feature.title} | {', '.join(names)} | {page} | {needs} |"


def parts_table() -> str:
    """Markdown: each kind of part that the call and features give, who declares it, who reads it, what it is."""
    of_features = (part for one in FEATURES for group in GROUPS for part in parts_in(one, group))
    kinds = {layer_of(type(part)) for part in (*FEATURES.own(), *of_features)}
    asking = _readers()
    rows = ["| part | group | declared in | read in | what it is |", "|---|---|---|---|---|"]
    for kind in sorted(kinds, key=_place):
        own, asked = _module(kind).as_posix(), asking[kind.__name__]
        others = ", ".join(f"`{name}`" for name in asked if name != own) if asked else "tests alone"
        summary = " ".join((inspect.getdoc(kind) or "").partition("\n\n")[0].split())
        rows.append(f"| `{kind.__name__}` | `{group_of(kind)}` | `{own}` | {others} | {summary} |")
    return "\n".join(rows) + "\n"


def _module(kind: type) -> Path:
    """The file of a class, from the folder of the package."""
    return Path(inspect.getfile(kind)).relative_to(PACKAGE)


def _place(kind: type) -> tuple[int, Path, str]:
    module = _module(kind)
    return LAYERS.index(module.with_suffix("").parts[0]), module, kind.__name__


def _readers() -> Mapping[str, list[str]]:
    """The modules that ask features for each kind of part, by the name of its class."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(PACKAGE.rglob("*.py")):
        module = path.relative_to(PACKAGE).as_posix()
        for name in {*_asked(ast.parse(path.read_text(encoding="utf-8")))}:
            found[name].append(module)
    return found


def _asked(tree: ast.Module) -> Iterator[str]:
    """The names of the classes in `….parts(…)` and `….parts_off(…)` of a module."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="parts" | "parts_off"), args=[ast.Name(id=name)]):
                yield name


TABLES: Mapping[Path, tuple[str, Callable[[], str]]] = {
    ROOT / "docs" / "configuration.fr.md": ("features", features_table),
    ROOT / "docs" / "parts.md": ("parts", parts_table),
}
"""The pages, each with the word of the comments around its table, and what makes it."""


def with_table(page: Path, text: str) -> str:
    """The page with its table as it should be."""
    word, table = TABLES[page]
    start, end = f"<!-- {word} -->\n", f"<!-- end of {word} -->\n"
    before, _, rest = text.partition(start)
    return f"{before}{start}{table()}{end}{rest.partition(end)[2]}"


if __name__ == "__main__":
    for page in TABLES:
        text = page.read_text(encoding="utf-8")
        if "--write" in sys.argv:
            page.write_text(with_table(page, text), encoding="utf-8")
        elif with_table(page, text) != text:
            sys.exit(f"{page.relative_to(ROOT)}: run python scripts/features_doc.py --write")
