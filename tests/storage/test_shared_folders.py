"""Detection of shared folders in which a lock does not exclude other machines."""

import pytest

from eig_sheets.storage import file_lock

MARKERS = {
    ".sync_0a1b2c3d4e5f.db": "Nextcloud", "._sync_0a1b2c3d4e5f.db": "Nextcloud", ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud", ".csync_journal.db": "ownCloud", ".dropbox": "Dropbox",
    ".dropbox.cache/": "Dropbox", ".tmp.drivedownload/": "Google Drive", ".tmp.driveupload/": "Google Drive",
    ".stfolder/": "Syncthing",
}  # fmt: skip
HARMLESS = (".dropbox/", ".dropbox.cache", ".sync_exclude.lst", ".owncloud/", "Nextcloud/", ".syncthing.tmp", "sync.db")


def placed(folder, name):
    if name.endswith("/"):
        (folder / name).mkdir()
    else:
        (folder / name).touch()
    (folder / "Appel" / "2026").mkdir(parents=True)
    return folder / "Appel" / "2026" / "campagne.xlsx"


@pytest.mark.parametrize("name", MARKERS)
def test_what_a_program_leaves_at_the_top_of_its_folder(tmp_path, name):
    path = placed(tmp_path, name)
    assert file_lock.synchronised_by(path, {}) == MARKERS[name]
    assert file_lock.sharing_warning(path, {}).replace("\u202f", " ") == (
        f"{path} est dans un dossier que {MARKERS[name]} synchronise : une autre machine peut en envoyer les mêmes "
        "e-mails sans que celle-ci le sache, donc rien n’est envoyé. Placez le classeur sur un disque de cette machine "
        "ou sur un partage qui connaît les verrous, ou travaillez sur une feuille Google."
    )


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_no_such_mark(tmp_path, name):
    """The program's own folder in somebody's home, for one."""
    path = placed(tmp_path, name)
    assert file_lock.synchronised_by(path, {}) == ""
    assert file_lock.sharing_warning(path, {}) == ""


@pytest.mark.parametrize(
    ("place", "program"),
    [
        ("Users/zoe/OneDrive/a.xlsx", "OneDrive"),
        ("Users/zoe/OneDrive - DINUM/Appel/a.xlsx", "OneDrive"),
        ("home/zoe/OneDrive/a.xlsx", "OneDrive"),
        ("srv/OneDrive/a.xlsx", ""),
        ("home/zoe/OneDriver/a.xlsx", ""),
        ("Users/zoe/Library/CloudStorage/OneDrive-DINUM/a.xlsx", "OneDrive"),
        ("Users/zoe/Library/CloudStorage/Dropbox/a.xlsx", "Dropbox"),
        ("Users/zoe/Library/Mobile Documents/com~apple~CloudDocs/a.xlsx", "iCloud"),
        ("Users/zoe/Library/Autosave/a.xlsx", ""),
    ],
)
def test_where_some_programs_have_their_folder(tmp_path, place, program):
    assert file_lock.synchronised_by(tmp_path / place, {}) == program


def test_where_windows_says_that_onedrive_is(tmp_path):
    path = tmp_path / "Documents" / "a.xlsx"
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        assert file_lock.synchronised_by(path, {name: str(tmp_path)}) == "OneDrive"
        assert file_lock.synchronised_by(path, {name: str(tmp_path / "OneDrive")}) == ""
        assert file_lock.synchronised_by(path, {name: ""}) == ""


MOUNTS = r"""22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:30 / /srv/nfs rw,relatime shared:2 - nfs4 nas:/x rw,vers=4.2,hard,local_lock=none,addr=192.0.2.1
31 22 0:31 / /srv/nolock rw,relatime - nfs nas:/x rw,vers=3,nolock,local_lock=all,addr=192.0.2.1
32 22 0:32 / /srv/cifs rw,relatime - cifs //nas/x rw,vers=3.1.1,cache=strict,uid=0
33 22 0:33 / /srv/nobrl rw,relatime - cifs //nas/x rw,vers=3.1.1,nobrl
34 22 0:34 / /srv/sshfs rw,nosuid - fuse.sshfs zoe@nas:/x rw,user_id=0
35 22 0:35 / /srv/dav rw,nosuid - fuse https://nuage.example.org/dav rw,user_id=0
36 22 0:36 / /srv/ntfs rw,relatime - fuseblk /dev/sdb1 rw,user_id=0
37 22 0:37 / /mnt/c rw,noatime - 9p C:\134 rw,dirsync,aname=drvfs;path=C:\;uid=1000,mmap,access=client
38 22 0:38 / /srv/9p rw,relatime - 9p hote rw,access=client,trans=virtio
39 22 0:39 / /srv/mon\040disque rw,relatime - vboxsf partage rw
40 39 0:40 / /srv/mon\040disque/local rw,relatime - ext4 /dev/vdb rw
41 22 0:41 / /srv/deux rw,relatime - fuse.sshfs zoe@nas:/x rw
42 22 0:42 / /srv/deux rw,relatime - ext4 /dev/vdc rw
a line of another kind
"""


@pytest.mark.parametrize(
    ("place", "lacks"),
    [
        ("a", False),
        ("srv/nfs/a", False),
        ("srv/nolock/a", True),
        ("srv/cifs/a", False),
        ("srv/nobrl/a", True),
        ("srv/sshfs/a", True),
        ("srv/sshfs2/a", False),
        ("srv/dav/a", True),
        ("srv/ntfs/a", False),
        ("mnt/c/a", False),
        ("srv/9p/a", True),
        ("srv/mon disque/a", True),
        ("srv/mon disque/local/a", False),
        ("srv/deux/a", False),
    ],
)
def test_which_mounts_tell_no_other_machine_of_a_lock(tmp_path, place, lacks):
    mount = file_lock.mount_of(tmp_path.parents[-1] / place, MOUNTS)
    assert mount.lacks_locks is lacks


def test_nothing_is_known_of_mounts_elsewhere(tmp_path):
    assert file_lock.mount_of(tmp_path, "") is None


def test_a_share_without_locks_is_reported(tmp_path, monkeypatch):
    listed = tmp_path / "mountinfo"
    listed.write_text(f"1 0 0:1 / {tmp_path} rw - fuse.sshfs zoe@nas:/x rw\n", encoding="utf-8")
    monkeypatch.setattr(file_lock, "_MOUNTS", listed)
    assert " est sur un partage sans verrous (fuse.sshfs) : " in file_lock.sharing_warning(tmp_path / "a", {}).replace(
        "\u202f", " "
    )
