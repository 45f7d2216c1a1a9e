"""One damaged cell at a time: each command says what it said, or names the cell.

The columns are those of the schema, the commands those of the program: neither is listed by heart. What nobody could
tell is in `undetectable.py`. What a commit tries is drawn by its tree: the next one tries others.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable
from random import Random

import pytest

from tests.damaged_cells.cases import COLUMNS
from tests.damaged_cells.commands import COMMANDS
from tests.damaged_cells.days import DAYS, made
from tests.damaged_cells.results import run
from tests.damaged_cells.trial import Pair, Trial
from tests.effort import spread
from tests.program import ROOT

_DRAWN_CASES, _DRAWN_COMMANDS = 8, 9
_DRAWN_COLUMNS = 12

Days = Callable[[str], Trial]


def tree() -> str:
    """The tree of the commit; without git, always the same."""
    asked = ["git", "rev-parse", "HEAD^{tree}"]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, encoding="ascii", check=False).stdout.strip() or "none"


TREE = tree()


@pytest.fixture(scope="session")
def days(tmp_path_factory) -> Days:
    """The campaign of a day, made once."""
    known: dict[str, Trial] = {}

    def asked(day: str) -> Trial:
        if day not in known:
            known[day] = Trial(made(tmp_path_factory.mktemp("damaged") / "demo-eig", day))
        return known[day]

    return asked


def refuse_faults(tried: Iterable[Pair]) -> None:
    """Fail with every fault, each on a line, which pytest would cut."""
    found = [str(pair) for pair in tried if pair.fault]
    if found:
        pytest.fail("\n".join(found), pytrace=False)


@pytest.mark.slow
def test_some_of_this_commit(days):
    chance = Random(TREE)
    trial = days(chance.choice(DAYS))
    commands = chance.sample(COMMANDS, _DRAWN_COMMANDS)
    tried = [pair for case in chance.sample(trial.cases, _DRAWN_CASES) for pair in trial.tried(case, commands)]
    assert len(tried) > _DRAWN_CASES
    refuse_faults(tried)


@pytest.mark.slow
def test_without_damage_each_command_says_the_same_twice(days):
    trial = days(Random(TREE).choice(DAYS))
    for command in COMMANDS:
        trial.day.reset()
        assert run(trial.day, command) == trial.sound(command), command


@pytest.mark.slow
@pytest.mark.parametrize("column", spread(_DRAWN_COLUMNS, Random(TREE).sample(COLUMNS, len(COLUMNS))), ids=".".join)
def test_each_column_on_a_day(days, column):
    """Every damage and every command, on a day when people have the column; `python -m tests.damaged_cells`: on all."""
    met = [trial for day in DAYS if (trial := days(day)).of_column(*column)]
    assert met, "on no day do people have this column: nothing shows what becomes of it"
    refuse_faults(Random(f"{TREE} {column}").choice(met).whole_column(*column))
