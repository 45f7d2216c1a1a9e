"""File permissions: private files, restriction of older ones, and modes that people chose, which are kept."""

import os
import sqlite3
import stat
from contextlib import closing, contextmanager

import pytest

from eig_sheets.emails.outlets.eml import Eml
from eig_sheets.storage import permissions
from eig_sheets.storage.last_run import LastRun
from eig_sheets.storage.ledger import Ledger
from eig_sheets.storage.state import State, StateError
from tests.architecture import writes
from tests.emails.outlets.messages import written
from tests.test_architecture import MODULES

WARNING = "D’autres utilisateurs de cette machine pouvaient lire ce que le robot garde dans "


@contextmanager
def umask(mask):
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def mode(path):
    return f"{stat.S_IMODE(path.lstat().st_mode):o}"


def make_readable_by_all(folder):
    """Set the modes that an earlier version left, under the usual umask."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def readable_by_others(folder):
    return [path for path in (folder, *folder.rglob("*")) if path.stat().st_mode & 0o077]


def test_missing_parents_are_created_and_existing_folders_keep_their_mode(tmp_path):
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs").chmod(0o755)
    with umask(0):
        permissions.make_folder(tmp_path / "theirs" / "a" / "b")
        permissions.make_folder(tmp_path / "theirs")
    assert [mode(tmp_path / place) for place in ("theirs", "theirs/a", "theirs/a/b")] == ["755", "700", "700"]


def test_a_file_with_the_name_of_the_folder_is_an_error(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(FileExistsError):
        permissions.make_folder(tmp_path / "file")


@pytest.mark.parametrize(
    ("before", "after"), [(None, 0o600), (0o600, 0o600), (0o640, 0o640), (0o644, 0o600), (0o666, 0o600)]
)
def test_a_file_that_everybody_could_read_becomes_private(tmp_path, before, after):
    path = tmp_path / "rapport-jury.html"
    if before is not None:
        path.touch()
        path.chmod(before)
    with umask(0):
        permissions.write(path, b"new")
    assert (path.read_bytes(), mode(path)) == (b"new", f"{after:o}")
    assert [*tmp_path.iterdir()] == [path]


@pytest.mark.parametrize("make", [permissions.make_file, lambda path: permissions.write(path, b"ours")])
def test_a_link_that_somebody_put_there_is_not_followed(tmp_path, make):
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"theirs")
    target.chmod(0o644)
    link.symlink_to(target)
    make(link)
    assert (target.read_bytes(), mode(target)) == (b"theirs", "644")


def test_a_temporary_file_of_a_killed_run_is_removed(tmp_path):
    leftover = tmp_path / ".brouillon [1].eml.abc.eig-tmp"
    leftover.touch()
    permissions.write(tmp_path / "brouillon [1].eml", b"x")
    assert not leftover.exists()


def test_everything_but_links_is_restricted_and_reported_once(tmp_path):
    folder = tmp_path / "state"
    (folder / "versions").mkdir(parents=True)
    (folder / "versions" / "old.xlsx").touch()
    outside = tmp_path / "outside"
    outside.touch()
    (folder / "link").symlink_to(outside)
    os.mkfifo(folder / "pipe")  # nobody writes to it: opening it would block for ever
    make_readable_by_all(folder)
    outside.chmod(0o644)
    assert permissions.restrict_to_owner(folder)
    kept = {path.name: mode(path) for path in (folder, *folder.rglob("*")) if not path.is_symlink()}
    assert kept == {"state": "700", "versions": "700", "old.xlsx": "600", "pipe": "644"}
    assert mode(outside) == "644"
    assert not permissions.restrict_to_owner(folder)


def test_where_modes_cannot_be_changed_nothing_fails_and_nothing_is_reported(tmp_path, monkeypatch):
    """A system without modes is simulated: its calls fail, or succeed without effect."""
    path = tmp_path / "a"
    path.touch()
    path.chmod(0o644)

    def raise_permission_error(*_):
        raise PermissionError

    for answer in (raise_permission_error, lambda *_: None):
        monkeypatch.setattr(os, "fchmod", answer)
        monkeypatch.setattr(os, "fchown", answer)
        assert not permissions.restrict_to_owner(path)
        permissions.write(path, b"x")
        assert path.read_bytes() == b"x"
        path.chmod(0o644)


def test_rights_of_a_group_that_cannot_be_kept_are_dropped(tmp_path, monkeypatch):
    """A user who is not in the file's group is simulated by a failing call."""
    path = tmp_path / "rapport.html"
    path.touch()
    path.chmod(0o640)
    other = path.stat().st_gid + 1
    stat_of_other_group = os.stat_result((*path.stat()[:5], other, *path.stat()[6:]))

    def raise_permission_error(*_):
        raise PermissionError

    monkeypatch.setattr(os, "fchown", raise_permission_error)
    with (tmp_path / "new").open("wb") as file:
        permissions.copy_permissions(file.fileno(), stat_of_other_group)
    assert mode(tmp_path / "new") == "600"


