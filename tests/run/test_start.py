"""A sync reads its workbook before it imports what computes: whoever watches it sees it begin at once."""

import subprocess
import sys

import pytest

from eig_sheets.config import with_sections
from eig_sheets.run.commands_sync import is_read_ahead
from tests.columns import EIG5
from tests.program import environment

WATCHED = """
import os, sys
def opened(event, arguments):
    if event == "open" and str(arguments[0]).endswith("campagne.xlsx"):
        print(*sys.modules)
        sys.stdout.flush()
        os._exit(0)
sys.addaudithook(opened)
sys.argv = ["eig-sheets", *sys.argv[1:]]
from eig_sheets.__main__ import main
main()
"""


OF_A_FEATURE = {"", "settings", "section", "rules"}
"""What a start reads of a feature: its record and its part of the configuration."""


@pytest.mark.slow
@pytest.mark.on_a_file
def test_what_computes_is_imported_once_the_workbook_is_being_read(demo):
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, "--config", demo.config, "sync"],
        env=environment(), capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    loaded = done.stdout.split()
    assert {"pandas", "numpy", "jinja2", "icalendar"}.isdisjoint(loaded)
    own = {name for name in loaded if name.startswith("eig_sheets")}
    of_features = {name for name in own if name.startswith("eig_sheets.features.")}
    assert len(own - of_features) <= 100
    assert {name.partition(".features.")[2].partition(".")[2] for name in of_features} <= OF_A_FEATURE


@pytest.mark.parametrize("arriving", [{"received": "recues"}, {"collect_online": True}])
def test_a_workbook_is_not_read_before_what_arrived_is_brought_in(arriving):
    assert is_read_ahead(EIG5)
    assert not is_read_ahead(with_sections(EIG5, {"jury": {**EIG5.jury.model_dump(), **arriving}}))
