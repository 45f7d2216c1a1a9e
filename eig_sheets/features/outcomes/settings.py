"""`[outcomes]` in the configuration: whether the service writes to applicants."""

from __future__ import annotations

from typing import Final

from eig_sheets.config.sections import Section
from eig_sheets.domain.rules import Rules


class OutcomeSettings(Rules):
    """`[outcomes]`: how decisions are told to the service, which `[demarche]` names.

    `service_writes`: whether the service itself writes to applicants when a decision is pushed; else our own e-mail
    must have left before.
    """

    service_writes: bool = False


SECTION: Final = Section(
    key="outcomes",
    model=OutcomeSettings,
    moved={"demarche.service_writes": "outcomes.service_writes"},
    of_one_call=True,
)
