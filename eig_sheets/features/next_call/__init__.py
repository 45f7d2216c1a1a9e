"""The next call: `init --from` makes its configuration and its workbook from those of the last one."""

from __future__ import annotations

from typing import Final

from eig_sheets.registry import AddedCommand, Feature

FEATURE: Final = Feature(
    id="next_call",
    title="l’appel suivant",
    page="nouvel-appel.fr.md",
    added=(AddedCommand("init", "eig_sheets.features.next_call.commands:init_from"),),
)