def test_side_files_of_databases_are_private_too(tmp_path):
    with umask(0):
        state = State(tmp_path / "state", "campagne.xlsx")
        state.save_last_run(LastRun())
        Ledger(state.folder, "campagne.xlsx").delete([])
        for name, table in (("etat", "memory"), ("envois", "delivery")):
            path = state.folder / f"{name}.sqlite3"
            with closing(sqlite3.connect(path, isolation_level=None)) as connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute(f"DELETE FROM {table}")
                connection.execute("CREATE TABLE more (a)")
                assert [mode(path), mode(path.with_name(f"{name}.sqlite3-journal"))] == ["600", "600"]
                connection.execute("ROLLBACK")


@pytest.mark.slow
def test_an_older_state_folder_is_restricted_with_a_warning(demo):
    folder = demo.state.folder
    (folder / "versions").mkdir(exist_ok=True)
    (folder / "versions" / "campagne.20210101-000000-000000.abc.xlsx").touch()
    make_readable_by_all(folder)
    done = demo.run("-q", "rank")
    assert (done.code, done.err) == (0, f"{WARNING}{folder}\u202f: votre compte seul le peut désormais.\n")
    assert readable_by_others(folder) == []
    assert demo.run("-q", "rank").err == ""


@pytest.mark.slow
def test_a_state_folder_that_people_made_keeps_its_mode_and_what_is_ours_in_it_does_not(demo, tmp_path):
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "notes.txt").touch()
    env = {"EIG_SHEETS_STATE": str(theirs)}
    assert demo.run("sync", env=env).code == 0
    make_readable_by_all(theirs)
    done = demo.run("-q", "sync", env=env)
    assert (done.code, done.err.startswith(WARNING)) == (0, True)
    assert sorted(path.name for path in readable_by_others(theirs)) == ["notes.txt", "theirs"]


@pytest.mark.slow
def test_older_drafts_are_restricted_with_a_warning(demo, tmp_path):
    folder = tmp_path / "brouillons"
    drafted(folder, 1)
    make_readable_by_all(folder)
    done = demo.run("-q", "emails", "draft", "--to", "eml", "--folder", folder, "--template", "point_mensuel")
    assert (done.code, done.err) == (0, f"{WARNING}{folder}\u202f: votre compte seul le peut désormais.\n")
    assert readable_by_others(folder) == []


def drafted(folder, number):
    with Eml(folder) as outlet:
        outlet.deliver(f"a-{number}", written(number), ["a@example.org"])
    return outlet


def test_a_folder_that_people_chose_for_drafts_keeps_its_mode(tmp_path):
    """As do the messages that are in it; its page is written again, and is private."""
    folder = tmp_path / "partage"
    outlet = drafted(folder, 1)
    make_readable_by_all(folder)
    assert not outlet.close_to_others()
    drafted(folder, 2)
    assert sorted(path.name for path in readable_by_others(folder)) == ["a-1.eml", "partage"]


