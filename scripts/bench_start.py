"""How soon a sync begins to read, beside the import of pandas, in the same run: `make bench`.

Whole processes, from the shell's enter, on the demonstration and its two workbooks: the seconds until the workbook's
file is opened, those of a whole sync that changes nothing, and those of a Python that imports pandas and ends. What
each imports of ours is counted.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from bench import report

ROUNDS = 7
AIM = 1.5
"""Times the import of pandas: 0.6 s where that takes 0.4."""
WATCHED = """
import os, sys, time
def opened(event, arguments):
    if event == "open" and str(arguments[0]).endswith("campagne.xlsx"):
        print(sum(name.startswith("eig_sheets") for name in sys.modules), flush=True)
        os._exit(0)
{watch}
sys.argv = ["eig-sheets", "-q", "sync"]
from eig_sheets.__main__ import main
try:
    main()
finally:
    print(sum(name.startswith("eig_sheets") for name in sys.modules))
"""
PROGRAMS = {
    "import pandas": "import pandas; print(0)",
    "until it reads": WATCHED.format(watch="sys.addaudithook(opened)"),
    "a whole sync": WATCHED.format(watch=""),
}


def timed(program: str, folder: Path) -> tuple[float, int]:
    """The seconds of a process, and the modules of ours that it says to have imported."""
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=True)
    return time.perf_counter() - began, int(done.stdout.split()[-1])


def main() -> None:
    """Measure each in turn, so often; print medians, and their ratios to the import of pandas."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="times that each is measured")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(
            [sys.executable, "-m", "eig_sheets", "-q", "demo", "appel"], cwd=folder, capture_output=True, check=True
        )
        measured = {what: [] for what in PROGRAMS}
        for _ in range(rounds + 1):  # the first round compiles and fills the disk's cache
            for what, program in PROGRAMS.items():
                measured[what].append(timed(program, folder / "appel"))
    seconds = {what: median(each for each, _ in runs[1:]) for what, runs in measured.items()}
    print("Start of a sync of the demonstration: two workbooks, unchanged, whole processes")
    for what, aim in (("until it reads", AIM), ("a whole sync", None)):
        said = f"{what}, with {measured[what][-1][1]} modules of ours"
        report(said, "import pandas", seconds[what], seconds["import pandas"], aim)


if __name__ == "__main__":
    main()
