"""What `make bench` compares on Google: contenders that do one job."""

import pytest

from tests.scripts.conftest import imported

DOSSIERS = 12


@pytest.fixture(scope="module")
def bench_google():
    with imported("bench_google") as program:
        yield program


@pytest.fixture(scope="module")
def measured(bench_google, tmp_path_factory):
    """One round of each scene, by ours and by the peer that is a dependency of ours."""
    folder = tmp_path_factory.mktemp("campagne")
    settings, tabs = bench_google.campaign_of(folder, DOSSIERS)
    environment = bench_google.environment
    with (
        bench_google.serving(bench_google.saved(tabs, folder), 0) as server,
        environment(bench_google.client_settings(server)),
    ):
        gspread = bench_google.peer(bench_google.bench_peers.Gspread)
        field = bench_google.Field(server, settings, {bench_google.OURS: bench_google.ours, "gspread": gspread})
        bench_google.race(field, 1)
        yield field


@pytest.mark.slow
def test_contenders_that_write_other_results_are_not_compared(bench_google, measured):
    ranking = measured.server.values(measured.books["gspread"], "Classement")
    assert len(ranking) == DOSSIERS + 1
    measured.check_same_results(["Classement"])
    measured.server.type(measured.books["gspread"], "Classement!E2", 1)
    with pytest.raises(SystemExit, match="gspread wrote another « Classement »"):
        measured.check_same_results(["Classement"])


@pytest.mark.slow
def test_calls_and_bytes_are_those_of_one_sync(bench_google, measured):
    calls = {key: (found[0].traffic.reads, found[0].traffic.writes) for key, found in measured.measures.items()}
    writing, unchanged, changed = scenes = ("all to write", "unchanged", "one score changed")
    assert [calls[scene, bench_google.OURS] for scene in (writing, unchanged, changed)] == [(2, 1), (1, 0), (2, 1)]
    assert calls[unchanged, "gspread"] == calls[changed, "gspread"] == (26, 14)  # eight tabs read, seven written
    sent = {scene: measured.measures[scene, bench_google.OURS][0].traffic.sent for scene in scenes}
    assert 0 == sent[unchanged] < sent[changed] < sent[writing]
    assert measured.measures[changed, bench_google.OURS][0].cells > 0
