"""Deletes features from a copy of this checkout, as a fork would: their folders, lines, tests, pages."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from eig_sheets.config.sections import Section
from eig_sheets.emails.catalogue.entries import Mail
from eig_sheets.installed import FEATURES
from eig_sheets.registry import Feature, Features
from tests.contributing.examples import BIN, Checkout

GENERATED = ("commands_doc.py", "anomalies_doc.py", "*/*_doc.py", "features_doc.py")
"""The scripts that write parts of the docs from the code; those of features are in their folders."""


def with_those_that_need(feature: Feature) -> list[Feature]:
    """What goes with a feature, it last: those that need it go first."""
    needing = [other for other in FEATURES if feature.id in other.needs]
    return [*dict.fromkeys(one for other in needing for one in with_those_that_need(other)), feature]


def delete(features: Iterable[Feature], copy: Checkout) -> None:
    """Take features out of a copy, and have the parts of the docs that come from the code written again."""
    for feature in features:
        _delete(feature, copy)
    for name in GENERATED:
        for script in sorted((copy.folder / "scripts").glob(name)):
            copy.run(BIN / "python", script, "--write")
    copy.run("git", "add", "--all")


def _delete(feature: Feature, copy: Checkout) -> None:
    for folder in (f"eig_sheets/features/{feature.id}", f"tests/features/{feature.id}", f"scripts/{feature.id}"):
        shutil.rmtree(copy.folder / folder, ignore_errors=True)
    (copy.folder / f"scripts/bench_{feature.id}.py").unlink(missing_ok=True)
    _without_word(copy.folder / "eig_sheets" / "installed.py", feature.id)
    copy.run(BIN / "ruff", "format", "--quiet", "eig_sheets/installed.py")
    _without_pages(feature, copy)
    _without_settings(feature, copy)
    _without_lines(copy, "Makefile", rf"bench_{feature.id}\.py")
    for library in feature.libraries:
        _without_lines(copy, "pyproject.toml", rf'^  "{re.escape(library)}\b')


def _without_pages(feature: Feature, copy: Checkout) -> None:
    """Take its pages away, what leads to them on others, and their pictures."""
    own = (feature.page, *feature.other_pages)
    written = "".join((copy.folder / "docs" / page).read_text(encoding="utf-8") for page in own)
    pictures = re.findall(r"\]\(images/(\w+)\.png\)", written)
    for page in own:
        (copy.folder / "docs" / page).unlink()
        _without_lines(copy, "config/campaign.toml", rf"^#.*docs/{re.escape(page)}")
    named = ("README.md", "CONTRIBUTING.md", "examples/README.md")
    pages = [*(copy.folder / name for name in named), *(copy.folder / "docs").glob("*.md")]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for gone in own:
            text = without_links(text, gone)
        page.write_text(text, encoding="utf-8")
    for name in pictures:
        if not any(f"images/{name}.png" in page.read_text(encoding="utf-8") for page in pages):
            (copy.folder / "docs" / "images" / f"{name}.png").unlink()
            _without_lines(copy, "scripts/pictures.py", rf'Picture\("{name}"')


def _without_settings(feature: Feature, copy: Checkout) -> None:
    """Take its name, its e-mails and its sections, with the comments before them, out of the configurations."""
    examples = [*copy.folder.glob("examples/*/config/campaign.toml")]
    for configuration in examples:
        _without_pattern(configuration, rf'(?<=[\[ ])"{feature.id}"(?:, ?)?')  # of `[features] without`
    for section in Features((feature,)).parts(Section):
        for configuration in examples:
            _without_pattern(configuration, rf'"{section.key}(?:\.\w+)*",? ?')
            _without_pattern(configuration, rf"(?ms)(?:^#[^\n]*\n)*^\[\[?{section.key}(?:\.\w+)*\]\]?.*?(?=^\[|^#|\Z)")
    for email in (email for mail in Features((feature,)).parts(Mail) for email in mail.emails):
        for configuration in (copy.folder / "config" / "campaign.toml", *examples):
            _without_pattern(configuration, rf'(?:, )?"{email.id}"')


def _without_word(path: Path, name: str) -> None:
    """Take a name out of the lists of a module."""
    text = re.sub(rf"\b{name}(?:\.FEATURE)?\b(?:,\s*)?", "", path.read_text(encoding="utf-8"))
    text = re.sub(r"^(from [^(\n]*?),[ \t]*$", r"\1", text, flags=re.MULTILINE)
    path.write_text(re.sub(r",[ \t]*\)", ")", text), encoding="utf-8")


def _without_pattern(path: Path, pattern: str) -> None:
    path.write_text(re.sub(pattern, "", path.read_text(encoding="utf-8")), encoding="utf-8")


def _without_lines(copy: Checkout, name: str, pattern: str) -> None:
    path = copy.folder / name
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not re.search(pattern, line)), encoding="utf-8")


def without_links(text: str, page: str) -> str:
    """A text but for its paragraphs, items of lists and rows of tables that lead to a page of the docs.

    A table that is left without rows goes too, and a section that is left without anything.
    """
    leads = re.compile(rf"\]\((?:(?:\.\./)?docs/)?{re.escape(page)}(?:#[^)]*)?\)")
    blocks = re.split(r"(\n{2,})", text)
    kept = ["".join(part for part in _parts(block) if not leads.search(part)) for block in blocks]
    rows_left = re.sub(r"(?m)^\|.*\n\|[-:| ]+\|\n(?!\|)", "", "".join(kept))
    sections_left = rows_left
    for heading in _empty_sections(rows_left) - _empty_sections(text):
        sections_left = re.sub(rf"(?m)^{re.escape(heading)}\n+", "", sections_left)
    return re.sub(r"\n{3,}", "\n\n", sections_left)


def _empty_sections(text: str) -> set[str]:
    """The headings that nothing follows but another of their level, or above."""
    headings = re.finditer(r"(?m)^((#+) .*)\n+(?=(#+) |\Z)", text)
    return {found[1] for found in headings if found[3] is None or len(found[3]) <= len(found[2])}


def _parts(block: str) -> list[str]:
    """A paragraph whole; a list or a table item by item, row by row."""
    return re.split(r"(?m)^(?=(?:[-*|]|\d+\.) ?)", block)
