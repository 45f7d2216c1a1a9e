"""The sections of one call are not in the next one."""

from __future__ import annotations

from pathlib import Path

import pytest

from eig_sheets import config, loading
from eig_sheets.config.sections import sections_of
from eig_sheets.features.next_call.differences import Decided, NextCall
from eig_sheets.features.next_call.toml_text import configuration_text
from eig_sheets.installed import FEATURES
from tests.workbook.snapshots import EIG5


def next_of(last: config.Campaign) -> config.Campaign:
    decided = Decided(last.campaign.opens.replace(year=2022))
    text = configuration_text(NextCall(last, decided), "eig5", {"workbook.location": "../campagne.xlsx"})
    return loading.load(Path("/appel/config/campaign.toml"), text)


@pytest.mark.parametrize(
    "section", [part for part in sections_of(FEATURES) if part.of_one_call], ids=lambda part: part.key
)
def test_what_means_one_call_is_not_in_the_next_one(section):
    assert next_of(EIG5).section(section.model) == section.model()
