"""Runs `eig-sheets` in processes of their own that a test can kill, without a start of Python for each.

`python -m tests.end_to_end.google.killer ARGUMENTS…` runs the command once, which imports everything, then for each
line of its input (JSON: arguments, environment) forks a run, and prints its process id, then how it ended.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys

from eig_sheets.cli import main
from tests.end_to_end.forked import become


def run(arguments: list[str], variables: dict[str, str]) -> int:
    """The process of one run of the program."""
    process = os.fork()
    if process:
        return process
    os.environ.update(variables)
    return become(arguments, silent=2)


if __name__ == "__main__":
    sys.argv = ["eig-sheets", *sys.argv[1:]]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
        main()
    print(flush=True)
    for line in sys.stdin:
        child = run(*json.loads(line))
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
