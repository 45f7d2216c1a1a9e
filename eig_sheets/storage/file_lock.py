"""A lock for a file, kept by the kernel; and the folders in which it does not exclude other machines.

The kernel releases it after a crash. It excludes every process that sees the folder, whatever its machine, its user or
its state folder.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from eig_sheets.storage import file_replacement, permissions, regular_files
from eig_sheets.text.french import typographic

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_UNSUPPORTED: Final = frozenset({errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL})


class LockedError(Exception):
    """Another process holds the lock."""


class LocksUnsupportedError(Exception):
    """The file system of that folder does not support locks."""


def lock_path(path: Path) -> Path:
    """The path of the lock file of a file."""
    return path.with_name(f".{path.name}.eig-verrou")


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of a file, which need not exist. Raises LockedError, LocksUnsupportedError, OSError."""
    lock = _acquired(path)
    try:
        yield
    finally:
        lock.release()


def is_held(path: Path) -> bool:
    """Whether somebody holds the lock of a file now, without creating anything; False where that cannot be told.

    Raises LocksUnsupportedError, OSError.
    """
    lock = lock_path(path)
    if fcntl is None or not lock.exists():  # type: ignore[redundant-expr]
        return False
    handle = os.open(lock, os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError as error:
        if error.errno in _UNSUPPORTED:
            raise LocksUnsupportedError from None
        raise
    finally:
        os.close(handle)
    return False


def _acquired(path: Path) -> FileLock:
    _match_permissions(path)
    # A lock that consists in the existence of a file would outlive a crash.
    lock = FileLock(lock_path(path), timeout=0, fallback_to_soft=False, preserve_lock_file=True)
    try:
        lock.acquire()
    except Timeout:
        raise LockedError from None
    except OSError as error:
        if error.errno in _UNSUPPORTED:
            raise LocksUnsupportedError from None
        raise
    return lock


def _match_permissions(path: Path) -> None:
    """Give the lock file the permissions of the file, so that whoever may write the file may lock it."""
    lock = lock_path(path)
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        handle = os.open(lock, os.O_RDWR)
    try:
        with contextlib.suppress(OSError):  # it belongs to another user, who set it so
            file_replacement.copy_permissions(handle, path)
            permissions.allow_owner(handle)  # who can always open it, if only to change this
    finally:
        os.close(handle)


_MOUNTS: Final = Path("/proc/self/mountinfo")


def sharing_warning(path: Path, environment: Mapping[str, str]) -> str:
    """A French warning that another machine may use the file at the same time; '' when nothing shows it."""
    service = synchronised_by(path, environment)
    mount = mount_holding(path)
    if service:
        where = f"{path} est dans un dossier que {service} synchronise"
    elif mount and mount.lacks_locks:
        where = f"{path} est sur un partage sans verrous ({mount.kind})"
    else:
        return ""
    return typographic(
        f"{where} : une autre machine peut en envoyer les mêmes e-mails sans que celle-ci le sache, donc rien n’est "
        "envoyé. Placez le classeur sur un disque de cette machine ou sur un partage qui connaît les verrous, ou "
        "travaillez sur une feuille Google."
    )


def _is_file(path: Path) -> bool:
    return path.is_file()


def _is_folder(path: Path) -> bool:
    return path.is_dir()


_MARKERS: Final[tuple[tuple[str, str, Callable[[Path], bool]], ...]] = (
    ("Nextcloud", ".sync_*.db", _is_file),
    ("Nextcloud", "._sync_*.db", _is_file),
    ("Nextcloud", ".nextcloudsync.log", _is_file),
    ("ownCloud", ".owncloudsync.log", _is_file),
    ("ownCloud", ".csync_journal.db", _is_file),
    ("Dropbox", ".dropbox", _is_file),  # in a home, a folder of that name is the program's own
    ("Dropbox", ".dropbox.cache", _is_folder),
    ("Google Drive", ".tmp.drivedownload", _is_folder),
    ("Google Drive", ".tmp.driveupload", _is_folder),
    ("Syncthing", ".stfolder", Path.exists),
)
"""Files and folders that a program creates at the top of a folder that it synchronises: program, pattern, kind."""
_ONEDRIVE: Final = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_HOMES: Final = ("home", "users")


def synchronised_by(path: Path, environment: Mapping[str, str]) -> str:
    """The program that synchronises the folder of a file with other machines; '' when none is found."""
    for folder in path.parents:
        for program, pattern, kind in _MARKERS:
            if any(map(kind, folder.glob(pattern))):
                return program
    tops = [Path(environment[name]).resolve() for name in _ONEDRIVE if environment.get(name)]
    if any(top in path.parents for top in tops) or any(map(_is_onedrive, path.parents)):
        return "OneDrive"
    return next(_by_macos(path.parts), "")


def _is_onedrive(folder: Path) -> bool:
    """Whether a folder is OneDrive's, by its name in a home: on Linux, Windows' variables are not set."""
    own = folder.name == "OneDrive" or folder.name.startswith("OneDrive - ")
    return own and folder.parent.parent.name.casefold() in _HOMES


def _by_macos(parts: tuple[str, ...]) -> Iterator[str]:
    """The programs whose macOS folder is in the path: Library/CloudStorage, or iCloud's."""
    for library, name, below in zip(parts, parts[1:], (*parts[2:], ""), strict=False):
        if (library, name) == ("Library", "CloudStorage"):
            yield below.partition("-")[0] or name
        elif (library, name) == ("Library", "Mobile Documents"):
            yield "iCloud"


@dataclass(frozen=True, slots=True)
class Mount:
    """A mounted file system: its type, its source, all its options."""

    kind: str
    source: str
    options: frozenset[str]

    @property
    def lacks_locks(self) -> bool:
        """Whether it is known not to pass locks on to other machines."""
        if self.kind in ("nfs", "nfs4"):
            return bool(self.options & {"nolock", "local_lock=all", "local_lock=flock"})
        if self.kind in ("cifs", "smb3"):
            return "nobrl" in self.options
        if self.kind == "9p":  # a Windows disk in WSL: one machine
            return not any(option.startswith("aname=drvfs") for option in self.options)
        return self.kind in _WITHOUT_LOCKS or (self.kind == "fuse" and self.source.startswith(("http:", "https:")))


_WITHOUT_LOCKS: Final = frozenset(
    {
        "davfs", "fuse.davfs", "fuse.gvfsd-fuse", "fuse.google-drive-ocamlfuse", "fuse.onedriver", "fuse.rclone",
        "fuse.sshfs", "vboxsf",
    }
)  # fmt: skip


def mount_holding(path: Path) -> Mount | None:
    """The mount of a file on this machine; None where that cannot be told."""
    return mount_of(path, _read(_MOUNTS))


def mount_of(path: Path, mounts: str) -> Mount | None:
    """The mount of a file, from Linux' list of mounts (proc_pid_mountinfo(5)); None when it is not listed."""
    mount, depth = None, -1
    for line in mounts.splitlines():
        about, _, system = line.partition(" - ")
        try:
            _, _, _, _, point, options, *_ = about.split(" ")
            kind, source, more = system.split(" ", 2)
        except ValueError:
            continue
        top = Path(_unescaped(point))
        if (top == path or top in path.parents) and len(top.parts) >= depth:  # of two mounts at one point, the last
            mount = Mount(kind, _unescaped(source), frozenset((*options.split(","), *more.split(","))))
            depth = len(top.parts)
    return mount


def _unescaped(text: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), text)


def _read(file: Path) -> str:
    try:
        return regular_files.read_bytes(file).decode(errors="surrogateescape")
    except OSError:  # not Linux
        return ""
