"""Campaigns whose rules are compared run after run, each on the workbook that the last one left."""

from dataclasses import replace
from datetime import datetime, timedelta

from eig_sheets.call.results import compute
from eig_sheets.call.rules import regles
from eig_sheets.call.rules.recorded_rules import recorded
from eig_sheets.call.rules.rule_changes import compare_rules
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from tests.workbook.snapshots import DOSSIERS, EIG5, EVALUATIONS, book, reading, tab

BEGUN = datetime(2021, 4, 20, 9)
CLOSED = datetime(2021, 5, 6, 9)
NAMES = ("anna", "bob", "chloe")


def workbook(*settings, dossiers=DOSSIERS, evaluations=EVALUATIONS, rules=None, campaign=EIG5):
    """A campaign where officers typed these settings; `rules`: what the last run recorded."""
    whole = book(dossiers, evaluations=evaluations)
    typed = tab("parametres", [{"reglage": label, "valeur": value} for label, value in settings])
    tabs = (*whole.tabs, typed)
    if rules is not None:
        tabs += (replace(typed, name="Règles du jeu", rows=lines(rules), mark="regles"),)
    return reading(Snapshot(tabs), campaign)


def lines(rules):
    """The headers of the tab, then its rows."""
    return [[*regles.TABLE.sheet_headers], *map(list, regles.TABLE.cells(rules))]


def with_rule_changes(read, now=BEGUN):
    return compare_rules(read, compute(read), recorded(read), now, now.date())


def after(rule_changes, *settings, now=BEGUN + timedelta(1), **more):
    """The next run, of the workbook that the last one left."""
    return with_rule_changes(workbook(*settings, rules=rule_changes.rules, **more), now)


def line(rule_changes, name):
    return next(rule for rule in rule_changes.rules if rule.name == name)


def codes(rule_changes):
    return [(anomaly.code, anomaly.dossier) for anomaly in rule_changes.anomalies]


def dossiers_of(rule_changes):
    """The lines of the dossiers."""
    return [rule for rule in rule_changes.rules if rule.name.startswith("Dossier")]


BEFORE = with_rule_changes(workbook())
