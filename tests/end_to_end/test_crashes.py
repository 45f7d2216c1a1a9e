"""A run that is killed at any moment, and two runs at once."""

import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook
from eig_sheets.storage import file_lock
from tests.columns import CRITERIA, cell_of, column_of
from tests.effort import examples, first
from tests.nightly import Robot
from tests.people_cells import people, type_in
from tests.program import ROOT, Campaign, command_line, environment
from tests.spreadsheet.xlsx.package_check import problems

INTERRUPTED = """
import sys
from eig_sheets.cli import main
from eig_sheets.spreadsheet.xlsx import book

def interrupted(self):
    raise KeyboardInterrupt

book.XlsxWorkbook.read = interrupted
sys.argv = ["eig-sheets", *sys.argv[1:]]
main()
"""


def what_it_says(workbook: Path) -> object:
    """The robot's tabs and columns, apart from the minute of the run."""
    snapshot = XlsxWorkbook(workbook, workbook.parent).read()
    kept = [tab for tab in snapshot.tabs if tab.name not in ("Journal", "Accueil")]
    board = [row[:5] for row in snapshot.tab("Accueil").rows]
    return [(tab.name, tab.rows) for tab in kept], board


@pytest.fixture
def changed(demo) -> Campaign:
    """The demo with a score that a sync has to follow."""
    for criterion in CRITERIA:
        type_in(demo.workbook, "Évaluations", cell_of("evaluations", criterion, 83), 1)
    return demo


@pytest.mark.slow
@pytest.mark.parametrize("kills", first(1, [1, examples(4, 40)]))
def test_killed_at_any_moment(changed, kills):
    old, belongings = changed.bytes, people(changed.workbook)
    arguments = (changed.folder, str(kills), *changed.arguments("sync"))
    done = subprocess.run(
        [sys.executable, "-m", "tests.end_to_end.killer", *map(str, arguments)], cwd=ROOT, env=environment(),
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    expected = what_it_says(changed.workbook)
    assert [one["rank"] for one in changed.run("rank", "--format", "json").records][:2] == [1, 2]
    left, after = (
        {path.read_bytes(): path for path in sorted(changed.folder.glob(pattern))}
        for pattern in ("killed-*.xlsx", "after-*.xlsx")
    )
    assert old in left
    for content, path in {**left, **after}.items():
        assert belongings.lost(people(path)) == []
        assert content == old or what_it_says(path) == expected, path
    assert old not in after
    for path in left.values():
        assert problems(path) == []
    assert [path.name for path in changed.folder.iterdir() if path.suffix in (".eig-tmp", ".eig-swap")] == []


def test_stopped_by_hand_it_says_so(changed):
    """Ctrl-C."""
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, *map(str, changed.arguments("sync"))], env=environment(),
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.strip() == "Interrompu\u202f: rien de plus n’a été écrit."


def assert_refused(command, done, sentence):
    """One sentence, which comes after where each column goes when an import has shown that."""
    *before, last = done.err.replace("\u202f", " ").splitlines()
    assert (last, bool(before)) == (sentence, command[0] == "import")


@pytest.mark.slow
def test_two_at_once_the_second_stops(changed):
    before = changed.bytes
    with changed.state.locked():
        for command in (["sync"], ["emails", "draft"], ["init"], ["import", changed.export]):
            done = changed.run(*command)
            assert (done.code, done.out) == (1, "")
            assert_refused(
                command,
                done,
                "Une autre exécution d’eig-sheets travaille sur ce classeur : attendez sa fin, puis relancez.",
            )
        assert changed.bytes == before
        assert changed.program("sync").code == 1
        assert changed.run("rank", "--format", "json").code == 0
        assert changed.run("sync", "--dry-run", "--format", "json").code == 0
    assert changed.program("sync").code == 0


@pytest.mark.slow
def test_while_another_machine_works_on_the_file_every_command_that_writes_stops(changed):
    before = changed.bytes
    with file_lock.locked(changed.workbook):
        for command in (
            ["sync"], ["emails", "draft"], ["init"], ["import", changed.export], ["state", "adopt"],
            ["emails", "settle", "laureat-1", "--sent"],
        ):  # fmt: skip
            done = changed.run(*command)
            assert (done.code, done.out) == (1, "")
            assert_refused(
                command,
                done,
                "Une autre exécution d’eig-sheets travaille sur campagne.xlsx, sur cette machine ou sur une autre : "
                "attendez sa fin, puis relancez la commande.",
            )
        assert changed.bytes == before
        assert changed.run("rank", "--format", "json").code == 0
        assert changed.run("sync", "--dry-run", "--format", "json").code == 0
    assert changed.run("sync").code == 0


