"""The sections of features in the next call: their dates follow, and what was only of the last call is emptied."""

from __future__ import annotations

from datetime import date

import pytest

from eig_sheets import config
from eig_sheets.features.next_call.dates import corrections
from eig_sheets.features.next_call.differences import Decided, NextCall
from eig_sheets.features.next_call.review import of_settings
from tests.config.feature import FEATURES, SECTION

DECIDED = Decided(date(2022, 1, 24))


@pytest.fixture
def last(tmp_path):
    """A call with a day of visits."""
    path = tmp_path / "campaign.toml"
    day = '{on = 2021-02-12, told = 2021-02-05, report = "https://exemple.invalid/visite"}'
    path.write_text(f'extends = "eig5"\n[visites]\ndays = [{day}]\n', encoding="utf-8")
    return config.load(path, features=FEATURES)


def test_dates_move_and_the_texts_of_one_call_are_empty(last):
    assert NextCall(last, DECIDED).changes()["visites.days"] == (
        {"on": date(2022, 2, 4), "told": date(2022, 1, 28), "report": ""},
    )


def test_those_of_a_feature_that_is_off_are_left_to_its_section(last):
    off = config.load(last.path, features=FEATURES.without(["visites", "tours"]))
    assert "visites.days" not in NextCall(off, DECIDED).changes()


def test_a_value_whose_source_cites_the_last_call_is_to_be_read_again(last):
    sources = config.sources(last.path, last.provenance)
    reviewed = {review.where: review.why for review in of_settings(last, sources, frozenset(), {}, {"EIG5"})}
    assert reviewed["visites.minutes"] == "site EIG5"


def test_proposed_dates_are_put_in_their_order():
    days = ({"on": date(2022, 2, 4), "told": date(2022, 2, 7)},)
    found = corrections({"visites.days": days}, frozenset(), DECIDED.opens, SECTION.orders)
    assert {key: correction.value for key, correction in found.items()} == {"visites.days[1].on": date(2022, 2, 7)}
