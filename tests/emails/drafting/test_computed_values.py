"""What messages say of the dates of the configuration, and whether these are past on the day of sending."""

from __future__ import annotations

from datetime import date

import pytest

from eig_sheets.domain.rules import Experimentation
from eig_sheets.emails.drafting.computed_values import common
from eig_sheets.emails.mail.context import DatedText
from tests.emails.drafting.support import EIG5, campaign

MAY = (date(2021, 5, 4), date(2021, 5, 5))


def test_days_are_written_and_known():
    said = common(EIG5)["dates_jury"]
    assert (said, said.first, said.last) == ("les 4 et 5 mai 2021", *MAY)


def test_of_a_text_that_names_no_day_nothing_is_known():
    said = common(campaign(jury_dates="au printemps"))["dates_jury"]
    assert said == "au printemps"
    assert not isinstance(said, DatedText)


def test_a_month_lasts_from_its_first_day_to_its_last():
    said = common(campaign(contract_months=(date(2024, 2, 15), date(2024, 1, 31))))["mois_contrats"]
    assert (said, said.first, said.last) == ("en janvier et en février", date(2024, 1, 1), date(2024, 2, 29))


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        (date(2021, 9, 13), date(2022, 7, 12), "dix mois"),
        (date(2022, 9, 12), date(2023, 7, 11), "dix mois"),
        (date(2021, 8, 23), date(2022, 8, 22), "douze mois"),
    ],
)
def test_how_long_an_experimentation_lasts(starts, ends, said):
    rules = campaign(experimentation=Experimentation(starts=starts, ends=ends))
    assert common(rules)["duree_experimentation"] == said
