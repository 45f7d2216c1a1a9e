"""The days of auditions in the next call, of a program that prepares it."""

from datetime import date, time
from pathlib import Path

import pytest

from eig_sheets import config, loading
from tests.workbook.snapshots import EIG5

pytest.importorskip("eig_sheets.features.next_call")
from eig_sheets.features.next_call.differences import Decided, NextCall
from eig_sheets.features.next_call.review import of_settings
from eig_sheets.features.next_call.toml_text import configuration_text

DECIDED = Decided(
    date(2022, 1, 24), "EIG6", "Sixième promotion", date(2022, 3, 18), (date(2022, 3, 31), date(2022, 4, 1)), 15
)
NOWHERE = Path("/appel/config/campaign.toml")


def test_auditions_that_were_on_the_days_of_the_jury_follow_those_that_people_decided(heard):
    call = NextCall(heard, DECIDED)
    made = loading.load(NOWHERE, configuration_text(call, str(heard.path), {"workbook.location": "a.xlsx"}))
    assert [day.date for day in made.auditions.days] == [date(2022, 3, 31), date(2022, 4, 1)]
    assert [day.start for day in made.auditions.days] == [day.start for day in heard.auditions.days]
    assert made.questions == ()
    reviewed = of_settings(made, {}, frozenset(call.chosen()), {}, set())
    assert {review.why for review in reviewed if review.where.startswith("auditions.days")} == {"date décidée"}


def test_auditions_move_by_weeks_when_the_days_of_the_jury_are_not_as_many(heard):
    made = NextCall(heard, Decided(date(2022, 1, 24), jury=(date(2022, 4, 1),)))
    assert "auditions.days" not in made.chosen()
    assert len(made.changes()["auditions.days"]) == 2


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> config.Campaign:
    """EIG5 with the days of its auditions: those of its jury."""
    path = tmp_path_factory.mktemp("heard") / "campaign.toml"
    days = ", ".join(f'{{date = 2021-05-0{day}, from = "09:00", to = "13:40"}}' for day in (4, 5))
    path.write_text(
        f'extends = "eig5"\n[workbook]\nlocation = "b.xlsx"\n[auditions]\ndays = [{days}]\n', encoding="utf-8"
    )
    return loading.load(path)


def test_auditions_have_the_hours_of_the_last_call_on_days_that_follow():
    auditions = """
        [auditions]
        days = [{date = 2021-05-04, from = "09:00", to = "12:00"}]
        breaks = [{from = "10:00", to = "10:20"}]
    """
    last = loading.load(EIG5.path, config.packaged().read_text(encoding="utf-8") + auditions)
    text = configuration_text(NextCall(last, Decided(date(2022, 2, 1))), "eig5", {"workbook.location": "a.xlsx"})
    [day] = loading.load(NOWHERE, text).auditions.days
    assert (day.date, day.start, day.end) == (date(2022, 5, 3), time(9), time(12))
