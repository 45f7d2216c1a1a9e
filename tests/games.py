"""Campaigns whose rules are played run after run, each on the workbook that the last one left."""

from dataclasses import replace
from datetime import datetime, timedelta

from eig_sheets.game import play
from eig_sheets.recorded import recorded
from eig_sheets.results import compute
from eig_sheets.workbook.render import regles
from eig_sheets.workbook.snapshot import Snapshot
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
    return [[*regles.HEADERS], *map(list, regles.rows(rules))]


def played(read, now=BEGUN):
    return play(read, compute(read), recorded(read), now, now.date())


def after(game, *settings, now=BEGUN + timedelta(1), **more):
    """The next run, of the workbook that the last one left."""
    return played(workbook(*settings, rules=game.rules, **more), now)


def line(game, what):
    return next(one for one in game.rules if one.what == what)


def codes(game):
    return [(one.code, one.dossier) for one in game.anomalies]


def dossiers_of(game):
    """The lines of the dossiers."""
    return [one for one in game.rules if one.what.startswith("Dossier")]


BEFORE = played(workbook())
