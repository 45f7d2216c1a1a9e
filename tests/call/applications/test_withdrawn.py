"""A dossier that was deleted on the service is an anomaly until people decide."""

from datetime import UTC, datetime

import pytest

from eig_sheets.call.applications import withdrawn
from eig_sheets.storage.last_run import Withdrawal
from tests.workbook.snapshots import DOSSIERS, at, book, dossier, reading

DELETED = Withdrawal(datetime(2021, 3, 20, 23, 30, tzinfo=UTC), "par son porteur")


def told(*dossiers):
    return [*withdrawn.anomalies(reading(book([*DOSSIERS, *dossiers])), {"103": DELETED, "999": DELETED})]


def test_it_is_at_its_decision_on_the_day_of_the_campaign_s_zone():
    [anomaly] = told(dossier("103"))
    assert (anomaly.dossier, anomaly.cell) == ("103", at("candidatures", "decision", 3))
    assert (
        anomaly.message.replace("\u202f", " ")
        == "Dossier supprimé sur Démarche Numérique le 21/03/2021, par son porteur."
    )


@pytest.mark.parametrize("decision", ["Désisté", "Non retenu"])
def test_a_decision_that_settles_it_ends_it(decision):
    assert told(dossier("103", decision=decision)) == []


@pytest.mark.parametrize("decision", ["Lauréat", "Liste d’attente"])
def test_one_that_does_not_leaves_it(decision):
    assert len(told(dossier("103", decision=decision))) == 1


def test_a_dossier_that_the_workbook_lacks_is_none():
    assert told() == []