def test_a_folder_of_drafts_that_a_group_shares_stays_shared(tmp_path):
    folder = tmp_path / "brouillons"
    outlet = drafted(folder, 1)
    folder.chmod(0o750)
    (folder / "index.html").chmod(0o640)
    assert not outlet.close_to_others()
    drafted(folder, 2)
    assert [mode(folder), mode(folder / "index.html")] == ["750", "640"]


@pytest.mark.slow
@pytest.mark.parametrize("kept", [0o600, 0o664, 0o644])
def test_a_workbook_keeps_its_mode_and_the_version_of_before_is_private(demo, kept):
    demo.workbook.chmod(kept)
    with umask(0o077):
        assert demo.run("--today", "2021-05-20", "sync").code == 0
    assert mode(demo.workbook) == f"{kept:o}"
    assert {mode(path) for path in (demo.state.folder / "versions").iterdir()} == {"600"}


@contextmanager
def another_account(folder):
    """As who may not enter a folder; root may enter all."""
    if os.geteuid() == 0:
        os.seteuid(65534)
    else:
        folder.chmod(0)
    try:
        yield
    finally:
        if os.getuid() == 0:
            os.seteuid(0)
        else:
            folder.chmod(0o700)


def test_a_state_folder_of_another_account_is_an_error(tmp_path):
    state = State(tmp_path / "closed", "campagne.xlsx")
    state.save_last_run(LastRun())
    with another_account(state.folder), pytest.raises(StateError, match=r"ne peut pas être lu \(accès refusé\)"):
        state.load_last_run()


# ---- Only modules that set modes create files.

MODULES_THAT_SET_MODES = (
    "eig_sheets.storage.permissions",
    "eig_sheets.storage.file_lock",
    "eig_sheets.storage.file_replacement",
    "eig_sheets.storage.regular_files",  # it reads
    "eig_sheets.storage.known_workbooks",  # read only
)


@pytest.mark.slow
def test_no_other_module_creates_files_or_folders():
    lines_of = {
        module: writes(source) for module, (source, _) in MODULES.items() if module not in MODULES_THAT_SET_MODES
    }
    assert {module: lines for module, lines in lines_of.items() if lines} == {}


WRITING = [
    "path.write_text('a')", "path.write_bytes(b'a')", "path.mkdir()", "path.touch()", "open('a', 'w')",
    "open('a', mode='ab')", "path.open('x')", "import os\nos.open('a', os.O_CREAT)", "import os\nos.makedirs('a')",
    "import os as o\no.open('a', 1)", "import shutil\nshutil.copytree('a', 'b')",
    "from shutil import copyfile\ncopyfile('a', 'b')", "from tempfile import NamedTemporaryFile\nNamedTemporaryFile()",
    "import sqlite3\nsqlite3.connect('a')", "from filelock import FileLock\nFileLock('a')",
]  # fmt: skip
READING = [
    "open('a')", "path.open('rb')", "open('a', encoding='utf-8')", "import webbrowser\nwebbrowser.open('file:///w')",
    "frame.copy()", "import tempfile\ntempfile.mkdtemp()",
    "from eig_sheets.storage import permissions\nimport sqlite3\npermissions.make_file(a)\nsqlite3.connect(a)",
    "from eig_sheets.storage import permissions as p\nimport filelock\nfilelock.FileLock('a', mode=p.PRIVATE_FILE)",
]  # fmt: skip


@pytest.mark.parametrize("source", WRITING)
def test_code_that_creates_files_is_found(source):
    assert writes(source) == [source.count("\n") + 1]


@pytest.mark.parametrize("source", READING)
def test_code_that_reads_or_sets_modes_is_accepted(source):
    assert writes(source) == []
