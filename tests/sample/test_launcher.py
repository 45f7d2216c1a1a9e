"""`eig-sheets.cmd`: what Windows runs on a double-click. Tried by hand under Wine, in a folder with a space."""

import re

from eig_sheets import sample
from eig_sheets.cli import cli


def test_it_is_a_batch_file_that_any_windows_reads(tmp_path):
    content = sample.write_launcher(tmp_path).read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n") > 10
    assert content.decode("ascii").startswith("@echo off")


def test_it_runs_commands_that_only_read_then_waits(tmp_path):
    text = sample.write_launcher(tmp_path).read_text(encoding="ascii")
    commands = re.findall(r"^%EIG% ([a-z]+)$", text, re.MULTILINE)
    assert commands == ["check", "rank"]
    assert all(name in cli.commands for name in commands)
    assert text.rstrip().endswith("pause")
