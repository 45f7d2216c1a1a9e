"""An explanation: its title, a warning, and its sections, whatever the format in which it is written."""

from __future__ import annotations

from dataclasses import dataclass

from eig_sheets.report.sections import Section


@dataclass(frozen=True, slots=True)
class Explanation:
    """A title, the line under it, a warning that people must see first ('' for none), and the sections."""

    title: str
    subtitle: str
    banner: str
    sections: tuple[Section, ...]
