"""The timers of requests: every five minutes, with the settings of the night."""

import re

from tests.program import ROOT

SCRIPTS = ROOT / "scripts" / "requests"


def test_requests_are_looked_at_every_five_minutes_with_the_settings_of_the_night():
    service, timer, cron = (
        (SCRIPTS / name).read_text(encoding="utf-8")
        for name in (
            "eig-sheets-requests.service", "eig-sheets-requests.timer", "crontab.example"
        )
    )  # fmt: skip
    assert {"UMask=0077", "EnvironmentFile=-/opt/eig-sheets/scripts/nightly.env"} <= set(service.splitlines())
    [command] = re.findall(r"^ExecStart=/opt/eig-sheets/\.venv/bin/eig-sheets (.*)$", service, re.MULTILINE)
    assert "OnCalendar=*:0/5" in timer.splitlines()
    line = cron.splitlines()[-1]
    assert line.startswith("*/5 * * * * umask 077; cd /opt/eig-sheets && ")
    assert line.endswith(f".venv/bin/eig-sheets {command} >/dev/null")
