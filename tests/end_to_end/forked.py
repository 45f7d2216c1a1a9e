"""A run of the program in a fork, which is killed without the cost of another start of Python."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from eig_sheets.cli import main


def become(arguments: Sequence[str], silent: int) -> NoReturn:
    """Be a run of the program, in a process just forked; `silent`: what of its output nobody reads (1 or 2)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), silent)
    sys.argv = ["eig-sheets", *arguments]
    try:
        main()
    except SystemExit as end:
        os._exit(end.code)  # type: ignore[arg-type]
    os._exit(0)
