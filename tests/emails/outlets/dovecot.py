"""A real IMAP server, Debian's Dovecot, as a private process on two free ports of this machine."""

import getpass
import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAM = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
LACKING = "Dovecot is not installed, so nothing is drafted on a real IMAP server: run tests/install_dovecot.sh."
USER, SECRET = "robot@example.org", "mot de passe à accents"

_CONFIG = """
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 1
mail_driver = maildir
mail_path = {folder}/mail/%{{user}}
mail_uid = {mail}
mail_gid = {mail_group}
ssl = yes
ssl_server_cert_file = {certificate}
ssl_server_key_file = {key}
auth_mechanisms = plain login
auth_failure_delay = 0
passdb passwd-file {{
  passwd_file_path = {folder}/users
}}
userdb static {{
  fields {{
    uid = {mail}
    gid = {mail_group}
    home = {folder}/mail/%{{user}}
  }}
}}
namespace inbox {{
  inbox = yes
  separator = /
{mailboxes}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {clear}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""
_MAILBOX = """
  mailbox "{name}" {{
    auto = create
    {use}
  }}"""


@dataclass(frozen=True)
class Dovecot:
    clear: int
    tls: int
    folder: Path

    def files(self):
        """Every message of the drafts, whatever their folder: flags and bytes."""
        return [(path.name.rpartition(",")[2], path.read_bytes()) for path in sorted(self.folder.glob("mail/**/cur/*"))]

    def forget(self):
        for path in self.folder.glob("mail/**/cur/*"):
            path.unlink()


def _free():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def _people():
    if os.getuid():
        me, us = getpass.getuser(), grp.getgrgid(os.getgid()).gr_name
        return {"internal": me, "group": us, "login": me, "mail": me, "mail_group": us}
    nobody = grp.getgrgid(pwd.getpwnam("nobody").pw_gid).gr_name
    return {"internal": "dovecot", "group": "dovecot", "login": "dovenull", "mail": "nobody", "mail_group": nobody}


@contextmanager
def running(certificate, mailboxes):
    """`mailboxes`: names with their special use, empty for none."""
    made = Path(tempfile.mkdtemp(prefix="dovecot-"))
    try:
        with _process(made, certificate, mailboxes) as server:
            yield server
    finally:
        shutil.rmtree(made, ignore_errors=True)


@contextmanager
def _process(folder, certificate, mailboxes):
    folder.chmod(0o755)
    people, ports = _people(), {"clear": _free(), "tls": _free()}
    (folder / "mail").mkdir()
    if not os.getuid():
        shutil.chown(folder / "mail", people["mail"], people["mail_group"])
    (folder / "users").write_text(f"{USER}:{{PLAIN}}{SECRET}\n")
    boxes = "".join(
        _MAILBOX.format(name=name, use=f'special_use = "\\\\{use}"' if use else "") for name, use in mailboxes.items()
    )
    text = _CONFIG.format(
        folder=folder, certificate=certificate.path, key=certificate.key, mailboxes=boxes, **ports, **people
    )
    (folder / "conf").write_text(text)
    process = subprocess.Popen([PROGRAM, "-F", "-c", folder / "conf"], stderr=subprocess.PIPE)
    try:
        _wait(ports["tls"], process, folder)
        yield Dovecot(**ports, folder=folder)
    finally:
        process.terminate()
        process.wait(600)
        process.stderr.close()


def _wait(port, process, folder):
    for _ in range(12_000):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    process.terminate()
    log = folder / "log"
    said = process.stderr.read().decode() + (log.read_text() if log.exists() else "")
    raise RuntimeError(f"Dovecot does not start: {said}")
