"""Findings about a workbook in memory. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from eig_sheets.workbook.model.diagnosis import Finding, attention, error, ok


def findings(location: str, *, exists: bool, is_locked: bool) -> Iterator[Finding]:
    """Whether it was saved once, and whether another opener holds it."""
    if not exists:
        yield error("Classeur", f"Il n’y a pas de classeur {location}.", "Créez-le avec « eig-sheets init ».")
        return
    yield ok("Classeur", f"{location} existe.")
    if is_locked:
        yield attention("Verrou", f"Une autre exécution d’eig-sheets travaille sur {location}.", "Attendez sa fin.")
