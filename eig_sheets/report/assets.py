"""The static files of the jury's page: its templates, style sheet, script, and Vega."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

_TEMPLATES = ("shell.html", "page.html", "jurors.html", "juror.html", "macros.html")
_MODULE_TO_SCRIPT = {
    "import { ascending, isString, DisallowedObjectProperties } from 'vega-util';": (
        "const { ascending, isString, DisallowedObjectProperties } = vega;"
    ),
    "export { expression as expressionInterpreter };": "return expression;",
    "//# sourceMappingURL=vega-interpreter.js.map": "",
}
"""The imports and exports of Vega's interpreter → what replaces them in a plain script."""


@dataclass(frozen=True, slots=True)
class Assets:
    """Texts, as they are in this package. `scripts` run in this order, then `live` on a page that follows a meeting."""

    templates: Mapping[str, str]
    style: str
    scripts: tuple[str, ...]
    live: str


@cache
def assets() -> Assets:
    """The files, read once."""
    licence = _read("vendor/LICENSE").replace("*/", "")
    return Assets(
        templates={name: _read(name) for name in _TEMPLATES},
        style=_read("style.css"),
        scripts=(
            f"/*\n{licence}*/\n{_read('vendor/vega.min.js')}",
            _interpreter(),
            _read("script.js"),
            _read("paper.js"),
        ),
        live=_read("live.js"),
    )


def _interpreter() -> str:
    """Vega's interpreter of expressions, a module, as a plain script: with it, the page forbids `eval`."""
    module = _read("vendor/vega-interpreter.js")
    for module_text, script_text in _MODULE_TO_SCRIPT.items():
        if module_text not in module:
            raise ValueError(f"vega-interpreter.js is not the one that assets.py knows: no « {module_text} »")
        module = module.replace(module_text, script_text)
    return f"const expressionInterpreter = (() => {{\n{module}}})();"


def _read(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
