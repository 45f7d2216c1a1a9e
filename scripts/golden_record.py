"""Writes all that people see into a folder, to compare two versions of the code: `diff -r BEFORE AFTER`.

    python scripts/golden_record.py BEFORE            # on the code as it is
    python scripts/golden_record.py AFTER             # after a refactoring
    diff -r BEFORE AFTER && echo "nothing that people see has changed"

The sample campaign at five dates of its year, in two .xlsx files, in one, on the local Sheets server and on a real
Grist server (docs/grist.md says how tests find one; without, its parts fail): its workbooks part by part, what every
command says, the files that they write, the messages that are sent, the state folder. The program runs under a clock
that stands still (Debian's faketime) and with counted tokens, so that two records of the same code are the same, byte
for byte. `--only xlsx`, `--only one/2021-06-18`: some of its parts. `--code PATH`: the code of another checkout, whose
`tests` are used too; commands and helpers of this record stay those of here.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]
MOMENTS = (
    "2021-03-12 07:30:00",  # the call is open: advice slots, webinars, dossiers and candidates that come in
    "2021-04-27 08:15:00",  # the jury notes
    "2021-05-10 08:15:00",  # decisions
    "2021-06-18 18:45:00",  # candidates were heard, teams are proposed
    "2021-11-08 09:00:00",  # the ten months
)
PARTS = (
    *(f"{kind}/{moment[:10]}" for kind in ("google", "grist", "one", "xlsx") for moment in MOMENTS),
    f"help/{MOMENTS[0][:10]}",
)
"""The longest first."""
LIBRARIES = tuple(f"/usr/lib/{machine}-linux-gnu/faketime/libfaketime.so.1" for machine in ("x86_64", "aarch64"))


def main() -> None:
    """The record, in the folder asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where to write; it must not exist")
    parser.add_argument("--only", action="append", metavar="KIND[/DATE]", help=f"some parts of {', '.join(PARTS)}")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), metavar="N", help="parts at the same time")
    parser.add_argument(
        "--code", type=Path, default=ROOT, metavar="PATH", help="the checkout to record; this one if not given"
    )
    asked = parser.parse_args()
    if asked.folder.exists():
        sys.exit(f"golden_record: {asked.folder} is there already.")
    parts = [part for part in PARTS if any(part.startswith(one) for one in asked.only or [""])]
    if not parts:
        sys.exit(f"golden_record: no such part; there are {', '.join(PARTS)}.")
    sys.exit(record(asked.folder.absolute(), parts, asked.code.absolute(), asked.jobs))


def record(folder: Path, parts: Sequence[str], code: Path, jobs: int) -> int:
    """Record these parts, `jobs` at a time; 1 if any failed."""
    with ThreadPoolExecutor(jobs) as pool:
        return max(pool.map(lambda part: record_part(folder, part, code), parts))


def record_part(folder: Path, part: str, checkout: Path) -> int:
    """Record one part in a process of its own, whose clock stands still."""
    kind, day = part.split("/")
    moment = next(one for one in MOMENTS if one.startswith(day))
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as home:
        environment = {
            "PATH": os.environ["PATH"], "LD_PRELOAD": library(), "FAKETIME": moment,
            "FAKETIME_DONT_FAKE_MONOTONIC": "1", "TZ": "Europe/Paris", "PYTHONUTF8": "1",
            "PYTHONPATH": f"{checkout}{os.pathsep}{ROOT / 'scripts'}", "PYTHONDONTWRITEBYTECODE": "1",
            "COLUMNS": "120", "HOME": home, "NO_COLOR": "1",
            "OPENBLAS_NUM_THREADS": "1", "PYTHONSAFEPATH": "1",
        }  # fmt: skip
        command = [sys.executable, "-m", "golden.part", kind, moment, folder / part]
        code = subprocess.run(command, env=environment, check=False).returncode
    print(f"{part}: {time.monotonic() - began:.0f} s" + (f", code {code}" if code else ""), flush=True)
    return int(code != 0)


def library() -> str:
    """The library of faketime."""
    found = next((path for path in LIBRARIES if Path(path).exists()), None)
    return found or sys.exit("golden_record: install faketime (apt install faketime).")


if __name__ == "__main__":
    main()
