"""A pytest plugin that leaves out the tests that notice a worked example least, as continuous integration has no time.

`python -m pytest -p tests.contributing.narrowed --known FILE --draw TEXT`. FILE has the ids of the tests without the
examples, a line each: a case of a parametrized test that is not there is a case of an example, and always runs. TEXT
says which of the tests that use a whole campaign run: others with another text, the same with the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import pytest

FIRST = 1
"""How many cases that were there before run of a parametrized test."""

CAMPAIGNS = (
    *(f"tests/{path}/" for path in ("campaign", "cli", "emails/outbox", "features", "run", "sample")),
    *(f"tests/call/{step}/test_" for step in ("applications", "cofinancing", "jury", "scoring", "selection")),
)
ONE_IN = 8
"""Tests that use a whole campaign, and see a column, an anomaly, an e-mail or a command from far away; how many of them
there are for one that runs."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the ids be given, and what to draw by."""
    parser.addoption("--known", type=Path, required=True, help="the ids of the tests without the examples, a line each")
    parser.addoption("--draw", required=True, help="a text by which some of the tests are drawn")
    parser.addoption("--entirely", action="append", default=[], help="a module of which each test runs")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep what is to run."""
    known = {*config.getoption("known").read_text(encoding="utf-8").splitlines()}
    kept = [*_kept(items, known, config.getoption("draw"), config.getoption("entirely"))]
    config.hook.pytest_deselected(items=[*{*items} - {*kept}])
    items[:] = kept


def _kept(items: list[pytest.Item], known: set[str], draw: str, entirely: list[str]) -> Iterator[pytest.Item]:
    met: Counter[str] = Counter()
    for item in items:
        test, parametrized, _ = item.nodeid.partition("[")
        if item.nodeid not in known:
            yield item
        elif not _drawn(test, draw, entirely):
            continue
        elif not parametrized or met[test] < FIRST:
            met[test] += 1
            yield item


def _drawn(test: str, draw: str, entirely: list[str]) -> bool:
    always = not test.startswith(CAMPAIGNS) or test.partition("::")[0] in entirely
    return always or crc32(f"{draw} {test}".encode()) % ONE_IN == 0
