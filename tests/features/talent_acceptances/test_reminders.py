"""The reminder to talents who are retained: after how long, and what stops it; what `Accueil` says of them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from eig_sheets.call.results import compute
from eig_sheets.emails.catalogue.deliveries import DeliveryStatus
from eig_sheets.emails.outbox.archive import SENDINGS
from eig_sheets.features.acceptances.pending import LINES
from eig_sheets.run.accueil import Urgency
from eig_sheets.workbook.envois import Sending
from tests.emails.drafting.support import LAUREATE, RECRUIT, case
from tests.features.talents.anomalous_talents import candidate, talents
from tests.workbook.snapshots import at, reading

pytestmark = pytest.mark.newest
TOLD, EVE, DAY = date(2021, 7, 1), date(2021, 7, 7), date(2021, 7, 8)


def due(day, **fields):
    there = case(candidatures=[LAUREATE], talents=[{**RECRUIT, **fields}])
    drafts = there.drafts(day, {"talent_retenu-70012": TOLD})
    return [draft.id for draft in drafts if draft.template == "rappel_acceptation_talent"]


def test_a_talent_who_has_not_answered_is_asked_again_seven_days_later():
    assert due(EVE) == []
    assert due(DAY) == ["rappel_acceptation_talent-70012"]


@pytest.mark.parametrize("fields", [{"acceptation": "oui"}, {"acceptation": "non"}, {"acceptation": "on verra"},
                                    {"statut": "Désisté"}])  # fmt: skip
def test_who_answered_or_left_is_asked_nothing(fields):
    assert due(DAY, **fields) == []


def test_the_team_reads_who_is_awaited_and_who_declines():
    kept = {"statut": "Retenu", "projet_decide": "101"}
    read = reading(talents([candidate("T1", **kept), candidate("T2", **kept, acceptation="non")]))
    left = Sending("talent_retenu-T1", "talent_retenu", None, None, None, DeliveryStatus.SENT,
                   moment=datetime(2021, 7, 1, 9))  # fmt: skip
    told = [*LINES.find(read, compute(read).having(SENDINGS, (left,)), DAY)]
    assert [(line.what, line.urgency, line.link.text) for line in told] == [
        ("1 talent décline", Urgency.URGENT, f"Talents!{at('talents', 'acceptation', 2)}"),
        ("1 talent n’a pas encore répondu", Urgency.TO_DO, f"Talents!{at('talents', 'acceptation')}"),
    ]
