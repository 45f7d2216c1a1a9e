"""The half-days of auditions that declarations ask jurors about."""

from datetime import date

import pytest

from eig_sheets.campaign.reading_parts import half_days
from eig_sheets.features.auditions.settings import AuditionRules
from tests.workbook.snapshots import EIG5


@pytest.mark.parametrize(
    ("hours", "breaks", "expected"),
    [
        (("09:00", "18:00"), [("12:20", "13:40"), ("15:00", "15:20")], ["09:00–12:20", "13:40–18:00"]),
        (("09:00", "18:00"), [], ["09:00–13:00", "13:00–18:00"]),
        (("09:00", "12:00"), [], ["09:00–12:00"]),
        (("14:00", "18:00"), [("12:00", "14:00")], ["14:00–18:00"]),
        (("09:00", "13:40"), [], ["09:00–13:40"]),
        (("12:20", "18:00"), [], ["12:20–18:00"]),
        (("12:00", "18:00"), [("12:20", "13:40")], ["13:40–18:00"]),
        (("09:00", "14:20"), [("12:20", "13:40")], ["09:00–12:20", "13:40–14:20"]),
        (("09:00", "14:00"), [("12:20", "13:40")], ["09:00–12:20"]),
    ],
)
def test_half_days_are_on_both_sides_of_lunch(hours, breaks, expected):
    day = {"date": date(2021, 5, 4), "from": hours[0], "to": hours[1]}
    pauses = tuple({"from": start, "to": end} for start, end in breaks)
    campaign = EIG5.model_copy(update={"auditions": AuditionRules(days=(day,), breaks=pauses)})
    assert half_days(campaign) == tuple(f"04/05/2021 {hours}" for hours in expected)


def test_a_call_without_days_asks_in_one_cell():
    assert half_days(EIG5) == ()
