"""What the repository holds, and must not hold."""

import re
import subprocess
import tomllib
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement

import eig_sheets

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

LONGEST = 300
"""Lines of a file of the package, at the most."""

FORBIDDEN = {
    "a path of one machine": rb"(?<![\w.:/~<-])/(?:(?:work|tmp|root)\b|home/\w)",
    "the host of a package registry": rb"\b(?:pypi\.org|pythonhosted\.org|registry\.npmjs\.org|deb\.debian\.org)\b",
}


def committed():
    """The files that git follows and that are still there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file()]


def contents(path):
    """The bytes of a file; of each file in it when it is a workbook or another archive."""
    if not zipfile.is_zipfile(path):
        return [path.read_bytes()]
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in archive.namelist()]


def found(content):
    return [what for what, pattern in FORBIDDEN.items() if re.search(pattern, content)]


@pytest.mark.slow
def test_no_committed_file_names_a_machine_or_a_registry():
    files = committed()
    assert ROOT / "pyproject.toml" in files
    faults = {path.relative_to(ROOT).as_posix(): found(b"\0".join(contents(path))) for path in files}
    faults = {name: what for name, what in faults.items() if what}
    assert faults == {}


@pytest.mark.parametrize("folder", ["work", "tmp", "root", "home"])
@pytest.mark.parametrize("text", ["see /{}/x/y", '"/{}/a.py"', "cd /{}/x", "=/{}/x"])
def test_a_machine_path_is_seen(folder, text):
    assert found(text.format(folder).encode()) == ["a path of one machine"]


@pytest.mark.parametrize("host", ["pypi", "files.pythonhosted"])
def test_a_registry_is_seen(host):
    assert found(f"https://{host}.org/simple".encode()) == ["the host of a package registry"]


@pytest.mark.parametrize(
    "text", ["https://example.org/work/x", "src/tmp/a", "work/tmp", "~/home/x", "</root>", "/workbook/x", "./tmp/x"]
)
def test_what_is_not_a_machine_path_is_left_alone(text):
    assert found(text.encode()) == []


@pytest.mark.parametrize(
    "name",
    [
        "campagne.xlsx", "campagne-2026.xlsx", "rapport-jury.html", "proces-verbal.docx", "fiche-decision.docx",
        "bordereau-elimination.docx",
        "brouillons/index.html",
        "brouillons/laureat-1.eml", "demo-eig/campagne.xlsx", "demo-eig/config/campaign.toml", ".eig-sheets/x.sqlite3",
        "finance.xlsx", "finance.csv", "annexes/annexe-decret-de-transfert.docx",
        "annexes/delegations-de-gestion.docx", "annexes/conventions-de-portage.docx",
        "export-ds.csv", "config/campagne.xlsx", "scripts/nightly.env", ".appel.xlsx.eig-verrou",
        ".appel.xlsx.0123456789abcdef.0123456789abcdef.abcdefgh.eig-swap", ".appel.xlsx.abcdefgh.eig-tmp",
    ],
)  # fmt: skip
def test_what_a_campaign_writes_here_stays_out(name):
    assert subprocess.run(["git", "check-ignore", "--quiet", "--no-index", name], cwd=ROOT, check=False).returncode == 0


def test_what_the_repository_holds_is_not_ignored():
    ignored = subprocess.run(
        ["git", "ls-files", "--cached", "--ignored", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    assert ignored.stdout == b""


def test_the_newest_python_runs_a_module_of_each_package():
    """In `make test`, which runs no more there (scripts/test.sh)."""
    modules = [*(ROOT / "tests").rglob("test_*.py")]
    mirrored = {path.parent: ROOT / "eig_sheets" / path.parent.relative_to(ROOT / "tests") for path in modules}
    packages = {folder for folder, package in mirrored.items() if package.is_dir()}
    mark = re.compile(r"^pytestmark = .*\bpytest\.mark\.newest\b", re.MULTILINE)
    chosen = {path.parent for path in modules if mark.search(path.read_text(encoding="utf-8"))}
    assert len(packages) > 10
    assert packages - chosen == set()


def lines_of(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def test_files_are_short():
    long = {
        path.relative_to(ROOT).as_posix(): count
        for path in (ROOT / "eig_sheets").rglob("*.py")
        if (count := lines_of(path)) > LONGEST
    }
    assert long == {}


def test_the_licence_is_mit():
    assert PROJECT["license"] == "MIT"
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("MIT License\n")
    assert "Permission is hereby granted, free of charge" in text


def test_the_changelog_tells_of_this_version():
    headings = re.findall(r"^## \[?([\d.]+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == eig_sheets.__version__


# ---- requirements.lock

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def locked():
    """Name → (version, number of hashes)."""
    entries = re.split(r"^(?=[a-z0-9])", re.sub(r"^ *#.*\n", "", LOCK, flags=re.MULTILINE), flags=re.MULTILINE)
    parsed = [(Requirement(entry.split("\\")[0]), entry.count("--hash=sha256:")) for entry in entries if entry.strip()]
    return {requirement.name: (requirement.specifier, hashes) for requirement, hashes in parsed}


def test_each_package_of_the_lock_has_one_version_and_its_hashes():
    packages = locked()
    assert len(packages) > 30
    for name, (specifier, hashes) in packages.items():
        assert [one.operator for one in specifier] == ["=="], name
        assert hashes > 0, name


def test_the_lock_names_no_address():
    assert not re.search(r"://|--(?:extra-)?index-url|--find-links|--trusted-host|@ ", LOCK)


def test_the_lock_has_what_the_project_asks_for():
    packages = locked()
    asked = PROJECT["dependencies"] + [one for extra in PROJECT["optional-dependencies"].values() for one in extra]
    for requirement in map(Requirement, asked):
        [version] = [one.version for one in packages[requirement.name][0]]
        assert requirement.specifier.contains(version), requirement


# ---- The wheel


def committed_under(folder):
    return [path.relative_to(ROOT) for path in committed() if path.is_relative_to(ROOT / folder)]


def test_the_wheel_has_every_file_of_the_package_and_of_its_configuration():
    """Also what is no module: pages, the sample, sections of features."""
    wheel = {Path(one.distribution_path) for one in WheelBuilder(str(ROOT)).recurse_included_files()}
    package = {*committed_under("eig_sheets")}
    configuration = {Path("eig_sheets/_config", *path.parts[1:]) for path in committed_under("config")}
    assert Path("eig_sheets/sample/projects.csv") in package
    calls = {Path("eig_sheets/_examples", *path.parts[1:]) for path in committed_under("examples")}
    assert (package | configuration | calls) - wheel == set()


NAMED = re.compile(r"(?<![\w/.-])((?:[a-z_]+/)+[a-z_0-9]+\.(?:py|md|sh|toml))")
"""A file of ours as documentation names it, from the top or from a folder of the package."""


DESCRIBING = "README CONTRIBUTING docs/architecture docs/benchmarks docs/parts docs/worked-examples"


@pytest.mark.parametrize("page", [f"{name}.md" for name in DESCRIBING.split()])
def test_a_file_that_documentation_names_exists(page):
    """Diffs of the worked examples aside: they make files."""
    text = re.sub(r"^```diff\n.*?^```$", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    places = [
        ROOT,
        ROOT / "docs",
        *(path for path in (ROOT / "eig_sheets").rglob("*") if path.is_dir()),
        ROOT / "eig_sheets",
    ]
    named = set(NAMED.findall(text))
    assert [name for name in sorted(named) if not any((place / name).exists() for place in places)] == []
