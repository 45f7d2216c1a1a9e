import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests import in_memory
from tests.end_to_end.sending.campaign import Team, made, refused
from tests.end_to_end.sending.post import Post, opened
from tests.end_to_end.sending.spreadsheet import Machine
from tests.program import ROOT, environment

MANY, FEW = 200, 6


@pytest.fixture(scope="session")
def many_approved(tmp_path_factory) -> Team:
    """Two hundred approved e-mails: not to be changed, but copied."""
    team = made(tmp_path_factory.mktemp("many") / "campaign", map(refused, range(MANY)))
    team.tick()
    return team


@pytest.fixture(scope="session")
def few(tmp_path_factory) -> Team:
    """A few e-mails to approve: not to be changed, but copied by `team`."""
    return made(tmp_path_factory.mktemp("few") / "campaign", map(refused, range(FEW)))


@pytest.fixture
def post() -> Iterator[Post]:
    """A server, for the campaigns of a test."""
    with opened() as (post, port):
        post.port = port
        yield post


@pytest.fixture
def team(few, tmp_path, post, request) -> Team:
    """A campaign of one's own, whose e-mails go to `post`."""
    team = few.copy(tmp_path / "campaign", memory=in_memory.is_for(request))
    team.serve(post.port)
    return team


class Killer:
    """A process that forks runs of the program on one campaign."""

    def __init__(self, process: subprocess.Popen[str], team: Team | Machine, says: Path) -> None:
        self._process, self._team, self._says = process, team, says

    def run(self, *arguments: str, where: tuple[object, ...] = ()) -> int:
        """How a run ended: an exit code, or minus the signal. `where`: as tests.end_to_end.sending.killer says."""
        self._says.write_bytes(b"")
        line = json.dumps(([*map(str, self._team.arguments(*arguments))], where))
        print(line, file=self._process.stdin, flush=True)
        return int(self._process.stdout.readline())

    def killed(self, *arguments: str, where: tuple[object, ...]) -> None:
        """A run that must die there."""
        assert self.run(*arguments, where=where) == -signal.SIGKILL, (where, self.said)

    @property
    def said(self) -> str:
        """What the last run said to people."""
        return self._says.read_text(encoding="utf-8")

    def end(self) -> None:
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(600)


def started(team: Team | Machine, says: Path, env: Mapping[str, str] | None = None) -> Killer:
    """A Killer for a campaign, with these variables; `says`: a file for what its runs say."""
    command = [sys.executable, "-m", "tests.end_to_end.sending.killer"]
    with says.open("ab") as file:
        process = subprocess.Popen(
            [*command, *map(str, team.arguments("emails", "send", "--dry-run"))], cwd=ROOT,
            env=environment(env), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=file, encoding="utf-8",
        )  # fmt: skip
    assert process.stdout.readline() == "\n", says.read_text(encoding="utf-8")
    return Killer(process, team, says)


@pytest.fixture
def killer(tmp_path):
    """Starts a Killer for a campaign, with these variables."""
    killers = []

    def start(team: Team | Machine, env: Mapping[str, str] | None = None) -> Killer:
        killers.append(started(team, tmp_path / "said", env))
        return killers[-1]

    yield start
    for one in killers:
        one.end()
