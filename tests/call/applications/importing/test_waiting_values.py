"""What imports brought of a dossier: what waits for officers, and since when."""

from __future__ import annotations

from datetime import datetime

from eig_sheets.call.applications.importing.plan import ChangedDossier, Difference, ImportPlan
from eig_sheets.call.applications.importing.waiting_values import Comparison
from eig_sheets.call.applications.plan_import import after_import
from eig_sheets.storage.imported_dossiers import ImportedDossiers
from tests.columns import EIG5, SCHEMA

COMPARISON = Comparison(SCHEMA.tab("candidatures"), EIG5.zone)
MONDAY, TUESDAY, WEDNESDAY = (datetime(2021, 4, day, 9) for day in (12, 13, 14))


def imported(known: ImportedDossiers, name: str, now: datetime) -> ImportedDossiers:
    """What is known once an export was read that gives the project another name than the tab has."""
    difference = Difference("projet", "Nom du projet", "Phare", name)
    plan = ImportPlan(present=(ChangedDossier("101", 2, (difference,), {"projet": name}),))
    return after_import(known, plan, (), {"projet"}, COMPARISON, now)


def test_a_value_waits_since_it_was_first_received():
    known = imported(imported(ImportedDossiers(), "Le Phare", MONDAY), "Le Phare", TUESDAY)
    waiting = known.dossiers["101"].waiting["projet"]
    assert (waiting.value, waiting.since) == ("Le Phare", MONDAY)
    waiting = imported(known, "Nouveau Phare", WEDNESDAY).dossiers["101"].waiting["projet"]
    assert (waiting.value, waiting.since) == ("Nouveau Phare", WEDNESDAY)
