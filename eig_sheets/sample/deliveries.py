"""An e-mail of the sample that is told to be sent."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

from eig_sheets.domain.emails.deliveries import Delivery, Stage
from eig_sheets.domain.emails.due import ONCE, message_id

_UNSENT: Final = "Campagne de démonstration : noté comme envoyé, rien n’est parti."


def delivery(template: str, whom: str, day: date, numero: str | None = None, number: str = ONCE) -> Delivery:
    """An e-mail of the sample that is told to be sent on a day, though nothing left."""
    moment = datetime.combine(day, time(17, 30))
    return Delivery(message_id(template, whom, number), template, numero, "smtp", Stage.SENT, _UNSENT, moment)
