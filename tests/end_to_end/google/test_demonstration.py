"""The demonstration in a Google Sheet: its jury is at work there too, and a second run writes nothing."""

from __future__ import annotations

import os
from datetime import datetime, time
from unittest.mock import patch

import pytest

from eig_sheets import sample
from eig_sheets.cli.demo_jury import put_to_work
from eig_sheets.cli.demo_workbooks import create
from eig_sheets.cli.pipeline import synchronise
from eig_sheets.cli.session import Session
from tests.end_to_end.google.support import Desk
from tests.sheets_server.server import running

DAY = sample.DAY.isoformat()


@pytest.mark.slow
def test_its_jury_is_at_work(tmp_path):
    with running() as server:
        desk = Desk(server, tmp_path / "demo", tmp_path / "state")
        path = sample.write_config(desk.folder, f"https://docs.google.com/spreadsheets/d/{desk.key}/edit")
        sample.add_auditions(path)
        with patch.dict(os.environ, desk.env):
            session = Session(str(path), None, datetime.combine(sample.DAY, time(12)), verbose=0, quiet=True)
            create(session, sample.DAY)
            put_to_work(session, sample.DAY, desk.folder)
            synchronise(session)
        assert [len(desk.rows(tab)) for tab in ("Affectations", "Notes reçues", "Planning des auditions")] == [
            124, 16, 26,
        ]  # fmt: skip
        for command in (("sync",), ("jury", "collect", str(desk.folder / "grilles")), ("jury", "schedule")):
            done = desk.run("--today", DAY, *command)
            assert (done.code, {one[0] for one in desk.calls}) == (0, {"GET"})
