"""`make release`: what a version is published as, made in dist/, then installed and tried without internet.

The version is that of `eig_sheets/__init__.py`; its notes are its section of CHANGELOG.md. Policy: docs/versions.md.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from eig_sheets import __version__  # noqa: E402
from scripts.release.notes import notes_of  # noqa: E402
from scripts.release.sbom import bill_of, installed  # noqa: E402

SUMS = "SHA256SUMS"


def main() -> None:
    """Make everything in dist/, or say what is missing."""
    target = ROOT / "dist"
    notes = notes_of((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), __version__)
    if _said("git", "status", "--porcelain", "--untracked-files=no"):
        raise SystemExit("A release is made of what is committed: commit first.")
    shutil.rmtree(target, ignore_errors=True)
    build(target)
    wheelhouse = target / f"eig-sheets-{__version__}-wheelhouse-{_platform()}"
    fill(wheelhouse, next(target.glob("*.whl")))
    tried(wheelhouse)
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    bill = bill_of(__version__, installed(path.name for path in wheelhouse.glob("*.whl")), lock)
    (target / f"eig-sheets-{__version__}.cdx.json").write_text(bill, encoding="utf-8")
    shutil.make_archive(str(wheelhouse), "zip", target, wheelhouse.name)
    shutil.rmtree(wheelhouse)
    (target / f"eig-sheets-{__version__}-notes.md").write_text(notes, encoding="utf-8")
    (target / SUMS).write_text(sums_of(target), encoding="utf-8")
    print(f"dist/: {', '.join(sorted(path.name for path in target.iterdir()))}")
    if f"v{__version__}" not in _said("git", "tag", "--points-at", "HEAD").split():
        print(f"Not published yet: HEAD has no tag v{__version__}.")


def build(target: Path) -> None:
    """The source archive, and the wheel made of it: the same bytes for the same commit."""
    moment = _said("git", "log", "-1", "--format=%ct")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(target), str(ROOT)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "SOURCE_DATE_EPOCH": moment})


def fill(wheelhouse: Path, wheel: Path) -> None:
    """The wheel and all that it needs on this kind of machine, each of the version and the hash of the lock."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "wanted.txt"
        wanted.write_text(f"{wheel} --hash=sha256:{digest(wheel)}\n", encoding="utf-8")
        _pip("download", "--require-hashes", "--only-binary", ":all:", "--dest", str(wheelhouse),
             "--requirement", str(wanted), "--constraint", str(ROOT / "requirements.lock"))  # fmt: skip


def tried(wheelhouse: Path) -> None:
    """Install it in an environment of its own, without any index, and rank the demonstration with it."""
    with tempfile.TemporaryDirectory() as folder:
        environment = Path(folder) / "environment"
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        programs = environment / ("Scripts" if os.name == "nt" else "bin")
        alone = {**os.environ, "PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1"}
        subprocess.run([str(programs / "python"), "-m", "pip", "install", "--quiet", "--no-index",
                        "--find-links", str(wheelhouse), "eig-sheets"], check=True, env=alone)  # fmt: skip
        for words in (["--version"], ["demo", "essai"], ["--config", "essai/config/campaign.toml", "rank"]):
            subprocess.run([str(programs / "eig-sheets"), *words], check=True, cwd=folder, stdout=subprocess.DEVNULL)


def sums_of(folder: Path) -> str:
    """A line a file, for `sha256sum --check`."""
    return "".join(f"{digest(path)}  {path.name}\n" for path in sorted(folder.iterdir()) if path.name != SUMS)


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _platform() -> str:
    return f"{sysconfig.get_platform()}-cp{sys.version_info.major}{sys.version_info.minor}".replace("-", "_")


def _pip(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--quiet", *words], check=True)


def _said(*command: str) -> str:
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8").stdout.strip()


if __name__ == "__main__":
    main()
