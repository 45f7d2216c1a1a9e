"""Runs `eig-sheets` several times in one process: `python -m tests.end_to_end.one_process UMASK COMMANDS`.

UMASK is in octal, COMMANDS a JSON list of lists of arguments. It prints how each ended, and what it said, in JSON.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys

from eig_sheets.cli import main


def run(arguments: list[str]) -> tuple[int, str]:
    """The exit code of a command and what it said."""
    said = io.StringIO()
    sys.argv = ["eig-sheets", *arguments]
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            main()
        except SystemExit as end:
            return int(end.code or 0), said.getvalue()
    raise AssertionError("the program always ends with an exit code")


if __name__ == "__main__":
    os.umask(int(sys.argv[1], 8))
    print(json.dumps([run(arguments) for arguments in json.loads(sys.argv[2])]))
