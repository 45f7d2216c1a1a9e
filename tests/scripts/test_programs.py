"""What the scripts and the systemd units are, as their own checkers see them."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.scripts.conftest import SCRIPTS, executable

ROOT = SCRIPTS.parent
SHELL = [*sorted(SCRIPTS.glob("*.sh")), ROOT / ".ci" / "run", *sorted((ROOT / "tests").glob("*.sh"))]


@pytest.mark.parametrize("script", SHELL, ids=lambda path: path.name)
def test_a_script_can_be_run(script):
    assert os.access(script, os.X_OK)
    assert script.read_text(encoding="utf-8").startswith("#!")


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="shellcheck is not installed")
@pytest.mark.parametrize("script", SHELL, ids=lambda path: path.name)
def test_shellcheck_finds_nothing(script):
    done = subprocess.run(["shellcheck", script], capture_output=True, encoding="utf-8", check=False)
    assert done.stdout == ""
    assert done.returncode == 0


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_takes_the_units(tmp_path):
    script = tmp_path / "scripts" / "nightly_sync.sh"
    script.parent.mkdir()
    shutil.copy(SCRIPTS / script.name, script)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    for unit in (*SCRIPTS.glob("*/*.service"), *SCRIPTS.glob("*/*.timer")):
        text = unit.read_text(encoding="utf-8")  # of which a folder may not be below /dev, where tests may be
        program = text.replace("ExecStart=/opt/eig-sheets", f"ExecStart={tmp_path}")
        (tmp_path / unit.name).write_text(program, encoding="utf-8")
    units = sorted(map(str, tmp_path.glob("eig-sheets-*.*")))
    assert len(units) >= 2
    executable(tmp_path / ".venv" / "bin" / "eig-sheets", "#!/bin/sh\n")
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, encoding="utf-8", check=False)
    about_ours = [line for line in done.stderr.splitlines() if "eig-sheets" in line]
    assert (done.returncode, about_ours) == (0, [])


def test_the_units_and_the_crontab_run_the_script():
    service = (SCRIPTS / "systemd" / "eig-sheets-sync.service").read_text(encoding="utf-8")
    crontab = (SCRIPTS / "crontab.example").read_text(encoding="utf-8")
    [cron] = [line for line in crontab.splitlines() if "nightly_sync.sh" in line]
    commands = [re.search(r"^ExecStart=(\S+)$", service, re.MULTILINE)[1], cron.partition("umask 077; ")[2]]
    assert "UMask=0077" in service.splitlines()
    assert [Path(command).relative_to("/opt/eig-sheets") for command in commands] == 2 * [
        Path("scripts/nightly_sync.sh")
    ]


def test_each_setting_of_the_script_is_in_the_example():
    script = (SCRIPTS / "nightly_sync.sh").read_text(encoding="utf-8")
    example = (SCRIPTS / "nightly.env.example").read_text(encoding="utf-8")
    read = set(re.findall(r"EIG_SHEETS_[A-Z_]+", script))
    given = set(re.findall(r"^#?(EIG_SHEETS_[A-Z_]+)=", example, re.MULTILINE))
    of_the_program = {"EIG_SHEETS_CONFIG", "EIG_SHEETS_WORKBOOK", "EIG_SHEETS_DEMARCHE_TOKEN_FILE"}
    assert given == read | of_the_program
