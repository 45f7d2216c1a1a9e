"""The picture of README.md and docs/: the top of the jury's page of a fresh demonstration. Needs Chromium."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.report.browser import Opened, launched  # noqa: E402

TARGET = ROOT / "docs" / "images" / "rapport.png"


def main() -> None:
    """Make the demonstration, its page, and the picture."""
    with tempfile.TemporaryDirectory() as folder:
        campaign, page = Path(folder) / "demo", Path(folder) / "rapport.html"
        run("-q", "demo", campaign)
        config = campaign / "config" / "campaign.toml"
        run("-q", "--config", config, "--today", "2021-05-04", "report", "--to", page)
        with launched() as browser:
            opened = Opened(browser, page, viewport={"width": 1200, "height": 1500})
            opened.page.screenshot(path=TARGET, clip={"x": 0, "y": 0, "width": 1200, "height": 1500})


def run(*arguments: str | Path) -> None:
    """A command of ours."""
    subprocess.run([sys.executable, "-m", "eig_sheets", *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
