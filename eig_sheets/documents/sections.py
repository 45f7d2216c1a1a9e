"""A section of a document: a heading, sentences and a table, whatever the format in which it is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eig_sheets.text.french import typographic


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, its sentences, and a table, its columns `widths` centimetres wide on paper."""

    heading: str
    sentences: tuple[str, ...]
    headers: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[float, ...] = ()


def section(
    heading: str,
    sentences: Iterable[str],
    headers: Sequence[str] = (),
    rows: Iterable[Sequence[str]] = (),
    widths: Sequence[float] = (),
) -> Section:
    """The section, its French typed as French is; without its table when there is no row."""
    typed = tuple(tuple(map(typographic, row)) for row in rows)
    said = tuple(map(typographic, sentences))
    if not typed:
        return Section(typographic(heading), said)
    return Section(typographic(heading), said, tuple(map(typographic, headers)), typed, tuple(widths))


@dataclass(frozen=True, slots=True)
class Explanation:
    """A title, the line under it, a warning that people must see first ('' for none), and the sections."""

    title: str
    subtitle: str
    banner: str
    sections: tuple[Section, ...]
