"""Starts a Grist server that somebody built, on this machine alone, with several people and their keys."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import requests

MAIN: Final = Path("_build/stubs/app/server/server.js")
"""What Node runs of a folder in which grist-core was built, as its README says."""
SESSION: Final = "grist_essai"
"""The cookie by which a browser is somebody."""
_LATEST: Final = 120
_WORKSPACE: Final = "Home"


@dataclass(frozen=True)
class Started:
    """A server: its URL, the API keys of people by address, the workspace that all of them may edit."""

    url: str
    keys: Mapping[str, str]
    workspace: int


def is_built(folder: Path) -> bool:
    """Whether a Grist server can be started from that folder."""
    return (folder / MAIN).is_file() and shutil.which("node") is not None


@contextmanager
def started(folder: Path, data: Path, people: Sequence[str]) -> Iterator[Started]:
    """The server of that folder, its documents in `data`; the first of `people` owns the workspace."""
    port = _free_port()
    log = data / "grist.log"
    with (
        log.open("wb") as said,
        subprocess.Popen(
            ["node", MAIN], cwd=folder, env=_environment(port, data, people[0]), stdout=said, stderr=said
        ) as server,
    ):
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(url, server, log)
            yield _peopled(url, data / "home.sqlite3", people)
        finally:
            server.terminate()
            with suppress(subprocess.TimeoutExpired):
                server.wait(20)
            server.kill()


def _environment(port: int, data: Path, owner: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(data),
        "PORT": str(port),
        "GRIST_HOST": "127.0.0.1",
        "APP_HOME_URL": f"http://127.0.0.1:{port}",
        "GRIST_DATA_DIR": str(data),
        "GRIST_INST_DIR": str(data),
        "TYPEORM_DATABASE": str(data / "home.sqlite3"),
        "GRIST_SANDBOX_FLAVOR": "unsandboxed",
        "GRIST_DEFAULT_EMAIL": owner,
        "GRIST_SINGLE_ORG": "docs",
        "GRIST_IN_SERVICE": "true",
        "GRIST_TELEMETRY_LEVEL": "off",
        "GRIST_ALLOW_AUTOMATIC_VERSION_CHECKING": "false",
        "GRIST_WIDGET_LIST_URL": "",
        "GRIST_FORWARD_AUTH_HEADER": "X-Forwarded-User",
        "GRIST_SESSION_COOKIE": SESSION,
        "GRIST_SESSION_SECRET": secrets.token_hex(16),
        "NODE_PATH": "_build:_build/ext:_build/stubs",
    }


def _free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _LATEST
    while time.monotonic() < until:
        with suppress(requests.RequestException):
            if requests.get(f"{url}/status?ready=1", timeout=5).status_code == 200:
                return
        if server.poll() is not None:
            break
        time.sleep(0.2)
    raise RuntimeError(f"Grist did not start: {log.read_text(errors='replace')[-2000:]}")


def _peopled(url: str, base: Path, people: Sequence[str]) -> Started:
    """Everybody a member of the workspace, as an editor, with a key: only the database can give one to others."""
    keys = {person: secrets.token_hex(20) for person in people}
    owner, *others = people
    for person in people:
        login(url, person)
    _give_keys(base, keys)
    org = _ask(url, keys[owner], "GET", "orgs")[0]["id"]
    found = _ask(url, keys[owner], "GET", f"orgs/{org}/workspaces")
    workspace = next((one["id"] for one in found), None)
    if workspace is None:
        workspace = _ask(url, keys[owner], "POST", f"orgs/{org}/workspaces", {"name": _WORKSPACE})
    _ask(
        url,
        keys[owner],
        "PATCH",
        f"workspaces/{workspace}/access",
        {"delta": {"users": dict.fromkeys(others, "editors")}},
    )
    _give_keys(base, keys)
    return Started(url, keys, int(workspace))


def login(url: str, person: str) -> requests.Session:
    """Somebody who signed in, as a browser does: Grist learns of people when they first do."""
    session = requests.Session()
    session.get(f"{url}/auth/login?next=/", headers={"X-Forwarded-User": person}, timeout=60).raise_for_status()
    return session


def _give_keys(base: Path, keys: Mapping[str, str]) -> None:
    set_key = "UPDATE users SET api_key = ? WHERE id = (SELECT user_id FROM logins WHERE email = ?)"
    with closing(sqlite3.connect(base, timeout=30)) as opened, opened:
        for address, key in keys.items():
            if opened.execute(set_key, (key, address)).rowcount != 1:
                raise RuntimeError(f"Grist does not know {address}")


def _ask(url: str, key: str, method: str, path: str, body: Any = None) -> Any:
    headers = {"Authorization": f"Bearer {key}"}
    answer = requests.request(method, f"{url}/api/{path}", json=body, timeout=60, headers=headers)
    answer.raise_for_status()
    return answer.json()
