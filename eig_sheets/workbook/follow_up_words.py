"""French labels of the state of a milestone."""

from __future__ import annotations

from typing import Final

from eig_sheets.domain.milestones.status import Progress
from eig_sheets.text.french import number, plural

_WORDS: Final = {
    Progress.LATE: "en retard",
    Progress.TO_COME: "à venir",
    Progress.POSTPONED: "reporté",
    Progress.UNDATED: "sans échéance",
    Progress.DONE: "fait",
    Progress.POINTLESS: "sans objet",
}
_AGREEING: Final = (Progress.POSTPONED, Progress.DONE)


def state_text(state: Progress, count: int | None = None, *, days: int = 0) -> str:
    """« en retard de 3 jours » for one; « 2 reportés » for a `count` of them."""
    word = _WORDS[state]
    if count is not None:
        return f"{number(count)} {word}{'s' if state in _AGREEING and count > 1 else ''}"
    return f"{word} de {plural(days, 'jour')}" if days else word
