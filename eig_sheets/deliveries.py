"""What is known of an e-mail that was handed over, or was about to be (guarantee G6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


class Stage(StrEnum):
    """How far a delivery went. Whatever was INTENDED and never settled may have left: nobody knows.

    CLAIMED: the workbook says that this machine is about to send it; it has not begun. SETTLED: a person said that it
    did not leave.
    """

    CLAIMED = "claimed"
    INTENDED = "intended"
    SENT = "sent"
    DRAFTED = "drafted"
    REFUSED = "refused"
    DEFERRED = "deferred"
    SETTLED = "settled"


AGAIN: Final = frozenset({Stage.CLAIMED, Stage.REFUSED, Stage.DEFERRED, Stage.SETTLED})
"""Stages of an e-mail that surely did not leave: it may be handed over."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """The last delivery of an e-mail; `moment` is naive, in the campaign's time zone.

    `stamp` is what the e-mail was made of, as `Envois` shows it; `claim` names the sends that it was a part of, with
    spaces: that of the workbook may be one of an earlier send, stopped before it could write there.
    """

    id: str
    template: str
    numero: str | None
    outlet: str
    stage: Stage
    detail: str
    moment: datetime
    stamp: str = ""
    claim: str = ""
