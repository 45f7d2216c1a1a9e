"""A run that is killed around each of its calls, then a plain one: the spreadsheet is as if nobody had killed it.

But for the Journal, which tells of the two runs when the first one was killed between its two writes.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from threading import Event
from typing import Any
from unittest.mock import patch

import pytest

from tests.columns import cell_of
from tests.effort import slow
from tests.end_to_end.google import checks
from tests.end_to_end.google.support import Desk, Finished
from tests.program import ROOT, environment
from tests.sheets_server.control import dump


class Killer:
    """A process that forks runs of the program, which are killed at a moment of the server's."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._started = Event()
        self._run = 0

    def killed(self, desk: Desk, arguments: tuple[str, ...], call: int, moment: str) -> int:
        """How a run ended that was to be killed around that call: `before` or `after` the server does it."""
        script, self._started = desk.server.script, Event()
        script.post([{"on_call": call, "fault": {"kind": f"drop_{moment}_apply"}}])
        begin, due = script.begin, script.due

        def begun() -> tuple[int, Any]:
            number, fault = begin()
            if (number, moment) == (call, "before"):
                self._kill()
            return number, fault

        def done(number: int) -> Any:
            if (number, moment) == (call, "after"):
                self._kill()
            return due(number)

        with patch.object(script, "begin", begun), patch.object(script, "due", done):
            self._process.stdin.write(json.dumps([desk.arguments(*arguments), desk.env]) + "\n")
            self._process.stdin.flush()
            self._run = int(self._process.stdout.readline())
            self._started.set()
            return int(self._process.stdout.readline())

    def _kill(self) -> None:
        self._started.wait()
        os.kill(self._run, signal.SIGKILL)


@pytest.fixture(scope="module")
def killer(finished: Finished) -> Iterator[Killer]:
    """Ready to run and kill."""
    desk = finished.desk
    command = [sys.executable, "-m", "tests.end_to_end.google.killer", *desk.arguments("sync", "--dry-run")]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(desk.env), stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        process.stdout.readline()
        yield Killer(process)
        process.stdin.close()


def what_it_is(desk: Desk) -> object:
    """All that is in the spreadsheet, but for moments, what is drawn by chance, marks of runs and the Journal."""
    tabs = [
        {name: value for name, value in tab.items() if name not in ("sheetId", "formatted", "values", "formulas")}
        | {name: [[_unless_now(value) for value in row] for row in tab[name]] for name in ("values", "formulas")}
        for tab in dump(desk.book)["tabs"]
        if tab["title"] != "Journal"
    ]
    titles = {sheet.id: sheet.title for sheet in desk.book.sheets}
    by_chance = ("eig-sheets.run", "eig-sheets.workbook")
    marks = sorted(_mark(one, titles) for one in desk.book.metadata if one["metadataKey"] not in by_chance)
    objects = [
        (sheet.title, len(sheet.protected), len(sheet.charts), len(sheet.conditional)) for sheet in desk.book.sheets
    ]
    return tabs, marks, objects


def _unless_now(value: Any) -> Any:
    return "now" if isinstance(value, float) and value > 46_000 else value


def _mark(one: dict[str, Any], titles: dict[int, str]) -> tuple[str, ...]:
    place = one["location"].get("dimensionRange", one["location"])
    return (
        one["metadataKey"],
        one["metadataValue"].partition("@")[0],
        titles[place["sheetId"]],
        str(place.get("startIndex")),
    )


def before_sync(desk: Desk) -> None:
    """A score, a decision that makes an e-mail due, and a robot's column whose formula somebody replaced."""
    desk.change_a_score()
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "decision", 2), value="Lauréat")
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "rang", 1), value="Rang à moi")


CASES = {
    "sync": (("sync",), "book", before_sync, 5),
    "init": (("init",), "blank", lambda desk: None, 3),
    "emails draft": (("emails", "draft"), "filled", lambda desk: None, 3),
}


@pytest.mark.parametrize("case", [*slow("sync", "init"), "emails draft"])
def test_killed_around_each_call(finished, tmp_path, killer, case):
    arguments, start, prepare, calls = CASES[case]
    book = None if start == "book" else getattr(finished, start)
    plain = finished.copy(tmp_path / "plain", book)
    prepare(plain)
    assert plain.run(*arguments).code == 0
    assert len(plain.calls) == calls
    wanted, plain_journal = what_it_is(plain), plain.values("Journal")
    for call in range(1, calls + 1):
        for moment in ("before", "after"):
            desk = finished.copy(tmp_path / f"{call}-{moment}", book)
            prepare(desk)
            assert killer.killed(desk, arguments, call, moment) == -signal.SIGKILL
            outcome = desk.run(*arguments)
            assert outcome.code == 0, outcome
            assert what_it_is(desk) == wanted, (call, moment)
            between = calls == 5 and (2, True) <= (call, moment == "after") < (4, True)  # written, and not mended
            assert len(desk.values("Journal")) == len(plain_journal) + between
            checks.nothing_lost(desk)
            assert (desk.run(*arguments).code, desk.written) == (0, 0), (call, moment)
