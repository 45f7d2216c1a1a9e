"""Nothing goes before its period ends, nor without one, nor what must stay; the rest does, on the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.features.privacy.disposal import Item, due_day, going, months_later, period_starts, verdict
from eig_sheets.features.privacy.register import by_id, of_candidates
from eig_sheets.features.privacy.rules import NAMES, Retention, RetentionRules
from eig_sheets.personal_data import Fate, Start
from eig_sheets.registry import Features
from tests.workbook.snapshots import EIG5

END, CONTACT = date(2022, 7, 12), date(2021, 7, 13)
STARTS = {Start.CAMPAIGN: END, Start.CONTACT: CONTACT}
HOLDINGS = by_id(EIG5.features)
RULES = RetentionRules(**{name: Retention(months=12, source="hypothèse") for name in NAMES})
DAYS = st.dates(date(2015, 1, 1), date(2060, 1, 1))


def item(name="versions", made=date(2021, 5, 4), *, ours=True):
    return Item(HOLDINGS[name], "x", made, ours=ours)


@given(st.sampled_from([*HOLDINGS.values()]), DAYS, DAYS, st.booleans(), st.integers(1, 1200) | st.none())
def test_what_goes_is_ours_due_and_of_a_fate_that_goes(holding, made, today, ours, months):
    period = Retention(months=months, source="x") if months else None
    rules = RetentionRules(**dict.fromkeys(NAMES, period))
    decided = verdict(Item(holding, "x", made, ours=ours), rules, STARTS, today)
    start = made if holding.start is Start.MADE else STARTS[holding.start]
    due = months_later(start, months) if months and holding.period else None
    expected = holding.fate in (Fate.PURGED, Fate.REDUCED, Fate.ON_VISA) and ours and due is not None and today >= due
    assert (decided.due, decided.goes) == (due, expected)
    assert decided.reason.endswith(".")


def test_the_day_itself_is_the_first_on_which_it_goes():
    due = due_day(item(), RULES, STARTS)
    assert due == date(2022, 5, 4)
    assert [verdict(item(), RULES, STARTS, due + timedelta(days)).goes for days in (-1, 0)] == [False, True]


def test_what_has_no_day_of_its_own_runs_from_the_end_of_the_campaign():
    assert due_day(item("pages_jures"), RULES, STARTS) == date(2023, 7, 12)


def test_the_projects_end_with_the_experimentation():
    assert period_starts(EIG5)[Start.CAMPAIGN] == END


def test_what_is_of_candidates_is_kept_as_the_rest_where_no_feature_has_an_entry_for_it():
    pages = by_id(Features())["pages_jures"]
    assert of_candidates(pages, Features()) == pages


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2021, 1, 31), 1, date(2021, 2, 28)), (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2021, 12, 31), 2, date(2022, 2, 28)), (date(9999, 6, 1), 12, date.max), (END, 60, date(2027, 7, 12)),
    ],
)  # fmt: skip
def test_months_are_counted_as_people_do(day, months, expected):
    assert months_later(day, months) == expected


def test_minutes_are_kept_for_good_and_archives_go_on_a_visa_alone():
    late = date(2100, 1, 1)
    verdicts = [
        verdict(item(name), RULES, STARTS, late) for name in ("proces_verbal", "pages_jures", "versions", "envois")
    ]
    assert [item.holding.id for item in going(verdicts, Fate.PURGED, Fate.REDUCED)] == ["versions", "envois"]
    assert [item.holding.id for item in going(verdicts, Fate.ON_VISA)] == ["pages_jures"]
    assert "archive définitive" in verdicts[0].reason


def test_what_somebody_changed_is_theirs():
    decided = verdict(item("pages_reunion", ours=False), RULES, STARTS, date(2100, 1, 1))
    assert not decided.goes
    assert "à l’équipe d’en décider" in decided.reason
