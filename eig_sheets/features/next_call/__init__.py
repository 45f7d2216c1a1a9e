"""The next call: `init --from` makes its configuration and its workbook from those of the last one."""

from __future__ import annotations

from typing import Final

from eig_sheets.registry import Feature


def _parts() -> tuple[object, ...]:
    from eig_sheets.cli.feature_commands import AddedCommand

    return (AddedCommand("init", "eig_sheets.features.next_call.commands:init_from"),)


FEATURE: Final = Feature(id="next_call", title="l’appel suivant", page="nouvel-appel.fr.md", parts=_parts)
