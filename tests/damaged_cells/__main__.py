"""Tries every damage to every column under every command: `python -m tests.damaged_cells [DAY…]`, or on all days.

Each fault is a line; the last lines are how many pairs of a damage and a command were tried, and how many fail. A day
takes the better part of an hour: several may be tried at once.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory


def main(asked: Sequence[str]) -> int:
    """Print the faults of these days, and return how many there are."""
    from tests import computed_once

    computed_once.install()  # before the others are imported
    from tests import in_memory
    from tests.damaged_cells.days import DAYS

    counts: Counter[str] = Counter()
    with in_memory.registered():
        for day in asked or DAYS:
            counts += _of_day(day)
    print(", ".join(f"{kind}: {count}" for kind, count in counts.items()))
    return counts["failed"]


def _of_day(day: str) -> Counter[str]:
    from tests.damaged_cells.cases import COLUMNS
    from tests.damaged_cells.days import made
    from tests.damaged_cells.trial import Trial

    counts: Counter[str] = Counter(tried=0, failed=0, undetectable=0)
    with TemporaryDirectory() as folder:
        trial = Trial(made(Path(folder) / "demo-eig", day))
        for column in COLUMNS:
            for pair in trial.whole_column(*column):
                counts += Counter(tried=1, failed=bool(pair.fault), undetectable=bool(pair.why))
                if pair.fault:
                    print(pair, flush=True)
    return counts


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
