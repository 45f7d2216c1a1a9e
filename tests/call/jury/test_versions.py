"""Which version of what a juror says counts: held against a plain model, in any order, again and again."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eig_sheets.campaign.reviews.versions import Record, Version, collected

pytestmark = pytest.mark.newest

NOON, CLOSES = datetime(2021, 5, 4, 12), date(2021, 5, 5)


def version(value, hours=0.0, juror="anna", numero="101", source="a.xlsx", received=0):
    moment = NOON + timedelta(hours=hours)
    return Version(juror, numero, {"besoin": value}, moment, NOON + timedelta(days=9, hours=received), source, "G!B1")


def only(saved, last_day=CLOSES, known=()):
    (record,) = collected(known, saved, last_day)
    return record


def received(sent):
    """What settles which of two versions of one moment counts, where neither goes on with what was said: the least."""
    return sent.received, sent.source, sent.values["besoin"]


VERSIONS = st.builds(
    version,
    st.integers(1, 3),
    st.sampled_from([0, 1, 2]) | st.integers(0, 60),  # the first hours, so that many are of one moment
    st.sampled_from(["anna", "zoe"]),
    st.sampled_from(["101", "102"]),
    st.sampled_from(["a.xlsx", "b.xlsx"]),
    st.integers(0, 2),
)


@given(st.lists(VERSIONS, max_size=8))
@example([version(2, 1), version(1), version(1, 1)])
def test_the_latest_value_in_time_counts_whatever_the_order(saved):
    records = {sent.version.key: sent for sent in collected((), saved, CLOSES)}
    assert records.keys() == {sent.key for sent in saved}
    for key, record in records.items():
        own = [sent for sent in saved if sent.key == key]
        in_time = [sent for sent in own if sent.moment.date() <= CLOSES]
        if not in_time:
            assert (dict(record.version.values), record.count) == ({}, 0)
            continue
        last = max(sent.moment for sent in in_time)
        values = [sent.values for sent in in_time if sent.moment == last]
        assert record.version.values in values
        assert bool(record.rival) == any(value != record.version.values for value in values)
        late = [sent for sent in own if sent.moment.date() > CLOSES and sent.values != record.version.values]
        assert bool(record.late) == bool(late)
        counted = []
        for moment in sorted({sent.moment for sent in in_time}):
            said = sorted((sent for sent in in_time if sent.moment == moment), key=received)
            counted += [next((sent for sent in said if counted and sent.values == counted[-1].values), said[0])]
        assert not any(sent.moment > record.version.moment and sent.values != record.version.values for sent in counted)
    assert collected((), reversed(saved), CLOSES) == [*records.values()]


@given(st.lists(VERSIONS, max_size=8), st.lists(VERSIONS, max_size=4))
@example([version(2, 1)], [version(1, 1), version(1, 2)])
@example([version(1, 2, received=1)], [version(1), version(2, 2)])
def test_to_collect_again_changes_nothing_and_what_is_known_stays(saved, more):
    first = collected((), saved, CLOSES)
    assert collected(first, saved, CLOSES) == first
    later = collected(first, [*saved, *more], CLOSES)
    assert collected(later, [*saved, *more], CLOSES) == later
    assert {record.version.key for record in first} <= {record.version.key for record in later}
    assert collected(later, (), CLOSES) == later  # the pages are gone
    assert collected(later, (), date(2020, 1, 1)) == later  # what was accepted stays accepted


def test_the_day_of_the_end_is_in_time_until_its_last_second():
    assert only([version(1), version(2, 35.999)]).version.values == {"besoin": 2}
    record = only([version(1), version(2, 36, source="b.xlsx")])
    assert record.version.values == {"besoin": 1}
    assert record.late == "b.xlsx, G!B1, 06/05/2021 00:00"
    assert only([version(1), version(2, 36)], last_day=None).version.values == {"besoin": 2}


def test_of_one_moment_the_one_received_first_counts_and_the_other_is_named():
    record = only([version(1, source="b.xlsx", received=2), version(2, source="c.xlsx", received=1)])
    assert (record.version.source, record.rival) == ("c.xlsx", "b.xlsx, G!B1")
    known = [Record(version(1, source="b.xlsx", received=2))]
    again = only([version(2, source="c.xlsx", received=1)], known=known)
    assert (again.version.source, again.rival) == ("b.xlsx", "c.xlsx, G!B1")
    settled = only([version(1, source="b.xlsx"), version(2, source="c.xlsx"), version(3, 1)])
    assert (settled.version.values, settled.rival) == ({"besoin": 3}, "")


def test_the_same_answers_saved_again_are_no_new_version():
    record = only([version(1), version(1, 1, source="b.xlsx"), version(2, 2), version(1, 3), version(1, 4)])
    assert (record.count, record.version.moment) == (3, NOON + timedelta(hours=3))


def test_versions_are_counted_on_where_the_earlier_ones_are_not_known_any_more():
    known = [Record(version(1, 1), count=4)]
    assert only([version(2, 2)], known=known).count == 5
    assert only([version(1, 2)], known=known).count == 4


def test_two_answers_of_the_last_moment_are_counted_once_however_often_they_are_collected():
    saved = [version(2), version(2, 1, received=1), version(3, 1, received=2)]
    record = only(saved)
    assert (record.count, bool(record.rival)) == (1, True)
    assert only(saved, known=[record]) == record
