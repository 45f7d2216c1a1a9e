"""The modules that continuous integration draws: a quarter of them, and each of them for some commit."""

from types import SimpleNamespace

import pytest

from tests.drawn_modules import ONE_IN, pytest_ignore_collect
from tests.program import ROOT

MODULES = [*(ROOT / "tests").rglob("test_*.py")]


def drawn(text):
    config = SimpleNamespace(rootpath=ROOT, getoption=lambda _: text)
    return {path for path in MODULES if not pytest_ignore_collect(path, config)}


@pytest.mark.slow
def test_each_module_is_drawn_sooner_or_later():
    draws = [drawn(f"tree {number}") for number in range(100)]
    assert set().union(*draws) == {*MODULES}
    assert all(0.5 < len(one) * ONE_IN / len(MODULES) < 1.5 for one in draws)
    assert drawn("tree 1") == draws[1] != draws[2]


def test_what_is_no_module_of_tests_is_always_read():
    config = SimpleNamespace(rootpath=ROOT, getoption=lambda _: "a")
    assert [pytest_ignore_collect(ROOT / "tests" / name, config) for name in ("conftest.py", "cases", "effort.py")] == [
        None, None, None,
    ]  # fmt: skip
