"""The unit and the line of a crontab that try to write each day."""

import subprocess

from tests.scripts.conftest import SCRIPTS, executable


def test_the_write_trial_of_each_day_is_quiet_unless_it_fails(tmp_path):
    crontab = (
        (SCRIPTS / "doctor" / "crontab.example").read_text(encoding="utf-8").replace("/opt/eig-sheets", str(tmp_path))
    )
    [cron] = [line.split(maxsplit=5)[5] for line in crontab.splitlines() if "--canary" in line]
    unit = (SCRIPTS / "doctor" / "eig-sheets-canary.service").read_text(encoding="utf-8")
    assert "ExecStart=/opt/eig-sheets/.venv/bin/eig-sheets doctor --canary" in unit.splitlines()
    shown = []
    for code in (0, 1):
        executable(tmp_path / ".venv" / "bin" / "eig-sheets", f'#!/bin/sh\necho "$*"\nexit {code}\n')
        shown.append(subprocess.run(["sh", "-c", cron], capture_output=True, encoding="utf-8", check=False).stdout)
    assert shown == ["", "--config config/campaign.toml doctor --canary\n"]
