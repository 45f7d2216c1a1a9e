"""`make release`: each part by itself, then all of it in a clone, tried without internet."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from eig_sheets import __version__
from scripts.release.__main__ import build, sums_of
from scripts.release.notes import notes_of
from scripts.release.sbom import bill_of, installed, locked
from tests.program import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
CONTAINER = ROOT / "scripts" / "container"
NOBODY = 10001
"""The user of the container, as in scripts/fleet/cronjob.yaml."""
CHANGELOG = "# Changelog\n\n## 0.10.0 – 2027-02-01\n\n* b\n\n## 0.1.0 – unreleased\n\n### Added\n\n* a\n"


def test_the_notes_of_a_version_are_its_section_of_the_changelog():
    assert notes_of(CHANGELOG, "0.1.0") == "### Added\n\n* a\n"
    assert notes_of(CHANGELOG, "0.10.0") == "* b\n"
    assert "### Added" in notes_of((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), __version__)


@pytest.mark.parametrize("version", ["0.1", "0.2.0", "010.0"])
def test_a_version_of_which_the_changelog_says_nothing_is_refused(version):
    with pytest.raises(SystemExit, match="says nothing"):
        notes_of(CHANGELOG, version)


def test_the_bill_of_materials_is_valid_and_has_the_hashes_of_the_lock():
    known = {name: version for name, version in locked(LOCK) if name in ("pandas", "python-docx")}
    bill = bill_of("0.1.0", known, LOCK)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(bill) is None
    components = {one["name"]: one for one in json.loads(bill)["components"]}
    assert {name: one["version"] for name, one in components.items()} == known
    for name, one in components.items():
        assert {digest["content"] for digest in one["hashes"]} == {*locked(LOCK)[name, known[name]]} != set()
        assert one["purl"] == f"pkg:pypi/{name}@{known[name]}"


def test_what_the_lock_does_not_have_is_in_no_bill():
    with pytest.raises(SystemExit, match=r"Not in requirements\.lock: pandas 0\.1"):
        bill_of("0.1.0", {"pandas": "0.1"}, LOCK)


def test_packages_are_told_by_their_wheels():
    names = ["python_docx-1.2.0-py3-none-any.whl", "eig_sheets-0.1.0-py3-none-any.whl"]
    assert installed(names) == {"python-docx": "1.2.0"}


@pytest.mark.slow
def test_the_same_commit_gives_the_same_bytes(tmp_path):
    for name in ("one", "other"):
        build(tmp_path / name)
    assert sums_of(tmp_path / "one") == sums_of(tmp_path / "other") != ""


RELEASE = (sys.executable, "-m", "scripts.release")


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """A clone of what is committed, with its dist/, and what `make release` said."""
    clone = tmp_path_factory.mktemp("release") / "clone"
    subprocess.run(["git", "clone", "-q", "--depth=1", ROOT.as_uri(), clone], check=True)
    done = subprocess.run(RELEASE, cwd=clone, check=True, capture_output=True, encoding="utf-8")
    return clone, done.stdout


@pytest.mark.slow
def test_a_release_is_made_and_tried(released):
    clone, said = released
    assert f"HEAD has no tag v{__version__}" in said
    made = clone / "dist"
    subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=made, check=True, stdout=subprocess.DEVNULL)
    (house,) = made.glob("*-wheelhouse-*.zip")
    wheels = [name.rpartition("/")[2] for name in zipfile.ZipFile(house).namelist() if name.endswith(".whl")]
    assert f"eig_sheets-{__version__}-py3-none-any.whl" in wheels
    bill = (made / f"eig-sheets-{__version__}.cdx.json").read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(bill) is None
    assert {one["name"]: one["version"] for one in json.loads(bill)["components"]} == installed(wheels)
    assert "pytest" not in installed(wheels)
    (clone / "LICENSE").write_text("autre", encoding="utf-8")
    refused = subprocess.run(RELEASE, cwd=clone, check=False, capture_output=True, encoding="utf-8")
    assert "commit first" in refused.stderr
    assert (made / "SHA256SUMS").exists()


@pytest.mark.slow
@pytest.mark.on_a_file
def test_the_steps_of_the_container_give_a_program_that_writes_in_its_state_alone(released, finished_demo, tmp_path):
    """Installed by the script of Containerfile, run by somebody to whom all but the state is read-only."""
    clone, _ = released
    (house,) = (clone / "dist").glob("*-wheelhouse-*.zip")
    image, state = tmp_path / "image", tmp_path / "etat"
    subprocess.run(["sh", CONTAINER / "install.sh", house, image / "opt"], check=True)
    shutil.copytree(finished_demo / "config", image / "config")
    state.mkdir()
    shutil.copy(finished_demo / "campagne.xlsx", state)
    for path in [tmp_path, *image.rglob("*"), image]:
        path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    nobody = opened_to_nobody(state, tmp_path)
    if subprocess.run([*nobody, image / "opt/bin/python", "-c", ""], check=False).returncode:
        pytest.skip("the Python of this machine is not readable by other users")
    before = contents(image)
    environment = {
        "EIG_SHEETS_CONFIG": str(image / "config/campaign.toml"), "EIG_SHEETS_WORKBOOK": str(state / "campagne.xlsx"),
        "EIG_SHEETS_STATE": str(state / "eig-sheets"), "TMPDIR": str(state), "HOME": "/nonexistent",
    }  # fmt: skip
    command = [*nobody, image / "opt/bin/eig-sheets", "sync"]
    done = subprocess.run(command, env=environment, cwd=image, check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert contents(image) == before
    assert (state / "eig-sheets").is_dir()


def opened_to_nobody(state, folder):
    """What runs a command as the container's user, to whom the state is given; as ourselves when we are not root."""
    if os.geteuid() != 0:
        return ()
    for path in (state, *state.iterdir()):
        os.chown(path, NOBODY, NOBODY)
    for parent in folder.parents:
        if parent.is_relative_to(tempfile.gettempdir()) and parent != Path(tempfile.gettempdir()):
            parent.chmod(parent.stat().st_mode | 0o001)
    return "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"


def contents(folder):
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_the_container_runs_as_nobody_by_the_script_that_is_tried():
    said = (CONTAINER / "Containerfile").read_text(encoding="utf-8")
    assert f"USER {NOBODY}\n" in said
    assert "RUN /opt/release/install.sh " in said
    assert "pip" not in said
