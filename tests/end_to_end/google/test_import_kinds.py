"""Candidates and their choices on a Google Sheet: rows are appended, choices are in a tab of the robot."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.call.applications.files import talents_file, wishes_file
from tests.end_to_end.google import checks
from tests.end_to_end.google.support import Desk


@pytest.mark.slow
def test_candidates_and_their_choices_are_added_once_and_undone(desk: Desk, tmp_path: Path):
    path = desk.campaign.path
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("people_tabs = []", 'people_tabs = ["talents"]'), encoding="utf-8")
    assert desk.run("init").code == 0
    talents, wishes = talents_file(tmp_path), wishes_file(tmp_path)
    for export, kind in ((talents, "talents"), (wishes, "wishes")):
        assert desk.run("import", str(export), "--kind", kind).code == 0
        assert desk.written == 1
        assert desk.run("import", str(export), "--kind", kind).code == 0
        assert desk.written == 0
    checks.nothing_lost(desk)
    assert desk.sync().code == 0
    assert desk.sync().code == 0
    assert desk.written == 0
    done = desk.run("import", "--undo", "--kind", "wishes")
    assert (done.code, desk.written) == (0, 1)
    assert desk.sync().code == 0
