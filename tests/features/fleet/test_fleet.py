"""`fleet sync`: each call in its process, one failure that stops nobody, none left behind by an interruption."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from eig_sheets.cli.refusal import Refusal
from eig_sheets.features.fleet.files import OUTCOMES, OUTCOMES_OF_DRY_RUN, Call, CallOutcome, CallStatus, calls_in
from tests.program import Campaign, command_line, eig, environment, program
from tests.sheets_server.server import running
from tests.spreadsheet.google.conftest import environment_of

DAY = ("--today", "2021-04-30")


def plain(text):
    return text.replace("\u202f", " ")


def add_call(fleet, name, location="campagne.xlsx", config="campaign.toml"):
    path = fleet / name / config
    path.parent.mkdir(parents=True)
    path.write_text(
        f'extends = "eig5"\n[workbook]\nlocation = "{location}"\n[state]\ndir = ".eig-sheets"\n', encoding="utf-8"
    )
    return path


@pytest.fixture
def fleet(tmp_path):
    """A folder of calls."""
    folder = tmp_path / "appels"
    folder.mkdir()
    return folder


def test_a_call_is_a_folder_that_has_a_configuration(fleet):
    expected = [
        Call("b", add_call(fleet, "b", config="config/campaign.toml")),
        Call("c", add_call(fleet, "c")),
    ]
    add_call(fleet, ".cache")
    (fleet / "a").mkdir()
    (fleet / "campaign.toml").touch()
    assert calls_in(fleet) == expected


@pytest.mark.parametrize(("name", "error"), [("vide", "Aucun appel dans"), ("absent", "introuvable")])
def test_a_folder_without_calls_is_refused(tmp_path, name, error):
    (tmp_path / "vide").mkdir()
    with pytest.raises(Refusal, match=error):
        calls_in(tmp_path / name)
    assert eig("fleet", "sync", tmp_path / name).code == 1


@pytest.mark.parametrize(
    ("options", "variables"),
    [
        (["--config", "c.toml"], {}), (["--workbook", "a.xlsx"], {}),
        pytest.param(["--talents"], {}, marks=pytest.mark.needs("talents")),
        ([], {"EIG_SHEETS_CONFIG": "c.toml"}), ([], {"EIG_SHEETS_WORKBOOK": "a.xlsx"}),
        ([], {"EIG_SHEETS_STATE": "etat"}),
    ],
)  # fmt: skip
def test_what_names_one_call_is_refused(fleet, options, variables):
    add_call(fleet, "a")
    done = eig(*options, "fleet", "sync", fleet, env=variables)
    assert done.code == 2
    assert "Chaque appel a sa configuration" in done.err
    assert [name for name in variables if name not in done.err] == []


def test_the_summary_tells_what_each_said():
    call = Call("a", Path("campaign.toml"))
    done = CallOutcome(call, CallStatus.DONE, 0, 1.26, "[{}, {}]", "campagne.xlsx à jour.\n\ntalents.xlsx à jour.\n")
    [record] = OUTCOMES.records([done])
    assert record == {
        "call": "a", "status": "ok", "code": 0, "seconds": 1.3,
        "message": "campagne.xlsx à jour.\ntalents.xlsx à jour.",
    }  # fmt: skip
    [tried] = OUTCOMES_OF_DRY_RUN.records([done])
    assert plain(tried["message"]) == "2 cellules changeraient"
    failed = CallOutcome(call, CallStatus.FAILED, 1, 1, "", "".join(f"ligne {n}\n" for n in range(30)))
    [line] = OUTCOMES.lines([failed])
    assert line["status"] == "échec"
    assert line["message"].splitlines() == [f"ligne {n}" for n in range(10, 30)]


@pytest.fixture(scope="module")
def book(finished_demo):
    return Campaign(finished_demo).workbook


@pytest.mark.slow
def test_each_call_is_synchronised_and_a_failure_stops_nobody(fleet, book):
    for name in ("a", "c"):
        add_call(fleet, name)
        shutil.copy(book, fleet / name / "campagne.xlsx")
    before = {name: (fleet / name / "campagne.xlsx").read_bytes() for name in ("a", "c")}
    tried = program(*DAY, "fleet", "sync", fleet, "--jobs", "2", "--dry-run", "--format", "json")
    assert {name: (fleet / name / "campagne.xlsx").read_bytes() for name in before} == before
    assert (tried.code, [(record["call"], record["status"]) for record in tried.records]) == (
        0,
        [("a", "ok"), ("c", "ok")],
    )
    assert tried.records[0]["message"] == tried.records[1]["message"]
    assert "cellule" in tried.records[0]["message"]
    add_call(fleet, "b", location="absent.xlsx")
    done = program(*DAY, "fleet", "sync", fleet, "--jobs", "2", "--format", "json")
    assert done.code == 1
    assert [(record["status"], record["code"]) for record in done.records] == [("ok", 0), ("echec", 1), ("ok", 0)]
    assert "absent.xlsx" in done.records[1]["message"]
    assert "3 appels, en " in plain(done.err)
    assert ": 2 réussis et 1 échec." in plain(done.err)
    assert all((fleet / name / ".eig-sheets" / "etat.sqlite3").exists() for name in before)


@pytest.mark.slow
def test_calls_on_google_share_one_quota(fleet, finished_demo):
    with running() as google:
        key = google.spreadsheet_id
        for name in ("a", "b", "c"):
            add_call(fleet, name, location=key)
        done = program(*DAY, "fleet", "sync", fleet, "--format", "json", env=environment_of(google))
        calls = [call for call in google.script.calls if "/spreadsheets/" in call.path]
    assert done.code == 1, "an empty spreadsheet is no workbook of a call"
    [file] = (fleet / ".eig-sheets").glob("quota-*.json")
    counted = json.loads(file.read_bytes())
    assert sum(map(len, counted.values())) == len(calls) >= 3


class SilentGoogle:
    """A server that accepts calls and never answers."""

    def __init__(self):
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._connections = []

    def wait_for(self, calls):
        self._socket.settimeout(60)
        while len(self._connections) < calls:
            self._connections.append(self._socket.accept()[0])

    def close(self):
        for opened in (*self._connections, self._socket):
            opened.close()


def processes_about(folder):
    """The processes whose command line names that folder."""
    commands = []
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = line.read_bytes()
        except OSError:  # it has just ended
            continue
        commands += [words] if os.fsencode(folder) in words else []
    return commands


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="processes are looked for in /proc")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 1), (signal.SIGTERM, 143)])
def test_an_interruption_ends_every_child_and_starts_no_other(fleet, number, code):
    for name in ("a", "b", "c"):
        add_call(fleet, name, location="1" + 43 * "x")
    silent = SilentGoogle()
    with running() as google:
        settings = {**environment_of(google), "EIG_SHEETS_API_ENDPOINT": silent.url}
        command = command_line(*DAY, "fleet", "sync", fleet, "--jobs", "2", "--format", "json")
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8"}
        with subprocess.Popen(command, env=environment(settings), start_new_session=True, **streams) as process:
            silent.wait_for(2)
            assert len(processes_about(fleet)) == 3
            began = time.monotonic()
            process.send_signal(number)
            out, err = process.communicate(timeout=90)
    silent.close()
    assert time.monotonic() - began < 60
    assert process.returncode == code, err
    assert [call["status"] for call in json.loads(out)] == ["interrompu", "interrompu", "non_lance"]
    assert processes_about(fleet) == []
