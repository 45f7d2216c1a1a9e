"""What is told to be sent was due when it is said to have left."""

from __future__ import annotations

from datetime import date

import pytest

from eig_sheets import sample
from eig_sheets.call.results import compute
from eig_sheets.campaign.reading import read
from eig_sheets.emails.drafting.drafts import drafts, load_templates
from eig_sheets.emails.mail.messages import Blocked
from tests.effort import first, spread
from tests.sample.support import EIG5, schema, snapshot

PERIOD = EIG5.emails.experimentation
SENT = sample.sent(date(2021, 12, 31), PERIOD)
SENDING = sorted({email.moment.date() for email in SENT} - {date(2021, 4, 22)})
"""The days on which e-mails left; those of the screening are told at once with the first decisions."""


@pytest.mark.parametrize(
    "day",
    first(
        2, [pytest.param(date(2021, 7, 9), marks=pytest.mark.needs("talents")), date(2021, 5, 12), *spread(8, SENDING)]
    ),
    ids=str,
)
def test_every_e_mail_that_left_on_a_day_was_due(day: date):
    whole = read(snapshot(sample.sheets(schema(), day=day)), EIG5)
    made = drafts(whole, compute(whole), load_templates(EIG5), day)
    due = {draft.id for draft in made if not isinstance(draft.outcome, Blocked)}
    gone = {email.id for email in SENT if email.moment.date() == day}
    assert gone
    assert gone <= due
