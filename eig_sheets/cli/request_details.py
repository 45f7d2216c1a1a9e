"""What officers write beside an action that they ask for."""

from __future__ import annotations

from typing import Final

from eig_sheets.cli.refusal import Refusal
from eig_sheets.text.french import plain, typographic

_REDO: Final = "refaire"


def is_anew(detail: str) -> bool:
    """Whether a detail says to make it anew. Raises Refusal when it says anything else."""
    anew = plain(detail) == _REDO
    if detail and not anew:
        raise Refusal(typographic(f"Détail « {detail} » : laissez-le vide, ou écrivez « {_REDO} »."))
    return anew
