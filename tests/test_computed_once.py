"""What the suite computes once a process: a run on what another run read computes nothing again."""

from unittest.mock import patch

import pytest

from eig_sheets.campaign import results


@pytest.mark.in_memory
def test_a_sync_of_what_was_read_before_computes_nothing_again(demo):
    assert demo.run("sync").code == 0
    with patch.object(results, "_about_dossiers", side_effect=AssertionError("computed again")):
        assert demo.run("sync").code == 0