@pytest.mark.slow
def test_many_at_once_leave_one_result(changed):
    runs = [
        subprocess.Popen(command_line(*changed.arguments("sync")), env=environment(), stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    ends = [(run.communicate()[1].decode(), run.returncode) for run in runs]
    assert {code for _, code in ends} <= {0, 1}
    assert sum("est à jour" in said for said, _ in ends) == 1
    assert all("Une autre exécution" in said for said, code in ends if code == 1)
    assert [one["Résultat"] for one in Robot(changed).tab("Journal").rows].count("Réussi") == 2
    written = changed.bytes
    assert changed.run("sync").code == 0
    assert changed.bytes == written


@pytest.mark.slow
def test_a_file_saved_by_someone_during_the_run_is_left_alone(changed):
    robot = Robot(changed)
    read = robot.book.read

    def read_and_let_someone_save():
        found = read()
        type_in(changed.workbook, "Évaluations", cell_of("evaluations", "definition", 84), 2)
        return found

    robot.book.read = read_and_let_someone_save
    with pytest.raises(WorkbookError, match="a été modifié pendant le calcul"):
        robot.sync()
    robot.book.read = read
    assert robot.tab("Évaluations").snapshot.value(84, column_of("evaluations", "definition")) == 2
    assert robot.sync().plan


KILLED = """
import os, signal, sys
from eig_sheets.cli import main
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook

apply = XlsxWorkbook.apply

def dying(self, plan):
    apply(self, plan)
    os.kill(os.getpid(), signal.SIGKILL)

XlsxWorkbook.apply = dying
sys.argv = ["eig-sheets", *sys.argv[1:]]
main()
"""


def killed_once_written(campaign: Campaign, *arguments: str | Path) -> None:
    """A command that dies between the workbook's write and the state folder's."""
    command = [sys.executable, "-c", KILLED, *map(str, campaign.arguments(*arguments))]
    done = subprocess.run(command, env=environment(), capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL


@pytest.mark.slow
def test_an_import_that_is_killed_once_written_is_known_and_can_be_undone(demo):
    before = people(demo.workbook)
    killed_once_written(demo, "import", demo.export)
    written = demo.bytes
    assert demo.run("import", demo.export).code == 0
    assert demo.bytes == written
    assert demo.run("sync").code == 0
    codes = [row["Code"] for row in Robot(demo).tab("Anomalies").rows]
    assert "saisie_dans_onglet_robot" not in codes
    undone = demo.run("import", "--undo", "--format", "json").records
    assert [one["action"] for one in undone] == ["supprimée"] * 2
    assert before.lost(people(demo.workbook)) == []


@pytest.mark.slow
def test_an_undo_that_is_killed_once_written_does_not_blow_the_fuse(demo):
    export = demo.export.read_text(encoding="utf-8-sig").splitlines()
    many = [export[1].replace(export[1].split(",")[0], str(number), 1) for number in range(900_001, 900_031)]
    demo.export.write_text("\n".join([export[0], *many]), encoding="utf-8")
    assert demo.run("import", demo.export).code == 0
    assert demo.run("sync").code == 0
    killed_once_written(demo, "import", "--undo")
    done = demo.run("sync")
    assert (done.code, "dossiers" in done.err) == (0, True), done.err
    assert demo.run("import", "--undo", "--format", "json").records == []


@pytest.mark.slow
def test_a_sync_that_is_killed_once_it_said_that_it_ran_is_not_taken_for_somebody_who_typed(demo):
    """It changes the first tab alone: nothing in the Journal tells the next run that what is stored is older."""
    Robot(demo).sync(later=-timedelta(days=3))
    before = demo.bytes
    killed_once_written(demo, "sync")
    assert demo.bytes != before
    assert demo.run("sync").code == 0
    codes = [row["Code"] for row in Robot(demo).tab("Anomalies").rows]
    assert "saisie_dans_onglet_robot" not in codes
