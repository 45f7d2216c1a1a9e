"""Each program of `make bench`, run once at its smallest size: it ends, and prints what it measured."""

import re
import subprocess
import sys

import pytest

from tests.features.modules import modules_of_features
from tests.program import ROOT, environment

SMALLEST = {
    "bench_drafting.py": (("--samples", "1", "--rounds", "1"), r"\d+ e-mails drafted"),
    "bench_google.py": (("--sizes", "12", "--latencies", "0"), r"one score changed +gspread "),
    "bench.py": (("--dossiers", "15", "--rounds", "1"), r"sync, nothing changed +\d"),
    "bench_ranking.py": (("--campaigns", "2", "--cases", "1"), r"\| honest \|(.*\n)*Over 20 streams of draws"),
    "bench_selection.py": (("--rounds", "1"), r"\| 43 dossiers, 20 places \|"),
    "bench_jury.py": (("--sizes", "1", "--rounds", "1"), r"\| 30 dossiers × 4 among 22 jurors \| \d"),
    "bench_import.py": (("--dossiers", "20", "--rounds", "1"), r"20 dossiers × 200 columns"),
    "bench_jury_collect.py": (("--grilles", "3"), r"collected again +\d"),
    "bench_jury_pages.py": (("--grilles", "3"), r"read +\d"),
    "bench_jury_collect_google.py": (("--jurors", "3"), r"3 pages(.*\n)+  within 60 reads a minute: yes"),
    "bench_programme.py": (("--days", "1", "--rounds", "1"), r"everything to write: \d"),
    "bench_start.py": (("--rounds", "1"), r"until it reads, with \d+ modules of ours +\d"),
    "bench_scale.py": (("--sizes", "30", "60"), r"growth exponent from 30 up"),
    **{name: told for module in modules_of_features("benchmarks") for name, told in module.SMALLEST.items()},
}
INSTALLED_ALONE = {"PIP_NO_INDEX": "1"}
"""A peer that no earlier `make bench` has fetched is left out: the suite fetches nothing."""


@pytest.mark.slow
@pytest.mark.parametrize("program", SMALLEST)
def test_a_benchmark_ends(program):
    size, line = SMALLEST[program]
    command = [sys.executable, ROOT / "scripts" / program, *size]
    done = subprocess.run(
        command, env=environment(INSTALLED_ALONE), cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert re.search(line, done.stdout), done.stdout


def test_make_bench_runs_them_all():
    recipe = re.findall(r"scripts/(bench\w*\.py)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    elsewhere = ["bench_grist.py", "bench_grist_large.py"]  # test_bench_grist.py: they need a server
    assert sorted(recipe) == sorted([*SMALLEST, *elsewhere])
