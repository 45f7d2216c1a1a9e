"""What `make bench` compares on Grist: contenders that do one job, and a proxy that is fair to all."""

import re
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from tests.grist_server import MISSING, ROBOT, running
from tests.program import ROOT, environment
from tests.scripts.conftest import imported

DOSSIERS = 12
TABLE = "Classement"


@pytest.fixture(scope="module")
def bench_grist():
    with imported("bench_grist") as program:
        yield program


@pytest.fixture(scope="module")
def measured(bench_grist, tmp_path_factory):
    """One round of each scene, by all."""
    settings, tabs = bench_grist.campaign_of(tmp_path_factory.mktemp("campagne"), DOSSIERS)
    with (
        running() as server,
        bench_grist.environment({"EIG_SHEETS_GRIST_KEY": server.keys[ROBOT]}),
        bench_grist.behind_proxy(server, bench_grist.filled(server, tabs), 0) as grist,
    ):
        field = bench_grist.Field(grist, settings, bench_grist.contenders())
        bench_grist.race(field, 1)
        yield field


@pytest.mark.slow
def test_contenders_that_write_other_results_are_not_compared(measured):
    assert len(measured.server.values(measured.books["pygrister"], TABLE)) == DOSSIERS + 1
    for peer in ("pygrister", "grist_api"):
        measured.check_same_results([TABLE])
        measured.server.type(measured.books[peer], TABLE, "Classement_Note_20", 1)
        with pytest.raises(SystemExit, match=f"{peer} wrote another « {TABLE} »"):
            measured.check_same_results([TABLE])
        measured.books[peer] = measured.books["eig-sheets"]


@pytest.mark.slow
def test_ours_reads_the_document_and_who_it_is_shared_with_and_writes_once(measured):
    calls = {key: (found[0].traffic.reads, found[0].traffic.writes) for key, found in measured.measures.items()}
    ours = {scene: found for (scene, name), found in calls.items() if name == "eig-sheets"}
    # The charts come once the tables that they draw have their columns: one more reading and one more write, once.
    assert ours == {"all to write": (4, 2), "unchanged": (2, 0), "one score changed": (2, 1)}
    assert calls["unchanged", "pygrister"] == (16, 5)  # eight tables and the seven of the robot read, five written
    assert calls["unchanged", "grist_api"] == (18, 0)  # two of them are empty, which sync_table fetches again
    sent = [measured.measures[scene, "eig-sheets"][0].traffic.sent for scene in ours]
    assert sent[1] == 0 < sent[2] < sent[0]


class Upstream(BaseHTTPRequestHandler):
    """Answers each call with the number of the connection that brought it."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        content = str(self.client_address[1]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_PATCH = do_GET  # noqa: N815 (a method of HTTP)

    def log_message(self, *_):
        pass


def serve(server):
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def test_the_proxy_keeps_connections_adds_its_latency_and_counts():
    with (
        imported("bench_proxy") as program,
        ThreadingHTTPServer(("127.0.0.1", 0), Upstream) as upstream,
        program.Proxy(serve(upstream), 0.05) as proxy,
        requests.Session() as session,
    ):
        url = serve(proxy)
        start = time.perf_counter()
        first = session.get(f"{url}/one").text
        assert time.perf_counter() - start >= 0.15  # two round trips of the connection, and that of the call
        assert session.patch(f"{url}/two", data=b"12345").text == first
        assert requests.get(f"{url}/three", timeout=60).text != first
        calls = session.get(f"{url}{program.CONTROL}").json()
        session.close()
        proxy.shutdown()
        upstream.shutdown()
    size = len(first)
    assert [(call["method"], call["path"], call["sent"], call["wire"]) for call in calls[:2]] == [
        ("GET", "/one", 0, size),
        ("PATCH", "/two", 5, 5 + size),
    ]
    assert [call["opened"] for call in calls] == [True, False, True]
    assert all(call["seconds"] > 0 for call in calls)


@pytest.mark.slow
def test_a_large_call_is_measured_by_whole_processes():
    size = (sys.executable, ROOT / "scripts" / "bench_grist_large.py", "--dossiers", str(DOSSIERS))
    done = subprocess.run(size, env=environment(), cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if MISSING in done.stdout:
        pytest.skip(MISSING)
    assert done.returncode == 0, done.stderr
    first, following = re.findall(
        r"eig-sheets: .+ MB, (\d+) \+ (\d+) requests, sent (\S+) MB, got (\S+) MB", done.stdout
    )
    assert [int(number) > 0 for number in first[:2]] == [True, True]
    assert following[1:3] == ("0", "0.00")
    assert re.search(r"next sync +\d+\.\d+ s +grist_api(.*\n) +memory +\d+\.\d+ MB", done.stdout)
