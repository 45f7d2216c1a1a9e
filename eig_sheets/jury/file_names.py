"""The names of the files of pages: after the juror, in letters that every system has, each its own. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from eig_sheets.jury.pages import Page, PageKind
from eig_sheets.text.french import plain
from eig_sheets.workbook.read_back import digest

_PREFIXES: Final = {
    PageKind.NOTES: "grille",
    PageKind.DECLARATION: "declaration",
    PageKind.CANDIDATES: "grille-candidats",
}
_LONGEST: Final = 60


def file_names(pages: Sequence[Page]) -> tuple[str, ...]:
    """The name of the file of each page: grille-claire-martin.xlsx; with the address where two have one name."""
    names = _told_apart(pages, [_by_name(page) for page in pages], lambda page: f"{_by_name(page)}-{_slug(page.juror)}")
    names = _told_apart(pages, names, lambda page: f"{_by_name(page)}-{digest([page.juror])}")
    return tuple(f"{name}.xlsx" for name in names)


def _told_apart(pages: Sequence[Page], names: Sequence[str], longer: Callable[[Page], str]) -> list[str]:
    shared = Counter(names)
    return [longer(page) if shared[name] > 1 else name for page, name in zip(pages, names, strict=True)]


def _by_name(page: Page) -> str:
    group = f"groupe-{_slug(page.group)}-" if page.group else ""
    return f"{_PREFIXES[page.kind]}-{group}{_slug(page.name) or digest([page.juror])}"


def _slug(text: str) -> str:
    return plain(text).replace(" ", "-").replace("€", "").replace("%", "")[:_LONGEST].strip("-")
