"""The dates of a feature's section are compared with those of the call and with one another."""

from __future__ import annotations

from pathlib import Path

import pytest

from eig_sheets import config
from eig_sheets.config import ConfigError
from eig_sheets.text.french import typographic
from tests.config.feature import FEATURES


@pytest.fixture
def child(tmp_path):
    """Writes a configuration with these days of visits, and gives its path."""

    def write(*days: str) -> Path:
        path = tmp_path / "campaign.toml"
        path.write_text(f'extends = "eig5"\n[visites]\ndays = [{", ".join(days)}]\n', encoding="utf-8")
        return path

    return write


def test_dates_in_order_have_nothing_to_refuse_nor_to_question(child):
    path = child("{on = 2021-02-12, told = 2021-02-05}", "{on = 2021-03-02, told = 2021-02-23}")
    assert config.load(path, features=FEATURES).questions == ()


def test_two_dates_of_one_item_are_compared_and_not_those_of_different_items(child):
    path = child("{on = 2021-02-12, told = 2021-02-05}", "{on = 2021-03-02, told = 2021-03-03}")
    with pytest.raises(ConfigError) as caught:
        config.load(path, features=FEATURES)
    assert str(caught.value).split("\n")[1:] == [
        typographic(
            "  • visites.days[2].on = 2021-03-02 est avant visites.days[2].told = 2021-03-03 : on prévient avant une "
            "visite ; corrigez l’une des deux dates."
        )
    ]


def test_a_date_beside_one_of_the_call_is_questioned(child):
    [question] = config.load(child("{on = 2021-04-08, told = 2021-02-05}"), features=FEATURES).questions
    assert question.startswith("campaign.closes = 2021-04-07T23:59:59 est avant visites.days[1].on = 2021-04-08")


def test_a_date_of_another_year_is_refused(child):
    with pytest.raises(ConfigError, match=r"visites\.days\[1\]\.told = 2019-02-05 n’est pas d’une année de cet appel"):
        config.load(child("{on = 2021-02-12, told = 2019-02-05}"), features=FEATURES)
