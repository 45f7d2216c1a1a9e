"""The parts of the call itself, as features have theirs: what the kernel asks of each step, in their order."""

from __future__ import annotations

from typing import Final

from eig_sheets.call.applications import checks as applications
from eig_sheets.call.cofinancing import checks as cofinancing
from eig_sheets.call.jury import checks as jury
from eig_sheets.call.jury.dossiers import DOSSIERS
from eig_sheets.call.selection import checks as selection
from eig_sheets.run import robot_tabs

PARTS: Final = (
    DOSSIERS,
    jury.CHECK,
    applications.CHECK,
    cofinancing.CHECK,
    selection.CHECK,
    *robot_tabs.TABS,
    *robot_tabs.ROWS,
    *robot_tabs.LEFT_OUT,
)
