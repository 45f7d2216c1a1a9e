"""What was recorded is not what people make of the tab: it is what the robot wrote, or a change that is told."""

from dataclasses import replace

import pytest

from eig_sheets.call.results import compute
from eig_sheets.call.rules.recorded_rules import recorded
from eig_sheets.call.rules.rule_changes import compare_rules
from tests.run.rule_sets import BEFORE, BEGUN, CLOSED, after, line, lines, workbook

FEWER = ("Places", 18.0)


def typed_over(*settings):
    """The workbook where people typed 18 over the 20 recorded places."""
    read = workbook(*settings, rules=BEFORE.rules)
    tab = read.snapshot.tab("Règles du jeu")
    next(row for row in tab.rows if row[0] == "Places")[1] = "18"
    return read


def of_places(rules):
    return next(rule.recorded for rule in rules if rule.name == "Places")


def codes_of(read, before):
    rule_changes = compare_rules(read, compute(read), before, BEGUN, BEGUN.date())
    return [anomaly.code for anomaly in rule_changes.anomalies]


def test_what_is_written_is_read_back():
    closed = after(BEFORE, now=CLOSED)
    assert recorded(workbook(rules=closed.rules)) == [replace(rule, now=None) for rule in closed.rules]


def test_what_the_last_run_left_goes_before_the_tab():
    assert of_places(recorded(typed_over(), lines(BEFORE.rules))) == "20"
    assert of_places(recorded(workbook(rules=[]), lines(BEFORE.rules))) == "20"


@pytest.mark.slow
@pytest.mark.parametrize("read", [typed_over(FEWER), workbook(FEWER, rules=[])], ids=["typed over", "erased"])
def test_what_any_run_of_this_machine_left_goes_before_what_people_did(read):
    before = recorded(read, (), lines(BEFORE.rules))
    assert of_places(before) == "20"
    assert codes_of(read, before) == ["regle_changee"]


def test_a_value_typed_over_that_nobody_remembers_is_an_anomaly_even_when_it_is_the_value_of_now():
    before = recorded(typed_over(FEWER))
    assert of_places(before) == "modifié à la main"
    assert codes_of(typed_over(FEWER), before) == ["regle_changee"]


@pytest.mark.slow
def test_what_another_machine_recorded_since_goes_before_what_this_one_remembers():
    reopened = after(after(BEFORE, FEWER), FEWER, ("Réouverture", "Budget réduit"))
    read = workbook(FEWER, ("Réouverture", "Budget réduit"), rules=reopened.rules)
    before = recorded(read, (), lines(BEFORE.rules))
    assert of_places(before) == "18"
    assert line(reopened, "Réouverture") in before
    assert codes_of(read, before) == []
