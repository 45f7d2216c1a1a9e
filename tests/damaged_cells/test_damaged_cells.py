"""One damaged cell at a time: each command says what it said, or names the cell (guarantee G13).

The columns are those of the schema, the commands those of the program: neither is listed here. `undetectable.py` has
what nobody could tell; what is said of a commit is drawn by its tree, so that the next one tries others.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable
from random import Random
from zlib import crc32

import pytest

from tests.columns import SCHEMA
from tests.damaged_cells.commands import COMMANDS
from tests.damaged_cells.days import DAYS, made
from tests.damaged_cells.trial import Pair, Trial
from tests.program import ROOT

_DRAWN_CASES, _DRAWN_COMMANDS = 8, 9

Days = Callable[[str], Trial]


def tree() -> str:
    """The tree of the commit, by which cases are drawn; the same for all without git."""
    asked = ["git", "rev-parse", "HEAD^{tree}"]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, encoding="ascii", check=False).stdout.strip() or "none"


COLUMNS = [(tab.id, field.id) for tab in SCHEMA.tabs for field in tab.fields]
"""Each column of people's tabs, of projects and of candidates."""


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


def test_some_of_this_commit(days):
    chance = Random(tree())
    trial = days(chance.choice(DAYS))
    commands = chance.sample(COMMANDS, _DRAWN_COMMANDS)
    tried = [pair for case in chance.sample(trial.cases, _DRAWN_CASES) for pair in trial.tried(case, commands)]
    assert len(tried) > _DRAWN_CASES
    refuse_faults(tried)


@pytest.mark.slow
@pytest.mark.parametrize("column", COLUMNS, ids=".".join)
def test_each_column_on_a_day(days, column):
    """Every damage and every command, on a day when the column is there: another commit has another day."""
    met = [trial for day in DAYS if (trial := days(day)).of_column(*column)]
    assert met, "on no day is there such a column: nothing shows what becomes of it"
    trial = met[crc32(f"{tree()} {column}".encode()) % len(met)]
    refuse_faults(trial.whole_column(*column))
