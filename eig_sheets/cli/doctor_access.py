"""`doctor --access`: what each account that a workbook is shared with sees of it."""

from __future__ import annotations

import os
from functools import partial
from typing import Final

from eig_sheets.cli.doctor_checks import attempted
from eig_sheets.cli.session import Session
from eig_sheets.workbook.backends import Resources, backend_of
from eig_sheets.workbook.model.diagnosis import Finding, attention

CHECK: Final = "Comptes"


def findings(session: Session) -> list[Finding]:
    """What each account sees of the workbooks, where accounts can be told apart."""
    found: list[Finding] = []
    for one in session.both:
        prove = backend_of(one.place).accounts
        if prove is None:
            found.append(
                attention(
                    CHECK,
                    f"{one.place} : qui ouvre ce classeur y voit tout.",
                    "Ne le partagez qu’avec qui doit tout voir ; dans un document Grist, chacun ne voit que ce qui le "
                    "regarde (docs/grist.md).",
                )
            )
        else:
            resources = Resources(os.environ, one.state_as_it_is, one.campaign.workbook.officers)
            found += attempted(CHECK, partial(prove, one.place, resources))
    return found
