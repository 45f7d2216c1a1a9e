"""An unforeseen exception: one French sentence, a report without a word of the campaign, exit 70, nothing written."""

import re
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.cli.test_errors import refused

pytestmark = pytest.mark.in_memory
SECRET = "porteur.secret@exemple.invalid"


def raising(error):
    def fail(*_, **__):
        secret = SECRET
        try:
            raise KeyError(secret)
        except KeyError as cause:
            raise error from cause

    return fail


@pytest.mark.parametrize(
    "error", [ValueError(SECRET), RecursionError(SECRET), MemoryError(SECRET), AssertionError(SECRET)]
)
def test_the_report_says_where_and_nothing_of_the_campaign(demo, tmp_path, monkeypatch, error):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = demo.bytes
    with patch("eig_sheets.cli.pipeline.compute", side_effect=raising(error)):
        done = demo.run("rank", "--explain", SECRET)
    said = refused(done, 70, "transmettez-le")
    path = Path(re.search(r"est dans (\S+\.txt)", said)[1])
    report = path.read_text(encoding="utf-8")
    assert f"builtins.{type(error).__name__}" in report
    assert "builtins.KeyError" in report
    assert re.search(r"eig_sheets/cli/pipeline\.py:\d+ results_of", report)
    assert "commande : eig-sheets rank\n" in report
    assert re.search(r"eig-sheets \S+, Python \d", report)
    for word in (SECRET, "exemple", str(demo.folder), str(Path.home()) + "/"):
        assert word not in report + said.replace(str(path), "")
    assert (path.stat().st_mode & 0o777, demo.bytes) == (0o600, before)


def test_where_no_report_can_be_saved(demo, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "absent"))
    with patch("eig_sheets.cli.pipeline.compute", side_effect=raising(ValueError(SECRET))):
        refused(demo.run("rank"), 70, "ValueError")


def test_a_long_recursion_makes_a_short_report(demo, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def nested(*_, depth=400):
        if depth:
            return nested(depth=depth - 1)
        raise RecursionError

    with patch("eig_sheets.cli.pipeline.compute", side_effect=nested):
        assert demo.run("rank").code == 70
    [report] = tmp_path.glob("eig-sheets-erreur-*.txt")
    assert len(report.read_text(encoding="utf-8")) < 5000


def started_with(before, *words):
    """The program in a process of its own, where nothing is imported yet, after a line of Python."""
    started = (
        f"import sys; {before}; sys.argv = ['eig-sheets', *{words!r}]; from eig_sheets.__main__ import main; main()"
    )
    return subprocess.run([sys.executable, "-c", started], capture_output=True, text=True, check=False)


def test_a_library_that_is_missing_is_named_with_what_to_do():
    """An installation that broke: nothing of it is our defect, and no report helps."""
    done = started_with("sys.modules['pandas'] = None", "rank")
    assert (done.returncode, done.stdout) == (70, "")
    assert done.stderr == (
        "Il manque à cette installation la bibliothèque «\u202fpandas\u202f»\u202f: réinstallez eig-sheets.\n"
    )


def test_a_command_that_cannot_be_imported_is_still_reported(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    (tmp_path / "broken.py").write_text("def fail(name): raise ImportError('libc')\n", encoding="utf-8")
    broken = f"sys.path.append({str(tmp_path)!r}); import broken, eig_sheets.cli.deferred_commands as deferred; "
    done = started_with(f"{broken} deferred.import_module = broken.fail", "history", "diff")
    assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (70, "", False)
    path = Path(re.search(r"est dans (\S+\.txt)", done.stderr)[1])
    assert "builtins.ImportError" in path.read_text(encoding="utf-8")
