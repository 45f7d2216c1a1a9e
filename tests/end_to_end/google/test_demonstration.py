"""The demonstration in a Google Sheet: its jury is at work there too, and a second run writes nothing."""

from __future__ import annotations

import os
from datetime import date, datetime, time
from unittest.mock import patch

import pytest

from eig_sheets import sample
from eig_sheets.cli.pipeline import synchronise
from eig_sheets.cli.session import Session
from eig_sheets.sample.commands import create
from eig_sheets.sample.commands_jury import put_to_work
from tests.cli.test_days_of_a_call import DAYS, EVERY_DAY, LATER, MADE_LATER, OF_FEATURES
from tests.end_to_end.google.support import Desk
from tests.features.modules import modules_of_features
from tests.run.test_tab_order import MOST
from tests.sheets_server.server import running

DAY = sample.DAY.isoformat()
DEMONSTRATED = modules_of_features("demonstration")


def made(desk: Desk, day: date) -> None:
    """The demonstration of a day in a spreadsheet."""
    path = sample.write_config(desk.folder, f"https://docs.google.com/spreadsheets/d/{desk.key}/edit")
    sample.add_sections(path)
    with patch.dict(os.environ, desk.env):
        session = Session(str(path), None, datetime.combine(day, time(12)), verbose=0, quiet=True)
        create(session, day)
        put_to_work(session, day, desk.folder)
        synchronise(session)


def _on(day: str) -> set[str]:
    return {*EVERY_DAY, *LATER[day], *OF_FEATURES[day], *MADE_LATER[day]}


@pytest.mark.slow
def test_its_jury_is_at_work(tmp_path):
    with running() as server:
        desk = Desk(server, tmp_path / "demo", tmp_path / "state")
        made(desk, sample.DAY)
        rows = {"Affectations": 124, "Notes reçues": 16}
        rows |= {tab: count for module in DEMONSTRATED for tab, count in module.ROWS.items()}
        assert {tab: len(desk.rows(tab)) for tab in rows} == rows
        quiet = (command for module in DEMONSTRATED for command in module.QUIET)
        for command in (("sync",), ("jury", "collect", str(desk.folder / "grilles")), *quiet):
            done = desk.run("--today", DAY, *command)
            assert (done.code, {one[0] for one in desk.calls}) == (0, {"GET"})


@pytest.mark.slow
def test_at_most_twelve_tabs_show_on_each_day_of_a_call(tmp_path):
    with running() as server:
        desk = Desk(server, tmp_path / "demo", tmp_path / "state")
        own = {*desk.titles}  # the blank tab that Google makes is for people to delete
        made(desk, sample.DAY)
        for day in DAYS:
            assert desk.run("--today", day, "sync").code == 0
            shown = {sheet.title for sheet in desk.book.sheets if not sheet.properties.get("hidden")} - own
            assert _on(day) <= shown
            assert len(shown) <= MOST
        assert shown == _on(DAYS[-1])
