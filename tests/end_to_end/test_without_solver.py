"""With a Python for which the solver has no wheel: a sentence where something is searched, and all the rest works."""

from __future__ import annotations

import subprocess
import sys

import pytest

_RUN = "import sys; sys.modules['highspy'] = None; from eig_sheets.cli import main; main()"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("rank", "--format", "json"), 0, ""),
        (("sync", "--dry-run"), 0, ""),
        (("jury", "assign", "--dry-run"), 1, "« highspy », qui n’est pas installé"),
    ],
)
def test_what_searches_nothing_works_and_what_does_says_which_python(demo, arguments, code, said):
    command = [sys.executable, "-c", _RUN, "--config", demo.config, "--today", "2021-04-30", *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == code, done.stderr
    assert said in done.stderr.replace("\u202f", " ")
    assert "Traceback" not in done.stderr
