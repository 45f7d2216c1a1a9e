"""Which action officers ask for instead of a command that a remedy names. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.result_parts import AskedInstead
from eig_sheets.features.requests.actions import actions_of
from eig_sheets.features.requests.rules import Action
from eig_sheets.features.requests.tabs import REQUESTS

ACTIONS: Final[Mapping[str, str]] = {
    "sync": Action.SYNC,
    "import": Action.IMPORT,
    "jury assign": Action.ASSIGN,
    "jury ballots": Action.BALLOTS,
    "jury collect": Action.COLLECT,
    "--talents jury assign": Action.ASSIGN_CANDIDATES,
    "--talents jury ballots": Action.BALLOTS_CANDIDATES,
    "--talents jury collect": Action.COLLECT_CANDIDATES,
    "select": Action.SELECT,
    "emails archive": Action.ARCHIVE,
    "emails settle": Action.SETTLE,
    "jury schedule": "planning",
    "teams propose": "equipes",
    "follow-up generate": "suivi",
}
"""The action that does what a command does, by how the command begins."""


def _instead(reading: Reading) -> Mapping[str, str]:
    """Those that the call offers, where its workbook has the tab."""
    if REQUESTS not in reading.layout.tabs:
        return {}
    actions = actions_of(reading.campaign)
    return {begun: actions.label(action) for begun, action in ACTIONS.items() if action in actions.offered}


INSTEAD: Final = AskedInstead(_instead)
