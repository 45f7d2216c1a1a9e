"""A real mail server, Debian's Exim, that returns what it is given for somebody unknown, into a Maildir of ours."""

from __future__ import annotations

import getpass
import grp
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAM = shutil.which("exim4", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
LACKING = "Exim is not installed, so no e-mail is really returned: run tests/install_exim.sh."
UNKNOWN = "inconnue@exemple.invalid"

_CONFIG = """
primary_hostname = mx.example.org
spool_directory = {folder}/spool
log_file_path = {folder}/log/%slog
exim_user = {user}
exim_group = {group}
trusted_users = root : {user}
keep_environment =
local_from_check = false
begin routers
unknown:
  driver = redirect
  local_parts = inconnue
  data = :fail: User unknown
  allow_fail
here:
  driver = accept
  transport = maildir
begin transports
maildir:
  driver = appendfile
  directory = {folder}/Maildir
  maildir_format
  user = {user}
  group = {group}
"""


@contextmanager
def server() -> Iterator[Path]:
    """The folder of a server: `deliver` gives it a message, its `Maildir` has what it returned."""
    folder = Path(tempfile.mkdtemp(prefix="exim-"))
    try:
        for place in (folder, folder / "spool", folder / "log", folder / "Maildir"):
            place.mkdir(exist_ok=True)
            place.chmod(0o777)  # Exim works as a user who may do nothing else
        user = "nobody" if os.getuid() == 0 else getpass.getuser()
        group = "nogroup" if os.getuid() == 0 else grp.getgrgid(os.getgid()).gr_name
        (folder / "conf").write_text(_CONFIG.format(folder=folder, user=user, group=group), encoding="ascii")
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def deliver(folder: Path, message: bytes, sender: str, recipient: str) -> None:
    """Have it deliver a message now; returns once it did, or returned it."""
    assert PROGRAM is not None
    command = [PROGRAM, "-C", folder / "conf", "-odf", "-oi", "-f", sender, recipient]
    done = subprocess.run(command, input=message, capture_output=True, timeout=60, check=False)
    assert done.returncode in (0, 2), done  # 2: it was returned, says a version
