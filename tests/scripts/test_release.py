"""`make release`: each part by itself, then all of it in a clone, tried without internet."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from eig_sheets import __version__
from scripts.release.notes import notes_of
from scripts.release.sbom import bill_of, installed, locked
from tests.program import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
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
def test_a_release_is_made_and_tried(tmp_path):
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", "--depth=1", ROOT.as_uri(), clone], check=True)
    release = [sys.executable, "-m", "scripts.release"]
    done = subprocess.run(release, cwd=clone, check=True, capture_output=True, encoding="utf-8")
    assert f"HEAD has no tag v{__version__}" in done.stdout
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
    refused = subprocess.run(release, cwd=clone, check=False, capture_output=True, encoding="utf-8")
    assert "commit first" in refused.stderr
    assert (made / "SHA256SUMS").exists()
