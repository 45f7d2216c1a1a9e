"""`jury schedule` is a command as the others are: its French, its lock, the workbook of candidates, `Demandes`."""

import pytest

from eig_sheets import config, loading
from eig_sheets.campaign.result_parts import FeatureAction
from eig_sheets.features.auditions.tab import ACTION
from tests.cli.test_writing import writes_nothing_beside_another_run
from tests.end_to_end.test_french import LOOSE, faults
from tests.workbook.snapshots import EIG5

pytestmark = pytest.mark.in_memory


def test_while_another_run_has_the_workbook_nothing_is_written(demo):
    writes_nothing_beside_another_run(demo, ("jury", "schedule", "--adjust"))


@pytest.mark.needs("talents")
def test_of_candidates_it_says_what_to_do_instead(demo):
    done = demo.run("--talents", "jury", "schedule")
    assert (done.code, done.out, "candidat" in done.err) == (2, "", True)


def test_what_it_says_is_written_as_french_is(demo):
    done = demo.run("jury", "schedule", "--explain", "3712437")
    lines = (done.out + done.err).splitlines()
    assert [line for line in lines if LOOSE.search(line)] == []
    assert faults(lines) == []


def test_it_is_asked_for_in_a_call_that_has_it_alone():
    text = EIG5.path.read_text("utf-8") + '\n[features]\nwithout = ["auditions"]\n'
    without = loading.load(config.packaged(), text)
    assert ACTION in EIG5.features.parts(FeatureAction)
    assert ACTION not in without.features.parts(FeatureAction)
