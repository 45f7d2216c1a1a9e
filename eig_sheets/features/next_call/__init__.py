"""A new call: `init` makes its configuration and workbook, from answers, or from those of the last one (`--from`)."""

from __future__ import annotations

from typing import Final

from eig_sheets.registry import AddedCommand, Feature

FEATURE: Final = Feature(
    id="next_call",
    title="la préparation d’un appel",
    page="nouvel-appel.fr.md",
    added=(AddedCommand("init", "eig_sheets.features.next_call.commands:init_from"),),
)
