"""French labels of the state of a milestone."""

from __future__ import annotations

from typing import Final

from eig_sheets.domain.milestones.status import MilestoneProgress
from eig_sheets.text.french import number, plural

_WORDS: Final = {
    MilestoneProgress.LATE: "en retard",
    MilestoneProgress.TO_COME: "à venir",
    MilestoneProgress.POSTPONED: "reporté",
    MilestoneProgress.UNDATED: "sans échéance",
    MilestoneProgress.DONE: "fait",
    MilestoneProgress.POINTLESS: "sans objet",
}
_AGREEING: Final = (MilestoneProgress.POSTPONED, MilestoneProgress.DONE)


def state_text(state: MilestoneProgress, count: int | None = None, *, days: int = 0) -> str:
    """« en retard de 3 jours » for one; « 2 reportés » for a `count` of them."""
    word = _WORDS[state]
    if count is not None:
        return f"{number(count)} {word}{'s' if state in _AGREEING and count > 1 else ''}"
    return f"{word} de {plural(days, 'jour')}" if days else word
