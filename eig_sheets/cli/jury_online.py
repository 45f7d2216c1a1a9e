"""Opens the online pages of a workbook's jurors; None where its program has none."""

from __future__ import annotations

import os

from eig_sheets.cli.session import Session
from eig_sheets.jury.online import OnlinePages
from eig_sheets.workbook.backends import Resources, backend_of
from eig_sheets.workbook.read_back import digest


def online_pages(session: Session) -> OnlinePages | None:
    """The pages of this campaign and workbook; a copy of the workbook has pages of its own. Raises WorkbookError."""
    campaign = session.campaign
    make = backend_of(session.place).pages
    if make is None:
        return None
    resources = Resources(os.environ, session.state_as_it_is, campaign.workbook.officers, campaign.zone.key)
    return make(resources, campaign.jury.drive_folder, digest((campaign.campaign.id, session.known.key)))
