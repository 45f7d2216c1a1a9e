"""Google's recorded answers, sent again: what differs is what DIFFERENCES.md explains, and nothing else."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2].parent / "shared"
TOOL = SHARED / "tools" / "replay_cassettes.py"
EXPLAINED = {
    ("ClientTest.test_import_csv.json", "drive.v2.upload(import csv)"),
    ("ClientTest.test_list_spreadsheet_files.json", "drive.files.list"),
}


@pytest.mark.skipif(not TOOL.exists(), reason="Google's recorded answers are not beside the repository")
def test_google_s_recorded_answers_are_given_again(server):
    command = [sys.executable, TOOL, "replay", "--strict", "--base-url", server.url, "--dir", SHARED / "cassettes"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    different = set(re.findall(r"^(\S+)#\d+ [A-Z]+ (\S.*?) *$", done.stdout, re.MULTILINE))
    assert different <= EXPLAINED, done.stdout
    assert int(re.search(r"(\d+) answers as recorded", done.stdout)[1]) > 1000
