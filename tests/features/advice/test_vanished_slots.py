"""Advice slots that the robot added and that vanished count for the fuse, as rows of any other tab do."""

import pytest

from tests.campaign.test_vanished_rows import DAY, emptied, empty_call, stopped
from tests.nightly import Robot

pytestmark = pytest.mark.in_memory


def test_advice_slots_that_were_generated_and_then_deleted(tmp_path):
    call = empty_call(tmp_path)
    done = call.run(*DAY, "slots", "generate", "--from", "2021-03-15", "--to", "2021-03-26")
    assert done.code == 0, done.err
    count = len(Robot(call).tab("Créneaux").rows)
    assert count >= 5
    emptied(call, "Créneaux")
    assert stopped(call, "Créneaux", count)
