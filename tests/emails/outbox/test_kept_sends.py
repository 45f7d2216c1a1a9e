"""What a workbook keeps of sends apart from `Envois`: an e-mail that left by it left, whatever that tab has become."""

from datetime import datetime

import pytest

from eig_sheets.emails.catalogue.deliveries import Delivery, DeliveryStatus, Stage
from eig_sheets.emails.outbox.records import last_deliveries_of, line, records_of
from eig_sheets.spreadsheet.model.snapshot import SentMark
from eig_sheets.workbook import envois
from tests.workbook.anomalous_alterations import SENT, with_sends
from tests.workbook.snapshots import reading

ID = SENT.id
DRAFTED = envois.Sending(ID, "non_retenu", "101", None, None, DeliveryStatus.DRAFTED)


def record(*shown, kept=(SENT,)):
    """The record of the e-mail, by what `Envois` shows and what is kept."""
    lines = [line(state, None) for state in shown]
    return records_of(reading(with_sends(*lines, sent=kept))).get(ID)


def settled(kept_record):
    delivery = Delivery(ID, "non_retenu", "101", "smtp", Stage.SETTLED, "", datetime(2021, 5, 1))
    return last_deliveries_of({ID: kept_record}, {ID: delivery})


def test_its_line_is_believed_where_it_says_that_it_left():
    kept = record(SENT)
    assert (kept.state, kept.moment, kept.genuine) == (DeliveryStatus.SENT, SENT.moment, True)


@pytest.mark.parametrize(
    "shown", [(), (envois.Sending(ID, "non_retenu", "101", None, None, DeliveryStatus.TO_APPROVE),)]
)
def test_one_that_is_forgotten_left_all_the_same(shown):
    kept = record(*shown)
    assert (kept.state, kept.genuine) == (DeliveryStatus.SENT, False)
    assert last_deliveries_of({ID: kept}, {})[ID].gone


def test_a_state_that_is_none_is_uncertain():
    snapshot = with_sends()
    marks = (SentMark(ID, "0" * 16, "Parti"),)
    [kept] = records_of(reading(type(snapshot)(snapshot.tabs, sent=marks))).values()
    assert (kept.state, "modifiée" in kept.detail) == (DeliveryStatus.UNCERTAIN, True)


def test_nothing_is_known_of_what_never_left():
    assert record(kept=()) is None


def test_a_person_may_say_that_what_was_uncertain_or_a_draft_did_not_leave_and_no_more():
    assert settled(record(kept=(DRAFTED,))) == {}
    assert settled(record())[ID].gone


def test_marks_are_those_of_what_left_the_same_as_written_and_as_read():
    rows = envois.TABLE.cells([SENT, DRAFTED, *(
        envois.Sending("x", "m", None, None, None, state) for state in DeliveryStatus
    )])  # fmt: skip
    marks = envois.sent_marks(rows)
    states = [mark.state for mark in marks]
    assert states == ["Envoyé", "Brouillon créé", "Brouillon créé", "Envoyé", "Revenu", "Incertain"]
    assert marks[0] == envois.mark_of(dict(zip(envois.TABLE.sheet_keys, rows[0], strict=True)))
    assert len({mark.digest for mark in marks[:2]}) == 2
