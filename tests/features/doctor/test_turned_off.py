"""A call that does without `doctor`: nothing names it."""

import pytest

from eig_sheets.features.doctor.tab import NAME

pytestmark = pytest.mark.in_memory


def test_its_tab_stays_and_its_command_is_refused(demo):
    assert demo.run("doctor", "--canary").code == 0
    left = demo.read().tab(NAME)
    found = demo.run("check", "--format", "json").records
    with demo.config.open("a", encoding="utf-8") as file:
        file.write('\n[features]\nwithout = ["doctor"]\n')
    assert demo.run("sync").code == 0
    assert demo.read().tab(NAME).rows == left.rows
    assert demo.run("check", "--format", "json").records == found
    assert "  doctor  " not in demo.run("--help").out
    refused = demo.run("doctor")
    assert (refused.code, "la vérification de l’installation" in refused.err) == (2, True), refused.err
