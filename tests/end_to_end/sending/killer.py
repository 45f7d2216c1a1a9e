"""Runs `eig-sheets` in processes of their own that kill themselves (kill -9), or are interrupted, at a step of a send.

`python -m tests.end_to_end.sending.killer ARGUMENTS…` runs the command once, which imports everything, then for each
line of its input (JSON: arguments, then where to die) forks a run, and prints how it ended. Where to die: `[step,
moment, n]`, before or after the n-th time that the step is taken, or `[seconds]`. A fourth word is one of HOW; or, when
the moment is `during`, the seconds after the step began.
"""

from __future__ import annotations

import contextlib
import functools
import io
import json
import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

import eig_sheets.cli.emails.sender
import eig_sheets.emails.mail.mime  # noqa: F401 (what a send imports is there before the fork)
from eig_sheets.cli import main
from eig_sheets.emails.outlets.smtp import Smtp
from eig_sheets.emails.outlets.smtp_session import Session
from eig_sheets.spreadsheet.grist.client import Client
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook
from eig_sheets.storage.ledger import Ledger
from eig_sheets.storage.state import State
from tests.end_to_end.forked import become

STEPS = {
    "taken in the ledger": (Ledger, "record_intents"),  # and each intent, which is written so
    "workbook": (XlsxWorkbook, "apply"),
    "remembered": (State, "save_last_run"),
    "intended": (Ledger, "record_intent"),
    "delivered": (Smtp, "deliver"),
    "handed over": (Session, "_hand_over"),  # but for the final dot
    "ended": (Session, "_completed"),  # with the final dot and the answer to it
    "settled": (Ledger, "record_outcomes"),
}
OF_GRIST = {"document read": (Client, "download"), "document written": (Client, "apply")}
"""What a send from a document does besides: a workbook file takes none of these steps."""


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def interrupt() -> None:
    """Ctrl-C."""
    signal.raise_signal(signal.SIGINT)


class _Doomed:
    def __del__(self) -> None:
        interrupt()


def interrupt_a_destruction() -> None:
    """Ctrl-C while Python destroys an object: it does not raise KeyboardInterrupt."""
    _Doomed()


def interrupt_who_drops_it() -> None:
    """Ctrl-C while something runs that clears errors, as some C code does."""
    with contextlib.suppress(KeyboardInterrupt):
        interrupt()


HOW = {
    "killed": die,
    "interrupted": interrupt,
    "interrupted in a destruction": interrupt_a_destruction,
    "interrupted and dropped": interrupt_who_drops_it,
}


def dying(step: str, moment: str, number: int, how: str | float = "killed") -> None:
    """Let this process die there; the step itself is the real one."""
    owner, name = (STEPS | OF_GRIST)[step]
    real, taken = getattr(owner, name), Counter[str]()

    @functools.wraps(real)
    def watched(*arguments: Any, **options: Any) -> Any:
        taken[step] += 1
        due = taken[step] == number
        if due and moment == "before":
            HOW[how]()
        if due and moment == "during":
            threading.Timer(how, die).start()
        done = real(*arguments, **options)
        if due and moment == "after":
            HOW[how]()
        return done

    setattr(owner, name, watched)


def run(arguments: Sequence[str], where: Sequence[Any]) -> int:
    """How a run ended: an exit code, or minus the signal."""
    process = os.fork()
    if not process:
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a suite in the background has it ignored
        if len(where) > 1:
            dying(*where)
        become(arguments, silent=1)
    if len(where) == 1:
        time.sleep(where[0])
        os.kill(process, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


if __name__ == "__main__":
    sys.argv = ["eig-sheets", *sys.argv[1:]]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
        main()
    print(flush=True)
    for line in sys.stdin:
        print(run(*json.loads(line)), flush=True)
