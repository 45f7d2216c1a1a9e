"""`doctor --access`: what each account that a workbook is shared with sees of it."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from typing import Final

from eig_sheets.cli.doctor_checks import attempted
from eig_sheets.cli.session import Session
from eig_sheets.diagnosis import setup
from eig_sheets.workbook.backends import Resources, backend_of
from eig_sheets.workbook.model.diagnosis import Finding, attention

CHECK: Final = "Comptes"


def findings(session: Session) -> list[Finding]:
    """What each account sees of the workbooks, where accounts can be told apart."""
    first, *others = map(_of_workbook, session.both)
    return [*first, *(replace(one, check=setup.of_talents(one.check)) for found in others for one in found)]


def _of_workbook(session: Session) -> list[Finding]:
    prove = backend_of(session.place).accounts
    if prove is not None:
        resources = Resources(os.environ, session.state_as_it_is, session.campaign.workbook.officers)
        return attempted(CHECK, partial(prove, session.place, resources))
    return [
        attention(
            CHECK,
            f"{session.place} : qui ouvre ce classeur y voit tout.",
            "Ne le partagez qu’avec qui doit tout voir ; dans un document Grist, chacun ne voit que ce qui le regarde "
            "(docs/grist.md).",
        )
    ]
