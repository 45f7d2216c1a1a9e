"""Detection of shared folders in which a lock does not exclude other machines: synchronised, or without locks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from eig_sheets.storage import regular_files
from eig_sheets.text.french import typographic

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
