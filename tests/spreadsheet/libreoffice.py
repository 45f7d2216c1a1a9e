"""Runs LibreOffice without a window, with a profile of its own, so that test workers do not disturb each other."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

INSTALL = (
    "LibreOffice is missing: run tests/install_libreoffice.sh (it installs its Calc, its Writer and poppler-utils)."
)
_SECONDS = 900


def program() -> str | None:
    """Where soffice is."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(source: Path, to: str, folder: Path, *, profile: Path, options: str = "") -> Path:
    """The file that LibreOffice makes of `source` in `folder`, of the kind `to` (`xlsx`, `pdf`).

    `profile` is a folder that no other run uses at the same time; `options` say how `source` is read.
    Raises AssertionError with LibreOffice's output.
    """
    soffice = program()
    assert soffice, INSTALL
    folder.mkdir(parents=True, exist_ok=True)
    command = [
        soffice, f"-env:UserInstallation={profile.absolute().as_uri()}", "--headless", "--norestore", "--nolockcheck",
        "--convert-to", to, *([f"--infilter={options}"] if options else []), "--outdir", str(folder), str(source),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    result = folder / f"{source.stem}.{to.partition(':')[0]}"
    made = done.returncode == 0 and result.exists()
    assert made, f"LibreOffice could not convert {source.name}: {done.stderr}"
    return result
