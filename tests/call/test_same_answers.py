"""Equal data have equal answers, on a busy machine too; a search that was stopped says so."""

import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from eig_sheets.call.jury.assignment import assign
from eig_sheets.call.selection.rules_comparison import costs, next_best
from eig_sheets.call.selection.rules_problem import ENVELOPE
from eig_sheets.call.selection.rules_solver import solved
from eig_sheets.integer_program import highs
from eig_sheets.integer_program.highs import SearchCutError
from tests.call import same_answers

_BUSY = "while True: pass"


def _answers(seed):
    command = [sys.executable, "-m", "tests.call.same_answers"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONHASHSEED": seed})


@pytest.mark.slow
def test_a_busy_machine_and_another_order_of_sets_change_no_byte():
    busy = [subprocess.Popen([sys.executable, "-c", _BUSY]) for _ in range(2 * (os.cpu_count() or 1))]
    try:
        told = {one.communicate(timeout=300)[0] for one in [_answers("1"), _answers("2"), _answers("3")]}
    finally:
        for one in busy:
            one.kill()
            one.wait()
    assert {one.decode() for one in told} == {f"{same_answers.answers()}\n"}


@pytest.fixture
def one_node(monkeypatch):
    monkeypatch.setattr(highs, "MOST_NODES", 1)


@pytest.mark.slow
@pytest.mark.usefixtures("one_node")
def test_a_selection_whose_search_was_stopped_says_so_and_prices_no_limit():
    problem = same_answers.selection()
    outcome = solved(problem)
    assert (outcome.gap > 0, outcome.optimal, outcome.relaxed) == (True, False, ())
    assert (solved(problem).selected == outcome.selected).all()
    assert costs(problem, outcome, (ENVELOPE, 0)) == [None, None]
    assert not next_best(problem, outcome).optimal


def test_a_search_that_ends_says_that_nothing_is_better():
    outcome = solved(same_answers.selection())
    assert (outcome.optimal, outcome.gap) == (True, 0)


def test_an_assignment_that_nothing_is_known_of_is_not_said_to_be_impossible(monkeypatch):
    monkeypatch.setattr(highs, "MOST_NODES", 0)
    with pytest.raises(SearchCutError):
        assign(replace(same_answers.demands(), maxima=np.full(9, 4)))
