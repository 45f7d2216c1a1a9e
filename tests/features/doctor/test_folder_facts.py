"""Facts about a folder that is there, or is not yet: nothing is made."""

from pathlib import Path

from eig_sheets.features.doctor.files_folders import gathered


def test_of_a_folder_to_be_made_its_parent_tells_and_nothing_is_made(tmp_path):
    facts = gathered(tmp_path / "a" / "b", {})
    assert (facts.exists, facts.is_folder, facts.is_writable, facts.is_open_to_others) == (False, True, True, False)
    assert (facts.device, facts.free > 0) == (tmp_path.stat().st_dev, True)
    assert [*tmp_path.iterdir()] == []


def test_a_folder_that_others_may_read_or_that_nobody_may_write(tmp_path):
    for mode, is_open, is_writable in ((0o700, False, True), (0o750, True, True), (0o500, False, False)):
        folder = tmp_path / f"{mode:o}"
        folder.mkdir(mode)
        folder.chmod(mode)
        facts = gathered(folder, {})
        assert (facts.is_open_to_others, facts.is_writable) == (is_open, is_writable)


def test_a_file_in_its_place(tmp_path):
    (tmp_path / "état").touch()
    assert not gathered(tmp_path / "état", {}).is_folder
    assert not gathered(tmp_path / "état" / "dedans", {}).is_folder


def test_a_synchronised_folder(tmp_path):
    (tmp_path / ".stfolder").mkdir()
    assert gathered(tmp_path / "état", {}).synchronised_by == "Syncthing"
    one_drive = {"OneDrive": str(Path(tmp_path).resolve())}
    assert gathered(tmp_path / "état", one_drive).synchronised_by == "Syncthing"
