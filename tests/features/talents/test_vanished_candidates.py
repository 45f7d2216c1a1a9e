"""Candidates that the robot added and that vanished count for the fuse, as rows of any other tab do."""

import pytest

from tests.call.applications.files import ADA, talents_file
from tests.campaign.test_vanished_rows import DAY, emptied, empty_call, stopped

pytestmark = pytest.mark.in_memory


def test_candidates_that_were_imported_and_then_deleted(tmp_path):
    call = empty_call(tmp_path)
    rows = [{**ADA, "candidature": str(5001 + place), "email": f"a{place}@x.example"} for place in range(6)]
    assert call.run(*DAY, "import", talents_file(tmp_path, *rows), "--kind", "talents").code == 0
    emptied(call, "Talents")
    assert stopped(call, "Talents", 6)
