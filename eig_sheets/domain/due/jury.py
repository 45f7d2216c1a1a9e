"""E-mails to a juror: they are invited, reminded of what is left to score, thanked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from eig_sheets.domain.due.days import reached, within_a_month
from eig_sheets.domain.due.ids import Due, to_people
from eig_sheets.domain.rules import EmailRules


def to_jurors(jurors: pd.DataFrame, rules: EmailRules, today: date) -> Iterator[Due]:
    """Nobody is invited any more once reminders have begun: a reminder names the dossiers of a latecomer too."""
    reminders = [reminder for reminder in rules.reminders if reached(reminder, today)]
    over = reached(rules.jury_thanked, today)
    if reached(rules.jury_invited, today) and not reminders and not over:
        yield from to_people("invitation_jury", jurors, "email")
    if reminders and not over:
        pending = jurors["pending"].map(len).astype(int) > 0
        yield from to_people("relance_jure", jurors[pending], "email", max(reminders).isoformat())
    if within_a_month(rules.jury_thanked, today):
        yield from to_people("remerciement_jure", jurors[jurors["took_part"].astype(bool)], "email")
